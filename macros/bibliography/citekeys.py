"""Citekeys and labels for references that are new in a bibliography.

The convention is that of our .bib files: the first author's family name in lower-case ASCII without hyphens,
then the year; a letter where that is taken. A translation is called after its original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count
from string import ascii_lowercase
from typing import Final

from macros.bibliography.model import Bibliography, Name, Organisation, Reference, contains_han

# Letters that do not come apart into an ASCII letter and an accent.
_TRANSCRIBED: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "ng"}
)
_FAMILY_NAMES_BY_SOUND: Final = """
ai:艾 an:安 ao:敖 ba:巴 bai:白柏 ban:班 bao:包鲍 bi:毕 bian:边卞 bo:薄 bu:卜 cai:蔡 cang:苍 cao:曹 cen:岑
chai:柴 chang:常 chao:晁 che:车 chen:陈谌陳 cheng:程成 chi:池迟 chu:储楚褚 cong:丛 cui:崔 dai:戴代 dang:党
deng:邓鄧 di:狄 diao:刁 ding:丁 dong:董 dou:窦 du:杜 duan:段 e:鄂 fan:范樊 fang:方房 fei:费 feng:冯馮封丰
fu:傅付符伏 gan:甘 gao:高郜 ge:葛戈 geng:耿 gong:龚巩宫公 gou:苟 gu:顾顧谷古 guan:关管官關 gui:桂 guo:郭国
hai:海 han:韩韓 hang:杭 hao:郝 he:何贺和赫賀 heng:衡 hong:洪 hou:侯 hu:胡扈 hua:华花滑華 huan:宦 huang:黄黃
hui:惠 huo:霍 ji:季纪姬吉计冀紀 jia:贾賈 jian:简 jiang:江姜蒋蔣 jiao:焦 jin:金靳晋 jing:景荆经 ju:鞠居
kang:康 ke:柯 kong:孔 kou:寇 kuang:邝匡 lai:赖来賴 lan:兰蓝蘭 lang:郎 lao:劳 lei:雷 leng:冷 li:李黎厉栗郦
lian:连廉 liang:梁 liao:廖 lin:林蔺 ling:凌 liu:刘柳劉 long:龙龍 lou:娄楼 lu:卢陆鲁路芦盧陸魯 luan:栾
luo:罗骆洛羅駱 lv:吕呂 ma:马麻馬 man:满 mao:毛茅 mei:梅 men:门 meng:孟蒙 mi:米糜 miao:苗缪 min:闵 ming:明
mo:莫 mou:牟 mu:穆慕木 na:那 ni:倪 nie:聂 ning:宁甯 niu:牛 nong:农 ou:欧歐区 pan:潘 pang:庞龐 pei:裴 peng:彭
pi:皮 piao:朴 ping:平 pu:蒲浦濮 qi:齐戚祁亓漆齊 qian:钱錢 qiang:强 qiao:乔喬 qin:秦覃 qing:卿 qiu:邱仇裘丘
qu:曲瞿屈 quan:全权 que:阙 ran:冉 rao:饶 ren:任 rong:荣容戎 ruan:阮 rui:芮 sang:桑 sha:沙 shan:单 shang:尚商
shao:邵 she:佘 shen:沈申 sheng:盛 shi:石史施师时師 shou:寿 shu:舒束 shui:水 song:宋 su:苏蘇宿 sui:隋
sun:孙孫 suo:索 tai:邰 tan:谭谈檀譚 tang:唐汤湯 tao:陶 teng:滕 tian:田 tong:童佟仝 tu:涂屠 wan:万萬 wang:王汪
wei:魏韦卫危韋 wen:温文闻溫 weng:翁 wu:吴武伍邬乌巫吳 xi:席习奚郗 xia:夏 xian:冼鲜 xiang:向项相項
xiao:肖萧蕭 xie:谢解謝 xin:辛 xing:邢 xiong:熊 xu:徐许须胥许許 xuan:宣 xue:薛 xun:荀 yan:闫严颜阎晏燕嚴顏閻
yang:杨阳羊楊 yao:姚 ye:叶葉 yi:易伊 yin:尹殷银 ying:应 you:尤游 yu:于余俞喻虞郁禹於 yuan:袁原苑 yue:岳乐
yun:云 zang:臧 zeng:曾 zha:查 zhai:翟 zhan:詹展战 zhang:张章张張 zhao:赵趙 zhen:甄 zheng:郑鄭 zhong:钟仲鍾鐘
zhou:周 zhu:朱祝诸竺朱 zhuang:庄莊 zhuo:卓 zong:宗 zou:邹鄒 zu:祖 zuo:左
"""
_COMPOUND_NAMES_BY_SOUND: Final = """
ouyang:欧阳 ouyang:歐陽 sima:司马 sima:司馬 zhuge:诸葛 zhuge:諸葛 shangguan:上官 huangfu:皇甫 murong:慕容
situ:司徒 xiahou:夏侯 dongfang:东方 linghu:令狐 yuchi:尉迟 zhangsun:长孙 yuwen:宇文 gongsun:公孙 duanmu:端木
baili:百里 nangong:南宫 dugu:独孤 shentu:申屠 chunyu:淳于 xuanyuan:轩辕 zhongli:钟离 wenren:闻人 huyan:呼延
ximen:西门 wanyan:完颜 yelv:耶律 nalan:纳兰 helian:赫连 puyang:濮阳 tantai:澹台 xianyu:鲜于
"""


def _read_sounds() -> dict[str, str]:
    single = [pair.split(":") for pair in _FAMILY_NAMES_BY_SOUND.split()]
    compound = [pair.split(":") for pair in _COMPOUND_NAMES_BY_SOUND.split()]
    return {letter: sound for sound, letters in single for letter in letters} | {
        name: sound for sound, name in compound
    }


_SOUNDS: Final = _read_sounds()
"""Pinyin of common Han family names, with v for ü as in passports of old and in input methods."""


def propose_citekey(ref: Reference, existing: Bibliography, taken: Container[str]) -> str:
    """A citekey that is free: ``lin2012``, ``lin2012b``; ``lin2012-en`` for a translation of lin2012.

    Empty if no name of the work can be written in Latin letters; only a person can choose then.
    """
    if ref.translation_of in existing:
        return _first_free(f"{ref.translation_of}-{ref.language}", taken)
    stem = next((stem for name in (*ref.authors, *ref.editors) if (stem := _stem(name))), "")
    stem = stem or _first_latin_word(ref.title.plain)
    return _first_free(f"{stem}{ref.year or ''}", taken) if stem else ""


def _first_free(stem: str, taken: Container[str]) -> str:
    """``lin2012``, then ``lin2012b`` to ``z``, then ``lin2012-27`` and on."""
    endings = chain(("",), ascii_lowercase[1:], (f"-{number}" for number in count(27)))
    return next(stem + ending for ending in endings if stem + ending not in taken)


def next_label(existing: Bibliography) -> str:
    """One more than the highest number in use: a number that fell free may still be printed somewhere."""
    numbers = [int(ref.label) for ref in existing if ref.label.isdecimal()]
    return str(max(numbers, default=0) + 1)


def _stem(name: Name) -> str:
    if isinstance(name, Organisation):
        return _initials(name.name)
    return _ascii_letters(_SOUNDS.get(name.family, name.family))


def _initials(organisation: str) -> str:
    """``who`` for the World Health Organization; what follows "of" is left out; one word stays whole.

    >>> _initials("National Health Commission of the People's Republic of China"), _initials("Cochrane")
    ('nhc', 'cochrane')
    """
    words = [word for word in organisation.split(" of ")[0].split() if word[:1].isupper()]
    return _ascii_letters("".join(word[0] for word in words) if len(words) > 1 else "".join(words))


def _first_latin_word(title: str) -> str:
    words = (_ascii_letters(word) for word in title.split())
    return next((word for word in words if len(word) > 3), "")


def _ascii_letters(text: str) -> str:
    """Lower-case ASCII letters of a text, accents taken off; nothing of letters without such a form.

    >>> _ascii_letters("Chávez-Tapia"), _ascii_letters("Ørsted"), _ascii_letters("林")
    ('chaveztapia', 'orsted', '')
    """
    apart = unicodedata.normalize("NFKD", text.lower().translate(_TRANSCRIBED))
    return "" if contains_han(text) else re.sub("[^a-z]", "", apart)
