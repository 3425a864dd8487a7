"""Printed references: the 54 agreed cases (T01-T54), the kinds of works, and what must hold for any entry.

Where a case names no title, ``T`` stands for one whose own marks must survive.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.bibliography.marks import collapse_labels, format_mark
from macros.bibliography.model import (
    Kind,
    Name,
    Organisation,
    PartialDate,
    Person,
    Reference,
    Status,
    StatusKind,
    Text,
    contains_han,
)
from macros.bibliography.styles import PROFILES, doi_url, format_reference, shorten_pages

T = "A title: with its own (marks), 50% & more—unchanged"


def text(plain: str) -> Text:
    return Text(plain, escape(plain, quote=False))


def names(*written: str | Name) -> tuple[Name, ...]:
    """``Family, Given`` is a person, anything else as text an organisation."""
    return tuple(_name(name) if isinstance(name, str) else name for name in written)


def _name(written: str) -> Name:
    family, comma, given_names = written.partition(", ")
    return Person(family=family, given=given_names) if comma else Organisation(name=written)


def partial(written: str) -> PartialDate | None:
    parts = [int(part) for part in written.split("-")] if written else []
    return PartialDate(**dict(zip(("year", "month", "day"), parts, strict=False))) if parts else None


def work(
    kind: Kind,
    title: str | Text = T,
    *,
    by: tuple[str | Name, ...] = (),
    others: bool = False,
    year: str = "",
    container: str = "",
    accessed: str = "",
    **fields: Any,
) -> Reference:
    shown = title if isinstance(title, Text) else text(title)
    return Reference(
        citekey="key",
        kind=kind,
        title=shown,
        authors=names(*by),
        authors_truncated=others,
        date=partial(year),
        container=text(container),
        accessed=partial(accessed),
        **{"language": "zh" if contains_han(shown.plain) else "en"} | fields,
    )


def article(
    title: str | Text,
    by: tuple[str | Name, ...],
    journal: str,
    year: str,
    volume: str = "",
    issue: str = "",
    pages: str = "",
    doi: str = "",
    **fields: Any,
) -> Reference:
    return work(
        Kind.ARTICLE,
        title,
        by=by,
        container=journal,
        year=year,
        volume=volume,
        issue=issue,
        pages=pages,
        doi=doi,
        **fields,
    )


def printed(ref: Reference, profile: str, original: Reference | None = None) -> str:
    plain = format_reference(ref, PROFILES[profile], original=original).plain
    return plain.translate(str.maketrans("‘’“”", "''\"\""))


# The cases. Each: number, reference, and what each profile prints.

PANDURO = article(
    "Renovation of Annals of Hepatology's Scientific Scope: "
    "Towards preventing rather than treating end-stage liver disease",
    ("Panduro, A.", "Tiribelli, C.", "Chávez-Tapia, N. C."),
    "Ann Hepatol",
    "2018",
    "17",
    "4",
    "539-540",
    "10.5604/01.3001.0012.0913",
    others=True,
)
LI = article(
    "In vivo tracking and comparison of the therapeutic effects of MSCs and HSCs for liver injury",
    ("Li, Q.", "Zhou, X.", "Shi, Y."),
    "PLoS One",
    "2013",
    "8",
    "4",
    "e62363",
    "10.1371/journal.pone.0062363",
    others=True,
)
RAZEGHIAN = article(
    "Mesenchymal stem/stromal cells as a vehicle for cytokine delivery: "
    "an emerging approach for tumor immunotherapy",
    ("Razeghian, E.", "Margiana, R.", "Chupradit, S."),
    "Front Med (Lausanne)",
    "2021",
    "8",
    "",
    "721174",
    "10.3389/fmed.2021.721174",
    others=True,
)
XUAN = article(
    "Anti-TGFβ-1 receptor inhibitor mediates the efficacy of the human umbilical cord mesenchymal stem "
    "cells against liver fibrosis through TGFβ-1/Smad pathway",
    ("Xuan, J.", "Feng, W.", "An, Z. T."),
    "Mol Cell Biochem",
    "2017",
    "429",
    "1-2",
    "113-122",
    "10.1007/s11010-017-2940-1",
    others=True,
)
TAMURA = article(
    "Immunosuppressive effect of mesenchymal stem cell-derived exosomes on a concanavalin A-induced "
    "liver injury model",
    ("Tamura, R.", "Uemoto, S.", "Tabata, Y."),
    "Inflamm Regen",
    "2016",
    "36",
    "",
    "26",
    "10.1186/s41232-016-0030-5",
)
ZHAO = article(
    "Generation and applications of induced pluripotent stem cell-derived mesenchymal stem cells",
    ("Zhao, C.", "Ikeya, M."),
    "Stem Cells Int",
    "2018",
    "2018",
    "",
    "9601623",
    "10.1155/2018/9601623",
)
ANGIONI = article(
    "Administration of human MSC-derived extracellular vesicles for the treatment of primary sclerosing "
    "cholangitis: preclinical data in MDR2 knockout mice",
    ("Angioni, R.", "Calì, B.", "Vigneswara, V."),
    "Int J Mol Sci",
    "2020",
    "21",
    "22",
    "8874",
    "10.3390/ijms21228874",
    others=True,
)
GARG = article(
    "Granulocyte colony-stimulating factor mobilizes CD34(+) cells and improves survival of patients with "
    "acute-on-chronic liver failure",
    ("Garg, V.", "Garg, H.", "Khan, A."),
    "Gastroenterology",
    "2012",
    "142",
    "3",
    "505-512.e1",
    "10.1053/j.gastro.2011.11.027",
    others=True,
)
GUO = article(
    "Long-term outcomes of autologous peripheral blood stem cell transplantation in patients with cirrhosis",
    ("Guo, C.", "Guo, G.", "Zhou, X."),
    "Clin Gastroenterol Hepatol",
    "2019",
    "17",
    "6",
    "1175-1182.e2",
    "10.1016/j.cgh.2018.10.034",
    others=True,
)
ZHANG = article(
    "Human umbilical cord mesenchymal stem cells improve liver function and ascites in decompensated liver "
    "cirrhosis patients",
    ("Zhang, Z.", "Lin, H.", "Shi, M."),
    "J Gastroenterol Hepatol",
    "2012",
    "27",
    "Suppl 2",
    "112-120",
    "10.1111/j.1440-1746.2011.07024.x",
    others=True,
)
WANG = article(
    "Pilot study of umbilical cord-derived mesenchymal stem cell transfusion in patients with primary "
    "biliary cirrhosis",
    ("Wang, L.", "Li, J.", "Liu, H."),
    "J Gastroenterol Hepatol",
    "2013",
    "28",
    "Suppl 1",
    "85-92",
    "10.1111/jgh.12029",
    others=True,
)
LIN_DOI = "10.3760/cma.j.issn.1007-3418.2012.07.002"
LIN_TITLE = (
    "Prospective controlled trial of safety of human umbilical cord derived-mesenchymal stem cell "
    "transplantation in patients with decompensated liver cirrhosis"
)
LIN_EN = article(
    LIN_TITLE,
    ("Lin, H.", "Zhang, Z.", "Shi, M."),
    "Chin J Hepatol",
    "2012",
    "20",
    "7",
    "487-491",
    LIN_DOI,
    others=True,
    translation_of="lin2012",
)
LIN_ZH = article(
    "人脐带间充质干细胞治疗肝硬化腹水患者的安全性",
    ("林, 沪", "张, 政", "施, 明"),
    "中华肝脏病杂志",
    "2012",
    "20",
    "7",
    "487-491",
    LIN_DOI,
    others=True,
)
SHI = article(
    "Human mesenchymal stem cell transfusion is safe and improves liver function in acute-on-chronic liver "
    "failure patients",
    ("Shi, M.", "Zhang, Z.", "Xu, R."),
    "Stem Cells Transl Med",
    "2012",
    "1",
    "10",
    "725-731",
    "10.5966/sctm.2012-0034",
    others=True,
)
PAI = article(
    Text(
        "Autologous infusion of expanded mobilized adult bone marrow-derived CD34+ cells into patients with "
        "alcoholic liver cirrhosis",
        "Autologous infusion of expanded mobilized adult bone marrow-derived CD34<sup>+</sup> cells into "
        "patients with alcoholic liver cirrhosis",
    ),
    ("Pai, M.", "Zacharoulis, D.", "Milicevic, M. N."),
    "Am J Gastroenterol",
    "2008",
    "103",
    "8",
    "1952-1958",
    "10.1111/j.1572-0241.2008.01993.x",
    others=True,
)
MOHAMADNEJAD = article(
    "Phase 1 trial of autologous bone marrow mesenchymal stem cell transplantation in patients with "
    "decompensated liver cirrhosis",
    ("Mohamadnejad, M.", "Alimoghaddam, K.", "Mohyeddin-Bonab, M."),
    "Arch Iran Med",
    "2007",
    "10",
    "4",
    "459-466",
    others=True,
)
LYRA = article(
    T,
    ("Lyra, A. C.", "Soares, M. B.", Person(family="Silva", given="L. F.", particle="da")),
    "Eur J Gastroenterol Hepatol",
    "2010",
    "22",
    "1",
    "33-42",
    "10.1097/MEG.0b013e32832eb69a",
    others=True,
)
SAAT = article(
    T,
    ("Saat, T. C.", Person(family="Engel", given="S.", particle="van den"), "Bijman-Lachger, W."),
    "Stem Cells Int",
    "2016",
    "2016",
    "",
    "5761487",
    "10.1155/2016/5761487",
    others=True,
)
SAAT_WITHOUT_PARTICLE = replace(SAAT, authors=names("Saat, T. C.", "van den Engel, S.", "Bijman-Lachger, W."))
LYU = article(
    T,
    ("Lyu, Y. H.", "Wu, S. S.", "Wen, Z. X."),
    "Chin Arch Tradit Chin Med",
    "2021",
    "39",
    "10",
    "146-149, 278-279",
    "10.13193/j.issn.1673-7717.2021.10.035",
    others=True,
)
LANTHIER = article(
    "Autologous bone marrow-derived cell transplantation in decompensated alcoholic liver disease: what is "
    "the impact on liver histology and gene expression patterns?",
    ("Lanthier, N.", "Lin-Marq, N.", "Rubbia-Brandt, L."),
    "Stem Cell Res Ther",
    "2017",
    "8",
    "1",
    "88",
    "10.1186/s13287-017-0541-2",
    others=True,
)
RULES_URL = "http://www.nhc.gov.cn/qjjys/s3582/201503/ad9098ef20ba4162bafc743133e799f6.shtml"
COMMISSION = "National Health and Family Planning Commission of the People's Republic of China"
RULES_EN = work(
    Kind.WEB_PAGE,
    "Management measures for clinical research of stem cells (Trial)",
    by=(COMMISSION,),
    year="2015-03-27",
    url=RULES_URL,
)
RULES_ZH = work(
    Kind.WEB_PAGE,
    "干细胞临床研究管理办法（试行）",
    by=("中华人民共和国国家卫生和计划生育委员会",),
    year="2015-03-27",
    url=RULES_URL,
)
AMER = article(
    T,
    ("Amer, M. E.", "El-Sayed, S. Z.", "El-Kheir, W. A."),
    "Eur J Gastroenterol Hepatol",
    "2011",
    "23",
    "10",
    "936-941",
    others=True,
)


def in_j_test(*by: str | Name, others: bool = False) -> Reference:
    return article(T, by, "J Test", "2016", "36", "1", "26", others=others)


SEVEN = ("Aa, A.", "Bb, B.", "Cc, C.", "Dd, D.", "Ee, E.", "Ff, F.", "Gg, G.")
FOUR_ZH = article("四位作者", ("张, 三", "李, 四", "王, 五", "赵, 六"), "测试杂志", "2020", "1", "2", "10-19")
HALPERN = article(
    "Solid-organ transplantation in HIV-infected patients",
    ("Halpern, S. D.", "Ubel, P. A.", "Caplan, A. L."),
    "N Engl J Med",
    "2002-07-25",
    "347",
    "4",
    "284-287",
)
ROSE = article(
    "Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury",
    (
        "Rose, M. E.",
        "Huerbin, M. B.",
        "Melick, J.",
        "Marion, D. W.",
        "Palmer, A. M.",
        "Schiding, J. K.",
        "Kochanek, P. M.",
        "Graham, S. H.",
    ),
    "Brain Res",
    "2002",
    "935",
    "1-2",
    "40-46",
)
GERAUD = article(
    T,
    ("Geraud, G.", "Spierings, E. L.", "Keywood, C."),
    "Headache",
    "2002",
    "42",
    "Suppl 2",
    "S93-S99",
)
GLAUSER = article(T, ("Glauser, T. A.",), "Neurology", "2002", "58", "12 Suppl 7", "S6-S12")
BANIT = article(
    T, ("Banit, D. M.", "Kaufer, H.", "Hartford, J. M."), "Clin Orthop", "2002", "", "401", "230-238"
)
CHADWICK = article(
    "The politics of ethical consensus finding",
    ("Chadwick, R.", "Schuklenk, U."),
    "Bioethics",
    "2002",
    "16",
    "2",
    "iii-v",
)
ELLINGSEN = article(
    "Sykdomsangst blant medisin- og jusstudenter",
    ("Ellingsen, A. E.", "Wilhelmsen, I."),
    "Tidsskr Nor Laegeforen",
    "2002",
    "122",
    "8",
    "785-787",
    language="no",
    translated_title=text("Disease anxiety among medical students and law students"),
)
VALLANCIEN = article(
    T,
    (
        "Vallancien, G.",
        "Emberton, M.",
        "Harving, N.",
        Person(family="Moorselaar", given="R. J.", particle="van"),
        "Alf-One Study Group",
    ),
    "J Urol",
    "2003",
    "169",
    "6",
    "2257-2261",
)
SUPPLEMENT_ZH = article(
    "过冷大水滴环境粒径分布模拟方法研究进展",
    ("王, 利平", "王, 福新", "刘, 洪"),
    "航空学报",
    "2024",
    "45",
    "增刊1",
    "730570",
)
AHEAD = article("Ahead of print", ("Doe, J.",), "J Test", "2024", doi="10.1000/xyz")
DOTTED = article(T, ("Doe, J.",), "J. Gastroenterol. Hepatol.", "2012", "27", "", "1-9")
MURRAY = work(
    Kind.BOOK,
    "Medical microbiology",
    by=("Murray, P. R.", "Rosenthal, K. S.", "Kobayashi, G. S.", "Pfaller, M. A."),
    edition="4",
    place="St. Louis",
    publisher="Mosby",
    year="2002",
)
BOOK_ZH = work(
    Kind.BOOK,
    "大学计算机：计算思维与信息素养",
    by=("战, 德臣", "张, 丽杰"),
    edition="3",
    place="北京",
    publisher="高等教育出版社",
    year="2019",
)
MELTZER = work(
    Kind.CHAPTER,
    by=("Meltzer, P. S.", "Kallioniemi, A.", "Trent, J. M."),
    editors=names("Vogelstein, B.", "Kinzler, K. W."),
    container="The genetic basis of human cancer",
    place="New York",
    publisher="McGraw-Hill",
    year="2002",
    pages="93-113",
)
THESIS_ZH = work(
    Kind.THESIS, "土壤湿度反演方法研究", by=("王, 琦",), place="武汉", publisher="武汉大学", year="2022"
)
BORKOWSKI = work(
    Kind.THESIS,
    by=("Borkowski, M. M.",),
    place="Mount Pleasant (MI)",
    publisher="Central Michigan University",
    year="2002",
)
STANDARD = work(
    Kind.STANDARD,
    "信息与文献 参考文献著录规则",
    by=("全国信息与文献标准化技术委员会",),
    number="GB/T 7714-2025",
    place="北京",
    publisher="中国标准出版社",
    year="2025",
)
JENKINS = work(
    Kind.PREPRINT,
    "Controlled manipulation of light by cooperative response of atoms in an optical lattice",
    by=("Jenkins, S. D.", "Ruostekoski, J."),
    version="2",
    container="arXiv",
    year="2012-03-18",
    accessed="2020-06-24",
    url="https://doi.org/10.48550/arXiv.1112.6136",
)
DATASET = work(
    Kind.DATASET,
    "Trial data",
    by=("Doe, J.",),
    version="1",
    container="Zenodo",
    year="2024-05-01",
    accessed="2026-11-22",
    doi="10.5281/zenodo.1",
)
FEIFEL = article(
    T,
    ("Feifel, D.", "Moutier, C. Y.", "Perry, W."),
    "J Clin Psychiatry",
    "2000",
    "61",
    "12",
    "909-911",
    status=Status(
        kind=StatusKind.RETRACTED,
        checked=date(2026, 11, 22),
        notice="Feifel D, Moutier CY, Perry W. J Clin Psychiatry. 2002;63(2):169.",
    ),
)

G25, G15, H, N, A = "gbt7714-2025", "gbt7714-2015", "jch", "nlm", "ama"

CASES: list[tuple[str, Reference, dict[str, str]]] = [
    (
        "T01",
        PANDURO,
        {
            G25: f"Panduro A，Tiribelli C，Chávez-Tapia N C，et al. {PANDURO.title.plain}[J/OL]. "
            "Ann Hepatol，2018，17（4）：539-540. DOI:10.5604/01.3001.0012.0913.",
            G15: f"PANDURO A, TIRIBELLI C, CHÁVEZ-TAPIA N C, et al. {PANDURO.title.plain}[J/OL]. "
            "Ann Hepatol, 2018, 17(4): 539-540. DOI:10.5604/01.3001.0012.0913.",
            H: f"PANDURO A, TIRIBELLI C, CHÁVEZ-TAPIA NC, et al. {PANDURO.title.plain}[J]. "
            "Ann Hepatol, 2018, 17(4): 539-540. DOI: 10.5604/01.3001.0012.0913.",
            N: f"Panduro A, Tiribelli C, Chávez-Tapia NC, et al. {PANDURO.title.plain}. "
            "Ann Hepatol. 2018;17(4):539-40. doi: 10.5604/01.3001.0012.0913.",
        },
    ),
    (
        "T02",
        LI,
        {
            G25: f"Li Q，Zhou X，Shi Y，et al. {LI.title.plain}[J/OL]. PLoS One，2013，8（4）：e62363. "
            "DOI:10.1371/journal.pone.0062363.",
            N: f"Li Q, Zhou X, Shi Y, et al. {LI.title.plain}. PLoS One. 2013;8(4):e62363. "
            "doi: 10.1371/journal.pone.0062363.",
        },
    ),
    (
        "T03",
        RAZEGHIAN,
        {
            G25: f"Razeghian E，Margiana R，Chupradit S，et al. {RAZEGHIAN.title.plain}[J/OL]. "
            "Front Med (Lausanne)，2021，8：721174. DOI:10.3389/fmed.2021.721174.",
            N: f"Razeghian E, Margiana R, Chupradit S, et al. {RAZEGHIAN.title.plain}. "
            "Front Med (Lausanne). 2021;8:721174. doi: 10.3389/fmed.2021.721174.",
        },
    ),
    (
        "T04",
        XUAN,
        {
            G25: "Xuan J，Feng W，An Z T，et al. Anti-TGFβ-1 receptor inhibitor mediates the efficacy of the "
            "human umbilical cord mesenchymal stem cells against liver fibrosis through TGFβ-1/Smad "
            "pathway[J/OL]. Mol Cell Biochem，2017，429（1-2）：113-122. DOI:10.1007/s11010-017-2940-1.",
            N: f"Xuan J, Feng W, An ZT, et al. {XUAN.title.plain}. "
            "Mol Cell Biochem. 2017;429(1-2):113-22. doi: 10.1007/s11010-017-2940-1.",
        },
    ),
    (
        "T05",
        TAMURA,
        {
            G25: f"Tamura R，Uemoto S，Tabata Y. {TAMURA.title.plain}[J/OL]. Inflamm Regen，2016，36：26. "
            "DOI:10.1186/s41232-016-0030-5.",
            N: f"Tamura R, Uemoto S, Tabata Y. {TAMURA.title.plain}. Inflamm Regen. 2016;36:26. "
            "doi: 10.1186/s41232-016-0030-5.",
        },
    ),
    (
        "T06",
        ZHAO,
        {
            G25: f"Zhao C，Ikeya M. {ZHAO.title.plain}[J/OL]. Stem Cells Int，2018，2018：9601623. "
            "DOI:10.1155/2018/9601623.",
            N: f"Zhao C, Ikeya M. {ZHAO.title.plain}. Stem Cells Int. 2018;2018:9601623. "
            "doi: 10.1155/2018/9601623.",
        },
    ),
    (
        "T07",
        ANGIONI,
        {
            H: f"ANGIONI R, CALÌ B, VIGNESWARA V, et al. {ANGIONI.title.plain}[J]. "
            "Int J Mol Sci, 2020, 21(22): 8874. DOI: 10.3390/ijms21228874.",
            G25: f"Angioni R，Calì B，Vigneswara V，et al. {ANGIONI.title.plain}[J/OL]. "
            "Int J Mol Sci，2020，21（22）：8874. DOI:10.3390/ijms21228874.",
        },
    ),
    (
        "T08",
        GARG,
        {
            G25: f"Garg V，Garg H，Khan A，et al. {GARG.title.plain}[J/OL]. "
            "Gastroenterology，2012，142（3）：505-512.e1. DOI:10.1053/j.gastro.2011.11.027.",
            N: f"Garg V, Garg H, Khan A, et al. {GARG.title.plain}. "
            "Gastroenterology. 2012;142(3):505-512.e1. doi: 10.1053/j.gastro.2011.11.027.",
        },
    ),
    (
        "T09",
        GUO,
        {
            G25: f"Guo C，Guo G，Zhou X，et al. {GUO.title.plain}[J/OL]. "
            "Clin Gastroenterol Hepatol，2019，17（6）：1175-1182.e2. DOI:10.1016/j.cgh.2018.10.034.",
            N: f"Guo C, Guo G, Zhou X, et al. {GUO.title.plain}. "
            "Clin Gastroenterol Hepatol. 2019;17(6):1175-1182.e2. doi: 10.1016/j.cgh.2018.10.034.",
        },
    ),
    (
        "T10",
        ZHANG,
        {
            G25: f"Zhang Z，Lin H，Shi M，et al. {ZHANG.title.plain}[J/OL]. "
            "J Gastroenterol Hepatol，2012，27（Suppl 2）：112-120. DOI:10.1111/j.1440-1746.2011.07024.x.",
            H: f"ZHANG Z, LIN H, SHI M, et al. {ZHANG.title.plain}[J]. "
            "J Gastroenterol Hepatol, 2012, 27 Suppl 2: 112-120. DOI: 10.1111/j.1440-1746.2011.07024.x.",
            N: f"Zhang Z, Lin H, Shi M, et al. {ZHANG.title.plain}. "
            "J Gastroenterol Hepatol. 2012;27 Suppl 2:112-20. doi: 10.1111/j.1440-1746.2011.07024.x.",
        },
    ),
    (
        "T11",
        WANG,
        {
            H: f"WANG L, LI J, LIU H, et al. {WANG.title.plain}[J]. "
            "J Gastroenterol Hepatol, 2013, 28 Suppl 1: 85-92. DOI: 10.1111/jgh.12029.",
            N: f"Wang L, Li J, Liu H, et al. {WANG.title.plain}. "
            "J Gastroenterol Hepatol. 2013;28 Suppl 1:85-92. doi: 10.1111/jgh.12029.",
        },
    ),
    (
        "T12",
        LIN_EN,
        {
            H: f"LIN H, ZHANG Z, SHI M, et al. {LIN_TITLE}[J]. "
            f"Chin J Hepatol, 2012, 20(7): 487-491. DOI: {LIN_DOI}."
        },
    ),
    (
        "T13",
        LIN_ZH,
        {
            G25: "林沪，张政，施明，等. 人脐带间充质干细胞治疗肝硬化腹水患者的安全性[J/OL]. "
            f"中华肝脏病杂志，2012，20（7）：487-491. DOI:{LIN_DOI}.",
            H: "林沪, 张政, 施明, 等. 人脐带间充质干细胞治疗肝硬化腹水患者的安全性[J]. "
            f"中华肝脏病杂志, 2012, 20(7): 487-491. DOI: {LIN_DOI}.",
        },
    ),
    (
        "T16",
        PAI,
        {
            N: f"Pai M, Zacharoulis D, Milicevic MN, et al. {PAI.title.plain}. "
            "Am J Gastroenterol. 2008;103(8):1952-8. doi: 10.1111/j.1572-0241.2008.01993.x."
        },
    ),
    (
        "T17",
        MOHAMADNEJAD,
        {
            G25: f"Mohamadnejad M，Alimoghaddam K，Mohyeddin-Bonab M，et al. {MOHAMADNEJAD.title.plain}[J]. "
            "Arch Iran Med，2007，10（4）：459-466.",
            N: f"Mohamadnejad M, Alimoghaddam K, Mohyeddin-Bonab M, et al. {MOHAMADNEJAD.title.plain}. "
            "Arch Iran Med. 2007;10(4):459-66.",
        },
    ),
    (
        "T18",
        replace(LYRA, doi=""),
        {
            G25: f"Lyra A C，Soares M B，da Silva L F，et al. {T}[J]. "
            "Eur J Gastroenterol Hepatol，2010，22（1）：33-42.",
            G15: f"LYRA A C, SOARES M B, DA SILVA L F, et al. {T}[J]. "
            "Eur J Gastroenterol Hepatol, 2010, 22(1): 33-42.",
            H: f"LYRA AC, SOARES MB, da SILVA LF, et al. {T}[J]. "
            "Eur J Gastroenterol Hepatol, 2010, 22(1): 33-42.",
            N: f"Lyra AC, Soares MB, da Silva LF, et al. {T}. Eur J Gastroenterol Hepatol. 2010;22(1):33-42.",
        },
    ),
    (
        "T19",
        SAAT,
        {
            G25: f"Saat T C，van den Engel S，Bijman-Lachger W，et al. {T}[J/OL]. "
            "Stem Cells Int，2016，2016：5761487. DOI:10.1155/2016/5761487."
        },
    ),
    (
        "T19-name-override",
        SAAT_WITHOUT_PARTICLE,
        {
            H: f"SAAT TC, VAN DEN ENGEL S, BIJMAN-LACHGER W, et al. {T}[J]. "
            "Stem Cells Int, 2016, 2016: 5761487. DOI: 10.1155/2016/5761487."
        },
    ),
    (
        "T20",
        LYU,
        {
            G25: f"Lyu Y H，Wu S S，Wen Z X，et al. {T}[J/OL]. "
            "Chin Arch Tradit Chin Med，2021，39（10）：146-149, 278-279. "
            "DOI:10.13193/j.issn.1673-7717.2021.10.035.",
            N: f"Lyu YH, Wu SS, Wen ZX, et al. {T}. Chin Arch Tradit Chin Med. 2021;39(10):146-9, 278-9. "
            "doi: 10.13193/j.issn.1673-7717.2021.10.035.",
        },
    ),
    (
        "T21",
        LANTHIER,
        {
            G25: f"Lanthier N，Lin-Marq N，Rubbia-Brandt L，et al. {LANTHIER.title.plain}[J/OL]. "
            "Stem Cell Res Ther，2017，8（1）：88. DOI:10.1186/s13287-017-0541-2.",
            N: f"Lanthier N, Lin-Marq N, Rubbia-Brandt L, et al. {LANTHIER.title.plain} "
            "Stem Cell Res Ther. 2017;8(1):88. doi: 10.1186/s13287-017-0541-2.",
        },
    ),
    (
        "T22",
        RULES_EN,
        {
            G25: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial)[EB/OL]. "
            f"（2015-03-27）. {RULES_URL}.",
            G15: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial)[EB/OL]. "
            f"(2015-03-27). {RULES_URL}.",
            H: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial)[EB/OL]. "
            f"(2015-03-27). {RULES_URL}.",
        },
    ),
    (
        "T23",
        RULES_ZH,
        {
            G25: "中华人民共和国国家卫生和计划生育委员会. 干细胞临床研究管理办法（试行）[EB/OL]. "
            f"（2015-03-27）. {RULES_URL}.",
        },
    ),
    (
        "T24",
        replace(RULES_EN, accessed=partial("2026-11-22")),
        {
            G25: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial)[EB/OL]. "
            f"（2015-03-27）[2026-11-22]. {RULES_URL}.",
            G15: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial)[EB/OL]. "
            f"(2015-03-27)[2026-11-22]. {RULES_URL}.",
            N: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial) [Internet]. "
            f"2015 [cited 2026 Nov 22]. Available from: {RULES_URL}",
        },
    ),
    (
        "T25",
        AMER,
        {
            G25: f"Amer M E，El-Sayed S Z，El-Kheir W A，et al. {T}[J]. "
            "Eur J Gastroenterol Hepatol，2011，23（10）：936-941.",
            H: f"AMER ME, EL-SAYED SZ, EL-KHEIR WA, et al. {T}[J]. "
            "Eur J Gastroenterol Hepatol, 2011, 23(10): 936-941.",
        },
    ),
    (
        "T27",
        in_j_test(*SEVEN[:4]),
        {
            G25: f"Aa A，Bb B，Cc C，et al. {T}[J]. J Test，2016，36（1）：26.",
            N: f"Aa A, Bb B, Cc C, Dd D. {T}. J Test. 2016;36(1):26.",
        },
    ),
    (
        "T28-six",
        in_j_test(*SEVEN[:6]),
        {
            N: f"Aa A, Bb B, Cc C, Dd D, Ee E, Ff F. {T}. J Test. 2016;36(1):26.",
            A: f"Aa A, Bb B, Cc C, Dd D, Ee E, Ff F. {T}. J Test. 2016;36(1):26.",
        },
    ),
    (
        "T28-seven",
        in_j_test(*SEVEN),
        {
            N: f"Aa A, Bb B, Cc C, Dd D, Ee E, Ff F, et al. {T}. J Test. 2016;36(1):26.",
            A: f"Aa A, Bb B, Cc C, et al. {T}. J Test. 2016;36(1):26.",
        },
    ),
    (
        "T29",
        FOUR_ZH,
        {
            G25: "张三，李四，王五，等. 四位作者[J]. 测试杂志，2020，1（2）：10-19.",
            G15: "张三, 李四, 王五, 等. 四位作者[J]. 测试杂志, 2020, 1(2): 10-19.",
        },
    ),
    (
        "T30",
        article("题名", ("欧阳, 修",), "测试杂志", "2020", "1", "2", "10-19"),
        {
            G25: "欧阳修. 题名[J]. 测试杂志，2020，1（2）：10-19.",
            G15: "欧阳修. 题名[J]. 测试杂志, 2020, 1(2): 10-19.",
            H: "欧阳修. 题名[J]. 测试杂志, 2020, 1(2): 10-19.",
            N: "欧阳修. 题名. 测试杂志. 2020;1(2):10-9. Chinese.",
            A: "欧阳修. 题名. 测试杂志. 2020;1(2):10-19.",
        },
    ),
    (
        "T31",
        in_j_test("Godard, Jean-Luc"),
        {
            G25: f"Godard J-L. {T}[J]. J Test，2016，36（1）：26.",
            G15: f"GODARD J L. {T}[J]. J Test, 2016, 36(1): 26.",
            N: f"Godard JL. {T}. J Test. 2016;36(1):26.",
        },
    ),
    (
        "T32",
        in_j_test(Person(family="Peebles", given="P. Z.", suffix="Jr")),
        {
            G25: f"Peebles P Z Jr. {T}[J]. J Test，2016，36（1）：26.",
            N: f"Peebles PZ Jr. {T}. J Test. 2016;36(1):26.",
        },
    ),
    (
        "T33",
        article(
            T,
            ("Diabetes Prevention Program Research Group",),
            "Hypertension",
            "2002",
            "40",
            "5",
            "679-686",
        ),
        {
            G25: f"Diabetes Prevention Program Research Group. {T}[J]. Hypertension，2002，40（5）：679-686.",
            N: f"Diabetes Prevention Program Research Group. {T}. Hypertension. 2002;40(5):679-86.",
        },
    ),
    (
        "T34",
        article(
            "21st century heart solution may have a sting in the tail",
            (),
            "BMJ",
            "2002",
            "325",
            "7357",
            "184",
        ),
        {
            N: "21st century heart solution may have a sting in the tail. BMJ. 2002;325(7357):184.",
            G25: "21st century heart solution may have a sting in the tail[J]. BMJ，2002，325（7357）：184.",
        },
    ),
    (
        "T35",
        HALPERN,
        {
            N: "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. "
            "N Engl J Med. 2002 Jul 25;347(4):284-7.",
            G25: "Halpern S D，Ubel P A，Caplan A L. Solid-organ transplantation in HIV-infected "
            "patients[J]. N Engl J Med，2002，347（4）：284-287.",
        },
    ),
    (
        "T36",
        ROSE,
        {
            N: "Rose ME, Huerbin MB, Melick J, Marion DW, Palmer AM, Schiding JK, et al. Regulation of "
            "interstitial excitatory amino acid concentrations after cortical contusion injury. "
            "Brain Res. 2002;935(1-2):40-6."
        },
    ),
    (
        "T37",
        GERAUD,
        {
            N: f"Geraud G, Spierings EL, Keywood C. {T}. Headache. 2002;42 Suppl 2:S93-9.",
            G25: f"Geraud G，Spierings E L，Keywood C. {T}[J]. Headache，2002，42（Suppl 2）：S93-S99.",
        },
    ),
    (
        "T38",
        GLAUSER,
        {
            N: f"Glauser TA. {T}. Neurology. 2002;58(12 Suppl 7):S6-12.",
            G25: f"Glauser T A. {T}[J]. Neurology，2002，58（12 Suppl 7）：S6-S12.",
        },
    ),
    (
        "T39",
        BANIT,
        {
            N: f"Banit DM, Kaufer H, Hartford JM. {T}. Clin Orthop. 2002;(401):230-8.",
            G25: f"Banit D M，Kaufer H，Hartford J M. {T}[J]. Clin Orthop，2002（401）：230-238.",
            G15: f"BANIT D M, KAUFER H, HARTFORD J M. {T}[J]. Clin Orthop, 2002(401): 230-238.",
        },
    ),
    (
        "T40",
        CHADWICK,
        {
            N: "Chadwick R, Schuklenk U. The politics of ethical consensus finding. "
            "Bioethics. 2002;16(2):iii-v.",
            G25: "Chadwick R，Schuklenk U. The politics of ethical consensus finding[J]. "
            "Bioethics，2002，16（2）：iii-v.",
        },
    ),
    (
        "T41",
        ELLINGSEN,
        {
            N: "Ellingsen AE, Wilhelmsen I. [Disease anxiety among medical students and law students]. "
            "Tidsskr Nor Laegeforen. 2002;122(8):785-7. Norwegian."
        },
    ),
    (
        "T42",
        VALLANCIEN,
        {
            N: f"Vallancien G, Emberton M, Harving N, van Moorselaar RJ; Alf-One Study Group. {T}. "
            "J Urol. 2003;169(6):2257-61."
        },
    ),
    (
        "T43",
        SUPPLEMENT_ZH,
        {
            G25: "王利平，王福新，刘洪. 过冷大水滴环境粒径分布模拟方法研究进展[J]. "
            "航空学报，2024，45（增刊1）：730570."
        },
    ),
    ("T44", AHEAD, {G25: "Doe J. Ahead of print[J/OL]. J Test，2024. DOI:10.1000/xyz."}),
    (
        "T45",
        DOTTED,
        {
            G25: f"Doe J. {T}[J]. J Gastroenterol Hepatol，2012，27：1-9.",
            N: f"Doe J. {T}. J Gastroenterol Hepatol. 2012;27:1-9.",
        },
    ),
    (
        "T46",
        MURRAY,
        {
            G25: "Murray P R，Rosenthal K S，Kobayashi G S，et al. Medical microbiology[M]. 4th ed. "
            "St. Louis：Mosby，2002.",
            N: "Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. "
            "St. Louis: Mosby; 2002.",
        },
    ),
    (
        "T47",
        BOOK_ZH,
        {
            G25: "战德臣，张丽杰. 大学计算机：计算思维与信息素养[M]. 3 版. 北京：高等教育出版社，2019.",
            G15: "战德臣, 张丽杰. 大学计算机：计算思维与信息素养[M]. 3 版. 北京: 高等教育出版社, 2019.",
        },
    ),
    (
        "T48",
        MELTZER,
        {
            G25: f"Meltzer P S，Kallioniemi A，Trent J M. {T}[M]//Vogelstein B，Kinzler K W. "
            "The genetic basis of human cancer. New York：McGraw-Hill，2002：93-113.",
            N: f"Meltzer PS, Kallioniemi A, Trent JM. {T}. In: Vogelstein B, Kinzler KW, editors. "
            "The genetic basis of human cancer. New York: McGraw-Hill; 2002. p. 93-113.",
        },
    ),
    (
        "T49-zh",
        THESIS_ZH,
        {G25: "王琦. 土壤湿度反演方法研究[D]. 武汉：武汉大学，2022."},
    ),
    (
        "T49-en",
        BORKOWSKI,
        {N: f"Borkowski MM. {T} [dissertation]. Mount Pleasant (MI): Central Michigan University; 2002."},
    ),
    (
        "T50",
        STANDARD,
        {
            G25: "GB/T 7714—2025\u2003信息与文献 参考文献著录规则[S].",
            G15: "全国信息与文献标准化技术委员会. 信息与文献 参考文献著录规则: GB/T 7714—2025[S]. "
            "北京: 中国标准出版社, 2025.",
        },
    ),
    (
        "T51",
        JENKINS,
        {
            G25: f"Jenkins S D，Ruostekoski J. {JENKINS.title.plain}[PP/OL]. V2. "
            "arXiv（2012-03-18）[2020-06-24]. https://doi.org/10.48550/arXiv.1112.6136."
        },
    ),
    (
        "T52",
        DATASET,
        {
            G25: "Doe J. Trial data[DS/OL]. V1. Zenodo（2024-05-01）[2026-11-22]. DOI:10.5281/zenodo.1.",
        },
    ),
    (
        "T53",
        FEIFEL,
        {
            N: f"Feifel D, Moutier CY, Perry W. {T}. J Clin Psychiatry. 2000;61(12):909-11. Retraction in: "
            "Feifel D, Moutier CY, Perry W. J Clin Psychiatry. 2002;63(2):169."
        },
    ),
]

# What the five profiles make of each kind of work beyond the cases.

CONFERENCE_PAPER = work(
    Kind.CONFERENCE_PAPER,
    "Small tools for large lists",
    by=("Moe, A.", "Roe, B."),
    editors=names("Doe, J."),
    container="Proceedings of the Third Meeting on Lists",
    place="Oslo",
    publisher="List Society",
    year="2019",
    pages="22-25",
)
REPORT = work(
    Kind.REPORT,
    "A report on lists",
    by=("Office of Lists",),
    number="OL-12",
    place="Oslo",
    publisher="Office of Lists Press",
    year="2018-05",
    genre="Final report",
)
REPORT_ON_THE_NET = work(
    Kind.REPORT,
    "统计报告",
    by=("统计中心",),
    year="2012-01-16",
    accessed="2013-03-26",
    url="http://example.org/a%20b?x=1&y=2",
)
EDITED_BOOK = work(
    Kind.BOOK,
    "Lists",
    editors=names("Moe, A.", "Roe, B."),
    edition="2nd",
    volume="3",
    place="Oslo",
    publisher="Press",
    year="2011",
)
TRANSLATED_BOOK = work(
    Kind.BOOK,
    "清单通史",
    by=("罗, 杰斯",),
    translators=names("潘, 惠", "魏, 婧", "杨, 艳", "李, 明"),
    place="大连",
    publisher="某出版社",
    year="2011",
    pages="15-16",
)
ONLINE_ARTICLE = article(
    "An article without a DOI",
    ("Doe, J.",),
    "J Test",
    "2014-06",
    "5",
    "2",
    "356-362",
    url="https://example.org/5/2",
    accessed="2014-06-25",
)
KINDS: list[tuple[str, Reference, dict[str, str]]] = [
    (
        "article",
        PANDURO,
        {
            A: f"Panduro A, Tiribelli C, Chávez-Tapia NC, et al. {PANDURO.title.plain}. "
            "Ann Hepatol. 2018;17(4):539-540. doi:10.5604/01.3001.0012.0913"
        },
    ),
    (
        "article-online",
        ONLINE_ARTICLE,
        {
            G25: "Doe J. An article without a DOI[J/OL]. J Test，2014，5（2）：356-362. "
            "https://example.org/5/2.",
            G15: "DOE J. An article without a DOI[J/OL]. J Test, 2014, 5(2): 356-362[2014-06-25]. "
            "https://example.org/5/2.",
            H: "DOE J. An article without a DOI[J/OL]. J Test, 2014, 5(2): 356-362[2014-06-25]. "
            "https://example.org/5/2.",
            N: "Doe J. An article without a DOI. J Test [Internet]. 2014 Jun [cited 2014 Jun 25];"
            "5(2):356-62. Available from: https://example.org/5/2",
            A: "Doe J. An article without a DOI. J Test. 2014;5(2):356-362. Accessed June 25, 2014. "
            "https://example.org/5/2",
        },
    ),
    (
        "article-ahead-of-print",
        replace(AHEAD, date=partial("2024-05-09")),
        {
            G25: "Doe J. Ahead of print[J/OL]. J Test，2024-05-09. DOI:10.1000/xyz.",
            G15: "DOE J. Ahead of print[J/OL]. J Test, 2024. DOI:10.1000/xyz.",
            N: "Doe J. Ahead of print. J Test. 2024 May 9. doi: 10.1000/xyz.",
            A: "Doe J. Ahead of print. J Test. Published online May 9, 2024. doi:10.1000/xyz",
        },
    ),
    (
        "supplements",
        GLAUSER,
        {
            H: f"GLAUSER TA. {T}[J]. Neurology, 2002, 58(12 Suppl 7): S6-S12.",
            A: f"Glauser TA. {T}. Neurology. 2002;58(12)(suppl 7):S6-S12.",
        },
    ),
    (
        "volume-supplement",
        GERAUD,
        {A: f"Geraud G, Spierings EL, Keywood C. {T}. Headache. 2002;42(suppl 2):S93-S99."},
    ),
    (
        "book",
        MURRAY,
        {
            G15: "MURRAY P R, ROSENTHAL K S, KOBAYASHI G S, et al. Medical microbiology[M]. 4th ed. "
            "St. Louis: Mosby, 2002.",
            H: "MURRAY PR, ROSENTHAL KS, KOBAYASHI GS, et al. Medical microbiology[M]. 4th ed. "
            "St. Louis: Mosby, 2002.",
            A: "Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. "
            "Mosby; 2002.",
        },
    ),
    (
        "book-zh",
        BOOK_ZH,
        {
            H: "战德臣, 张丽杰. 大学计算机：计算思维与信息素养[M]. 3 版. 北京: 高等教育出版社, 2019.",
            N: "战德臣, 张丽杰. 大学计算机：计算思维与信息素养. 3 版. 北京: 高等教育出版社; 2019. Chinese.",
            A: "战德臣, 张丽杰. 大学计算机：计算思维与信息素养. 3 版. 高等教育出版社; 2019.",
        },
    ),
    (
        "book-edited",
        EDITED_BOOK,
        {
            G25: "Moe A，Roe B. Lists：v.3[M]. 2nd ed. Oslo：Press，2011.",
            G15: "MOE A, ROE B. Lists: v.3[M]. 2nd ed. Oslo: Press, 2011.",
            N: "Moe A, Roe B, editors. Lists. Vol. 3. 2nd ed. Oslo: Press; 2011.",
            A: "Moe A, Roe B, eds. Lists. Vol 3. 2nd ed. Press; 2011.",
        },
    ),
    (
        "book-translated",
        TRANSLATED_BOOK,
        {
            G25: "罗杰斯. 清单通史[M]. 潘惠，魏婧，杨艳，等，译. 大连：某出版社，2011：15-16.",
            G15: "罗杰斯. 清单通史[M]. 潘惠, 魏婧, 杨艳, 等译. 大连: 某出版社, 2011: 15-16.",
            H: "罗杰斯. 清单通史[M]. 潘惠, 魏婧, 杨艳, 等译. 大连: 某出版社, 2011: 15-16.",
            N: "罗杰斯. 清单通史. 潘惠, 魏婧, 杨艳, 李明, 译. 大连: 某出版社; 2011. p. 15-16. Chinese.",
        },
    ),
    (
        "chapter",
        MELTZER,
        {
            G15: f"MELTZER P S, KALLIONIEMI A, TRENT J M. {T}[M]//VOGELSTEIN B, KINZLER K W. "
            "The genetic basis of human cancer. New York: McGraw-Hill, 2002: 93-113.",
            H: f"MELTZER PS, KALLIONIEMI A, TRENT JM. {T}[M]//VOGELSTEIN B, KINZLER KW. "
            "The genetic basis of human cancer. New York: McGraw-Hill, 2002: 93-113.",
            A: f"Meltzer PS, Kallioniemi A, Trent JM. {T}. In: Vogelstein B, Kinzler KW, eds. "
            "The genetic basis of human cancer. McGraw-Hill; 2002:93-113.",
        },
    ),
    (
        "conference-paper",
        CONFERENCE_PAPER,
        {
            G25: "Moe A，Roe B. Small tools for large lists[C]//Doe J. "
            "Proceedings of the Third Meeting on Lists. Oslo：List Society，2019：22-25.",
            G15: "MOE A, ROE B. Small tools for large lists[C]//DOE J. "
            "Proceedings of the Third Meeting on Lists. Oslo: List Society, 2019: 22-25.",
            H: "MOE A, ROE B. Small tools for large lists[C]//DOE J. "
            "Proceedings of the Third Meeting on Lists. Oslo: List Society, 2019: 22-25.",
            N: "Moe A, Roe B. Small tools for large lists. In: Doe J, editor. "
            "Proceedings of the Third Meeting on Lists. Oslo: List Society; 2019. p. 22-25.",
            A: "Moe A, Roe B. Small tools for large lists. In: Doe J, ed. "
            "Proceedings of the Third Meeting on Lists. List Society; 2019:22-25.",
        },
    ),
    (
        "conference-paper-without-editors",
        replace(CONFERENCE_PAPER, editors=()),
        {
            G25: "Moe A，Roe B. Small tools for large lists[C]//Proceedings of the Third Meeting on Lists. "
            "Oslo：List Society，2019：22-25.",
            N: "Moe A, Roe B. Small tools for large lists. In: Proceedings of the Third Meeting on Lists. "
            "Oslo: List Society; 2019. p. 22-25.",
        },
    ),
    (
        "thesis",
        BORKOWSKI,
        {
            G25: f"Borkowski M M. {T}[D]. Mount Pleasant (MI)：Central Michigan University，2002.",
            G15: f"BORKOWSKI M M. {T}[D]. Mount Pleasant (MI): Central Michigan University, 2002.",
            H: f"BORKOWSKI MM. {T}[D]. Mount Pleasant (MI): Central Michigan University, 2002.",
            A: f"Borkowski MM. {T}. Dissertation. Central Michigan University; 2002.",
        },
    ),
    (
        "thesis-zh",
        THESIS_ZH,
        {N: "王琦. 土壤湿度反演方法研究 [学位论文]. 武汉: 武汉大学; 2022. Chinese."},
    ),
    (
        "report",
        REPORT,
        {
            G25: "Office of Lists. A report on lists：OL-12[R]. Oslo：Office of Lists Press，2018-05.",
            G15: "Office of Lists. A report on lists: OL-12[R]. Oslo: Office of Lists Press, 2018.",
            H: "Office of Lists. A report on lists: OL-12[R]. Oslo: Office of Lists Press, 2018.",
            N: "Office of Lists. A report on lists. Final report. Oslo: Office of Lists Press; 2018 May. "
            "Report No.: OL-12.",
            A: "Office of Lists. A report on lists. Final report. Office of Lists Press; 2018. OL-12.",
        },
    ),
    (
        "report-on-the-net",
        REPORT_ON_THE_NET,
        {
            G25: "统计中心. 统计报告[R/OL]. 2012-01-16. http://example.org/a%20b?x=1&y=2.",
            G15: "统计中心. 统计报告[R/OL]. (2012-01-16)[2013-03-26]. http://example.org/a%20b?x=1&y=2.",
            H: "统计中心. 统计报告[R/OL]. (2012-01-16)[2013-03-26]. http://example.org/a%20b?x=1&y=2.",
        },
    ),
    (
        "standard",
        STANDARD,
        {
            H: "全国信息与文献标准化技术委员会. 信息与文献 参考文献著录规则: GB/T 7714—2025[S]. "
            "北京: 中国标准出版社, 2025.",
            N: "全国信息与文献标准化技术委员会. 信息与文献 参考文献著录规则. GB/T 7714-2025. "
            "北京: 中国标准出版社; 2025. Chinese.",
            A: "全国信息与文献标准化技术委员会. 信息与文献 参考文献著录规则. GB/T 7714-2025. "
            "中国标准出版社; 2025.",
        },
    ),
    (
        "standard-en",
        work(Kind.STANDARD, "Audit data collection", number="ISO 21378:2019", year="2019"),
        {G25: "ISO 21378:2019\u2003Audit data collection[S]."},
    ),
    (
        "web-page",
        replace(RULES_EN, accessed=partial("2026-11-22")),
        {
            A: f"{COMMISSION}. Management measures for clinical research of stem cells (Trial). "
            f"March 27, 2015. Accessed November 22, 2026. {RULES_URL}"
        },
    ),
    (
        "web-page-of-a-site",
        work(
            Kind.WEB_PAGE,
            "How to list",
            container="List of lists",
            year="2016",
            accessed="2018-08-01",
            url="https://example.org/",
        ),
        {
            N: "List of lists [Internet]. 2016 [cited 2018 Aug 1]. How to list. "
            "Available from: https://example.org/",
            A: "How to list. List of lists. 2016. Accessed August 1, 2018. https://example.org/",
        },
    ),
    (
        "preprint",
        JENKINS,
        {
            G15: f"JENKINS S D, RUOSTEKOSKI J. {JENKINS.title.plain}[A/OL]. V2. (2012-03-18)[2020-06-24]. "
            "https://doi.org/10.48550/arXiv.1112.6136.",
            N: f"Jenkins SD, Ruostekoski J. {JENKINS.title.plain}. arXiv [Preprint]. Version 2. "
            "2012 Mar 18 [cited 2020 Jun 24]. Available from: https://doi.org/10.48550/arXiv.1112.6136",
            A: f"Jenkins SD, Ruostekoski J. {JENKINS.title.plain}. arXiv. Version 2. "
            "Preprint posted online March 18, 2012. Accessed June 24, 2020. "
            "https://doi.org/10.48550/arXiv.1112.6136",
        },
    ),
    (
        "dataset",
        DATASET,
        {
            G15: "DOE J. Trial data[DS/OL]. V1. (2024-05-01)[2026-11-22]. DOI:10.5281/zenodo.1.",
            H: "DOE J. Trial data[DS/OL]. V1. (2024-05-01)[2026-11-22]. DOI: 10.5281/zenodo.1.",
            N: "Doe J. Trial data [dataset]. Version 1. Zenodo; 2024 May 1 [cited 2026 Nov 22]. "
            "doi: 10.5281/zenodo.1.",
            A: "Doe J. Trial data. Version 1. Zenodo. May 1, 2024. Accessed November 22, 2026. "
            "doi:10.5281/zenodo.1",
        },
    ),
    (
        "not-in-english",
        ELLINGSEN,
        {
            G25: "Ellingsen A E，Wilhelmsen I. Sykdomsangst blant medisin- og jusstudenter[J]. "
            "Tidsskr Nor Laegeforen，2002，122（8）：785-787.",
            A: "Ellingsen AE, Wilhelmsen I. Disease anxiety among medical students and law students "
            "[in Norwegian]. Tidsskr Nor Laegeforen. 2002;122(8):785-787.",
        },
    ),
]


@pytest.mark.parametrize(
    ("ref", "profile", "expected"),
    [
        pytest.param(ref, profile, expected, id=f"{case}-{profile}")
        for case, ref, forms in CASES + KINDS
        for profile, expected in forms.items()
    ],
)
def test_a_reference_is_printed_as_its_style_demands(ref: Reference, profile: str, expected: str) -> None:
    assert printed(ref, profile) == expected


def test_t14_the_english_form_of_a_chinese_article_is_bracketed_and_names_the_language() -> None:
    assert printed(LIN_EN, N, original=LIN_ZH) == (
        f"Lin H, Zhang Z, Shi M, et al. [{LIN_TITLE}]. Chin J Hepatol. 2012;20(7):487-91. Chinese. "
        f"doi: {LIN_DOI}."
    )
    assert f"{LIN_TITLE} [in Chinese]. " in printed(LIN_EN, A, original=LIN_ZH)


@pytest.mark.parametrize("profile", PROFILES)
def test_t15_each_entry_of_one_list_keeps_its_own_et_al(profile: str) -> None:
    separator = "，" if profile == G25 else ", "
    english, chinese = printed(SHI, profile), printed(LIN_ZH, profile)
    assert f"{separator}et al. Human mesenchymal" in english
    assert f"施明{separator}等. 人脐带" in chinese
    assert "等" not in english
    assert "et al" not in chinese


def test_t16_superscripts_survive_in_html_and_vanish_in_text() -> None:
    form = format_reference(PAI, PROFILES[G25])
    assert "CD34+ cells" in form.plain
    assert "CD34<sup>+</sup> cells" in form.html


def test_t26_marks_join_neighbours_as_the_source_prints_them() -> None:
    assert format_mark(["38", "39"]) == "[38-39]"
    assert format_mark(["1", "2", "3"]) == "[1-3]"
    assert format_mark(["1", "3"]) == "[1,3]"
    assert format_mark(["38", "39"], minimum_run=3) == "[38,39]"


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        (["38", "39"], (("38", "39"),)),
        (["1", "2", "3"], (("1", "2", "3"),)),
        (["1", "3"], (("1",), ("3",))),
        (["10", "9", "2", "9"], (("2",), ("9", "10"))),
        (["smith", "2", "1", "abel", "smith"], (("1", "2"), ("smith",), ("abel",))),
        ([], ()),
    ],
)
def test_labels_collapse_in_numeric_order(labels: list[str], runs: tuple[tuple[str, ...], ...]) -> None:
    assert collapse_labels(labels) == runs


def test_no_labels_make_no_mark() -> None:
    assert format_mark([]) == ""


@pytest.mark.parametrize(
    ("pages", "shortened"),
    [
        ("284-287", "284-7"),
        ("1040-1044", "1040-4"),
        ("2009-2016", "2009-16"),
        ("22638-22645", "22638-45"),
        ("99-105", "99-105"),
        ("10-19", "10-9"),
        ("e1-e3", "e1-3"),
        ("S6-S12", "S6-12"),
        ("S12-S9", "S12-S9"),
        ("505-512.e1", "505-512.e1"),
        ("12-12", "12-12"),
        ("iii-v", "iii-v"),
        ("", ""),
    ],
)
def test_t54_nlm_drops_digits_that_both_pages_share(pages: str, shortened: str) -> None:
    assert shorten_pages(pages) == shortened


# Names


@pytest.mark.parametrize("profile", PROFILES)
def test_a_work_without_authors_gets_none(profile: str) -> None:
    assert printed(work(Kind.BOOK, "无名之书", others=True), profile).startswith("无名之书")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(family="昂温", given="P. S."), "昂温 P S"),
        (Person(family="Кочетков", given="А. Я."), "Кочетков А Я"),
        (Person(family="Lyra", given="AC"), "Lyra A C"),
        (Person(family="Aquino", given="T.", particle="d'"), "d'Aquino T"),
        (Person(family="Štěpán", given="Ólafur"), "Štěpán Ó"),
        (Person(family="ゲーテ", given="ヨハン"), "ゲーテ ヨハン"),
        (Person(family="Solo"), "Solo"),
    ],
)
def test_a_name_keeps_what_its_script_allows(person: Person, expected: str) -> None:
    assert printed(in_j_test(person), G25).startswith(f"{expected}. ")


def test_nlm_writes_generations_as_ordinals() -> None:
    adkinson = in_j_test(Person(family="Gilstrap", given="L. C.", suffix="III"))
    assert printed(adkinson, N).startswith("Gilstrap LC 3rd. ")
    assert printed(adkinson, A).startswith("Gilstrap LC III. ")


def test_ama_gives_three_names_of_a_list_that_the_entry_itself_cuts() -> None:
    assert printed(in_j_test(*SEVEN[:5], others=True), A).startswith("Aa A, Bb B, Cc C, et al. ")


def test_ama_writes_et_al_without_a_dot_inside_a_sentence() -> None:
    book = replace(EDITED_BOOK, editors=names(*SEVEN))
    assert printed(book, A).startswith("Aa A, Bb B, Cc C, et al, eds. Lists.")
    assert printed(book, N).startswith("Aa A, Bb B, Cc C, Dd D, Ee E, Ff F, et al., editors. Lists.")


# Language, titles, status


def test_an_entry_without_language_speaks_the_language_of_its_title() -> None:
    assert "，等. " in printed(replace(LIN_ZH, language=""), G25)
    assert "，et al. " in printed(replace(SHI, language=""), G25)


def test_nlm_prints_a_translated_title_of_the_entry_itself_if_the_work_is_not_in_english() -> None:
    chinese = replace(FOUR_ZH, translated_title=text("Four authors"))
    assert ". [Four authors]. 测试杂志. 2020;1(2):10-9. Chinese." in printed(chinese, N)
    english = replace(SHI, translated_title=text("人间充质干细胞"))
    assert printed(english, N) == printed(SHI, N)


def test_a_regional_tag_counts_as_its_language() -> None:
    assert "，等. " in printed(replace(LIN_ZH, language="zh-Hans"), G25)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("end", ["?", "!", "…", '?"', "。"])
def test_a_title_that_ends_a_sentence_gets_no_second_stop(profile: str, end: str) -> None:
    assert f"{end}." not in printed(in_j_test_titled(f"Why{end}"), profile)


def in_j_test_titled(title: str) -> Reference:
    return article(title, ("Doe, J.",), "J Test", "2016", "36", "1", "26")


@pytest.mark.parametrize("profile", PROFILES)
def test_a_retracted_work_without_known_notice_says_so_before_its_title(profile: str) -> None:
    status = Status(kind=StatusKind.RETRACTED, checked=date(2026, 11, 22))
    assert f"RETRACTED: {T}" in printed(replace(FEIFEL, status=status), profile)
    assert "已撤稿：四位作者" in printed(replace(FOUR_ZH, status=status), profile)


@pytest.mark.parametrize("profile", sorted(PROFILES.keys() - {N}))
def test_only_nlm_leaves_the_word_to_the_notice(profile: str) -> None:
    assert f"RETRACTED: {T}" in printed(FEIFEL, profile)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_work_that_was_checked_and_found_sound_is_printed_as_any_other(profile: str) -> None:
    status = Status(kind=StatusKind.NONE_FOUND, checked=date(2026, 11, 22))
    assert printed(replace(SHI, status=status), profile) == printed(SHI, profile)


def test_nlm_names_the_notice_of_a_correction_and_of_a_concern() -> None:
    def with_notice(kind: StatusKind) -> str:
        status = Status(kind=kind, checked=date(2026, 11, 22), notice="J Test. 2017;37(1):2")
        return printed(replace(SHI, status=status), N)

    assert with_notice(StatusKind.CORRECTED).endswith(" Erratum in: J Test. 2017;37(1):2.")
    assert with_notice(StatusKind.EXPRESSION_OF_CONCERN).endswith(
        " Expression of concern in: J Test. 2017;37(1):2."
    )


def test_pubmed_ids_follow_the_doi() -> None:
    assert printed(replace(SHI, pmid="12345678", pmcid="PMC1234567"), N).endswith(
        "doi: 10.5966/sctm.2012-0034. PMID: 12345678; PMCID: PMC1234567."
    )


# Addresses and HTML


def test_an_address_that_only_repeats_the_doi_is_not_printed() -> None:
    assert printed(replace(AHEAD, url="https://doi.org/10.1000/XYZ"), G25) == printed(AHEAD, G25)


def test_an_address_of_its_own_stands_before_the_doi_in_the_standard_only() -> None:
    both = replace(AHEAD, url="https://example.org/a")
    assert printed(both, G25).endswith("J Test，2024. https://example.org/a. DOI:10.1000/xyz.")
    assert printed(both, H).endswith("Ahead of print[J]. J Test, 2024. DOI: 10.1000/xyz.")
    assert printed(both, N).endswith("2024. doi: 10.1000/xyz.")


def test_an_article_that_exists_online_only_is_marked_by_the_standard_not_by_the_journal() -> None:
    online = replace(MOHAMADNEJAD, published_online_only=True)
    assert "[J/OL]" in printed(online, G25)
    assert "[J]" in printed(online, H)


SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


def test_an_old_doi_is_unchanged_in_text_and_encoded_in_its_address_only() -> None:
    form = format_reference(replace(AHEAD, doi=SICI), PROFILES[G25])
    assert form.plain.endswith(f"DOI:{SICI}.")
    assert form.html.endswith(
        'DOI:<a href="https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16'
        '%3C1661::AID-SIM968%3E3.0.CO;2-2">10.1002/(SICI)1097-0258(19980815/30)17:15/16'
        "&lt;1661::AID-SIM968&gt;3.0.CO;2-2</a>."
    )


def test_a_doi_address_encodes_what_an_address_may_not_hold() -> None:
    assert doi_url('10.1/a b#c%d"e<f>') == "https://doi.org/10.1/a%20b%23c%25d%22e%3Cf%3E"


def test_a_web_address_is_a_link_and_is_escaped() -> None:
    form = format_reference(REPORT_ON_THE_NET, PROFILES[G25])
    assert form.html.endswith(
        '<a href="http://example.org/a%20b?x=1&amp;y=2">http://example.org/a%20b?x=1&amp;y=2</a>.'
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "//example.org", "http:x"])
def test_only_web_addresses_become_links(url: str) -> None:
    form = format_reference(replace(RULES_EN, url=url), PROFILES[N])
    assert url in form.plain
    assert "<a " not in form.html


def test_links_can_be_left_out() -> None:
    assert "<a " not in format_reference(PANDURO, PROFILES[G25], links=False).html


def test_ama_sets_journals_and_books_in_italics() -> None:
    assert "<i>Ann Hepatol</i>. 2018" in format_reference(PANDURO, PROFILES[A]).html
    assert "<i>Medical microbiology</i>. 4th" in format_reference(MURRAY, PROFILES[A]).html


def test_every_profile_has_a_name_and_a_title_in_both_languages() -> None:
    assert list(PROFILES) == [G25, G15, H, N, A]
    for name, profile in PROFILES.items():
        assert profile.name == name
        assert profile.titles["zh"]
        assert profile.titles["en"]


# What holds for any entry

words = st.text(max_size=12)
dates = st.none() | st.builds(
    PartialDate,
    year=st.integers(0, 9999),
    month=st.none() | st.integers(0, 13),
    day=st.none() | st.integers(0, 40),
)
persons = st.builds(Person, family=words, given=words, particle=words, suffix=words)
some_names = st.lists(persons | st.builds(Organisation, name=words), max_size=8).map(tuple)
texts = words.map(text)
statuses = st.none() | st.builds(
    Status, kind=st.sampled_from(StatusKind), checked=st.just(date(2026, 11, 22)), notice=words
)
references = st.builds(
    Reference,
    citekey=st.just("key"),
    kind=st.sampled_from(Kind),
    language=st.sampled_from(["", "en", "zh", "zh-Hans", "no", "xx"]) | words,
    title=texts,
    authors=some_names,
    authors_truncated=st.booleans(),
    editors=some_names,
    translators=some_names,
    date=dates,
    container=texts,
    volume=words,
    issue=words | st.sampled_from(["Suppl 2", "12 Suppl 7"]),
    pages=words | st.from_regex(r"[eS]?[0-9]{1,4}-[eS]?[0-9]{1,4}", fullmatch=True),
    edition=words | st.integers(0, 200).map(str),
    version=words,
    number=words,
    publisher=words,
    place=words,
    genre=words,
    doi=words,
    url=words | words.map(lambda path: f"https://example.org/{path}"),
    accessed=dates,
    pmid=words,
    pmcid=words,
    translation_of=words,
    translated_title=st.none() | texts,
    status=statuses,
    published_online_only=st.booleans(),
)

TAG = re.compile(r"</?i>|</a>|<a href=\"https?://[^\"<>]*\">")


@settings(max_examples=40, deadline=None)
@given(ref=references, profile=st.sampled_from(sorted(PROFILES)), original=st.none() | references)
def test_any_entry_can_be_printed_and_its_html_says_what_its_text_says(
    ref: Reference, profile: str, original: Reference | None
) -> None:
    form = format_reference(ref, PROFILES[profile], original=original)
    bare = TAG.sub("", form.html)
    assert "<" not in bare
    assert ">" not in bare
    assert unescape_text(bare) == form.plain


def unescape_text(html: str) -> str:
    """Only what escaping made: ``html.unescape`` would also change control characters."""
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(
    letters=st.sampled_from(["", "S", "e", "Suppl"]),
    first=st.integers(1, 99999),
    length=st.integers(0, 99999),
)
def test_a_shortened_range_can_be_read_back(letters: str, first: int, length: int) -> None:
    pages = f"{letters}{first}-{letters}{first + length}"
    assert expand(shorten_pages(pages)) == pages


def expand(pages: str) -> str:
    """Citing Medicine, read backwards: digits that are missing are those of the first page."""
    match = re.fullmatch(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", pages)
    assert match
    letters, first, own_letters, last = match.groups()
    if own_letters:
        return pages
    return f"{letters}{first}-{letters}{first[: max(0, len(first) - len(last))]}{last}"


@given(pages=st.text(alphabet="0123456789-, .eS", max_size=20))
def test_shortening_keeps_the_first_page_of_every_range(pages: str) -> None:
    before, after = pages.split(", "), shorten_pages(pages).split(", ")
    assert [part.partition("-")[0] for part in before] == [part.partition("-")[0] for part in after]


@given(labels=st.lists(st.integers(0, 30).map(str) | words, max_size=12), minimum_run=st.integers(1, 4))
def test_collapsing_loses_no_label(labels: list[str], minimum_run: int) -> None:
    collapsed = collapse_labels(labels, minimum_run)
    assert sorted(label for run in collapsed for label in run) == sorted(set(labels))


def test_escaping_reaches_every_field() -> None:
    nasty = "<b>&"
    ref = work(
        Kind.BOOK, nasty, by=(nasty, "O'Neil, <x>"), publisher=nasty, place=nasty, year="2001", edition=nasty
    )
    for profile in PROFILES.values():
        html = format_reference(ref, profile).html
        assert "<b>" not in html
        assert unescape(TAG.sub("", html)) == format_reference(ref, profile).plain
