"""The canary: planted faults that every run must report, or the check itself is broken.

Link checks that silently checked nothing have been trusted for months (LinuxCNC/linuxcnc#4104).
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from macros.built_site.checking import check_built_directory

_HEAD = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>Canary</title>
<link rel="alternate" hreflang="x-default" href="https://canary.example/">
<link rel="alternate" hreflang="en" href="https://canary.example/">
{links}</head><body>
"""
_TO_CHINESE = '<link rel="alternate" hreflang="zh" href="https://canary.example/zh/">\n'
_HOME = """<a href="zh/" hreflang="zh">zh</a> <a href="gone/">1: no such page</a>
<a href="zh/#gone">2: no such id</a> <img src="gone.png" alt="3: no such image">
<p id="twice">4</p><p id="twice">the same id again</p>
</body></html>"""
_PAGES = {
    "index.html": _HEAD.format(lang="en", links=_TO_CHINESE) + _HOME,
    # 5: the Chinese page names only English ones, not itself.
    "zh/index.html": _HEAD.format(lang="zh", links="") + '<a href="../" hreflang="en">en</a></body></html>',
}
PLANTED = ("link-resolves", "anchor-exists", "asset-exists", "id-is-unique", "hreflang-is-reciprocal")


def run_canary() -> list[str]:
    """The rules that did not report their planted fault; an empty list means that the check works."""
    with TemporaryDirectory() as folder:
        for file, text in _PAGES.items():
            path = Path(folder, file)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        reported = {problem.rule for problem in check_built_directory(Path(folder))}
    return [rule for rule in PLANTED if rule not in reported]


def require_sight() -> None:
    """Raise RuntimeError when the check has gone blind.

    A check that no longer finds anything must not pass for one that had nothing to find.
    """
    unseen = run_canary()
    if unseen:
        raise RuntimeError(f"the check of built sites no longer sees planted faults: {', '.join(unseen)}")
