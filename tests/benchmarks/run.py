"""How long the engine takes, and its bibliography beside the alternatives; run by ``make bench``.

All candidates get the same invented file in one run, one after another, each in a process of its own;
seconds are processor time. Read the ratios: machines differ. The alternatives are installed only for
this (``requirements.txt`` beside this file) and do one style where ours does four and three exports.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ENTRIES = 10_000

OURS = """
import sys
from pathlib import Path
from macros.bibliography.exports.bibtex import format_bibtex
from macros.bibliography.exports.csl_json import format_csl_json
from macros.bibliography.exports.ris import format_ris
from macros.bibliography.reading import load_bibliography
from macros.bibliography.styles import PROFILES, format_reference
path = Path(sys.argv[1])
bibliography, problems = load_bibliography(path, path.parent)
assert len(bibliography) == int(sys.argv[2]), (len(bibliography), problems[:3])
for name in ("gbt7714-2025", "gbt7714-2015", "nlm", "ama"):
    for ref in bibliography:
        format_reference(ref, PROFILES[name])
for write in (format_bibtex, format_ris, format_csl_json):
    write(bibliography.references)
"""
RECORDS = """
import sys
from pathlib import Path
from macros.locales import load_labels
from macros.records import load_collections
from macros.site import LABEL_FILE
from macros.summary_tables import build_table, render_table
data = Path(sys.argv[1])
collections, problems = load_collections(data, data, ("zh", "en"))
assert len(collections["tea"].records) == int(sys.argv[2]), problems[:3]
labels, _ = load_labels([LABEL_FILE], LABEL_FILE.parent, ("zh", "en"))
for locale in ("zh", "en"):
    table = build_table(collections["tea"], "overview", locale, labels)
    render_table(table, labels, url_for_reference=lambda key: None, url_for_place=lambda place: None)
"""
# The real pages with their reviews, again and again under other names until there are so many pairs of
# blocks. Reading them is not counted. Printed are the processor seconds of the checks of parity and of all
# checks, then how long both take by the clock in two processes, best of three.
CHECKS = """
import sys, time
from dataclasses import replace
from pathlib import Path
from macros.blocks import find_blocks, name_blocks
from macros.checks import CHECKS, run_some_checks
from macros.checks.freshness import check_translations_are_fresh
from macros.checks.parity import check_parity
from macros.checks.terms import check_abbreviations_have_one_meaning, check_terms_are_approved
from macros.checks.translations import (
    check_headings_match, check_ids_match, check_see_also, check_translations_exist,
)
from macros.freshness import hash_blocks
from macros.page_terms import find_page_terms, read_words
from macros.pages import parse_page
from macros.settings import load_settings
from macros.site import load_site
settings, _ = load_settings(Path("mkdocs.yml"))
real, _ = load_site(settings)
pairs = sum(len(find_blocks(page)) for page in real.pages.values()) // 2
pages, reviews = dict(real.pages), dict(real.reviews)
for copy in range(-(-int(sys.argv[1]) // pairs) - 1):
    for (locale, page_id), page in real.pages.items():
        made, _ = parse_page(page.source, f"{page_id}-{copy}", locale)
        pages[locale, made.id] = made
        reviews[made.id] = real.reviews[page_id]
def unread():
    for function in (find_blocks, name_blocks, hash_blocks, read_words, find_page_terms):
        function.cache_clear()
    return replace(real, pages=pages, reviews=reviews)
parity = (
    check_translations_exist, check_headings_match, check_ids_match, check_see_also, check_parity,
    check_terms_are_approved, check_abbreviations_have_one_meaning, check_translations_are_fresh,
)
groups = (parity, CHECKS)
for checks in groups:
    site, start = unread(), time.process_time()
    run_some_checks(checks, site)
    print(time.process_time() - start)
for checks in groups:
    elapsed = []
    for _ in range(3):
        site, start = unread(), time.perf_counter()
        run_some_checks(checks, site, processes=2)
        elapsed.append(time.perf_counter() - start)
    print(min(elapsed))
"""
BLOCK_IDS = """
import time
from pathlib import Path
from markdown import Markdown
from macros.block_ids import BlockIds
from macros.rendering import render_page
from macros.settings import load_settings
from macros.site import load_site
settings, _ = load_settings(Path("mkdocs.yml"))
site, _ = load_site(settings)
texts = [render_page(page, site) for page in site.pages.values()]
extensions = "abbr admonition attr_list def_list footnotes md_in_html sane_lists tables toc".split()
def seconds(more):
    converter = Markdown(extensions=[*extensions, *more])
    start = time.process_time()
    for text in texts:
        converter.reset().convert(text)
    return time.process_time() - start
without, with_ids = [], []
for _ in range(5):
    without.append(seconds([]))
    with_ids.append(seconds([BlockIds()]))
print(min(with_ids) / min(without) - 1)
"""
PYBTEX = """
import sys
from pybtex import PybtexEngine
PybtexEngine().format_from_file(sys.argv[1], style="unsrt", output_backend="html")
"""
CITEPROC = """
import json, sys, warnings
warnings.simplefilter("ignore")
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
source = CiteProcJSON(json.load(open(sys.argv[1] + ".json", encoding="utf-8")))
style = CitationStylesStyle("harvard-cite-them-right", validate=False)
bibliography = CitationStylesBibliography(style, source, formatter.html)
for key in source:
    bibliography.register(Citation([CitationItem(key)]))
for entry in bibliography.bibliography():
    str(entry)
"""
PANDOC = """
import subprocess, sys, pypandoc
text = "---\\nnocite: '@*'\\n---\\n"
subprocess.run(
    [pypandoc.get_pandoc_path(), "--citeproc", "--bibliography", sys.argv[1], "-f", "markdown", "-t", "html"],
    input=text, text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""


CHINESE = ("王, 小明 and 李, 红 and others", "茶树的研究", "茶学")
ENGLISH = (
    r"Garc{\'i}a, A. B. and van den Berg, C. and M{\"u}ller, D.-E. and others",
    r"Effect of {CD34}\textsuperscript{+} leaves and $\beta$-carotene",
    "J Tea Res",
)


def write_json_file(path: Path) -> None:
    """The same works as CSL-JSON, already read: citeproc-py's reader of BibTeX gives up on accents."""
    items = [
        {
            "id": f"key{number}",
            "type": "article-journal",
            "title": f"Effect of CD34+ leaves and β-carotene, {number}",
            "container-title": "J Tea Res",
            "author": [{"family": "García", "given": "A. B."}, {"family": "Müller", "given": "D.-E."}],
            "issued": {"date-parts": [[2000 + number % 25]]},
            "volume": str(number % 80 + 1),
            "page": "10-19",
        }
        for number in range(ENTRIES)
    ]
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")


def write_invented_file(path: Path) -> None:
    """Articles with accents, mark-up and Chinese entries, the same in every run."""
    chance = random.Random(7714)
    entries = []
    for number in range(ENTRIES):
        year, volume = chance.randint(1990, 2025), chance.randint(1, 80)
        page = chance.randint(1, 900)
        language = "english" if number % 5 else "chinese"
        author, title, journal = ENGLISH if number % 5 else CHINESE
        text = f"author = {{{author}}}, title = {{{title}, {number}}}, journal = {{{journal}}}"
        entries.append(
            f"@article{{key{number},\n  label = {{{number + 1}}}, langid = {{{language}}},\n  {text},\n"
            f"  year = {{{year}}}, volume = {{{volume}}}, number = {{{number % 12 + 1}}}, "
            f"pages = {{{page}--{page + 9}}},\n  doi = {{10.1234/tea.{number}}},\n}}\n"
        )
    path.write_text("\n".join(entries), encoding="utf-8")


def write_large_collection(folder: Path) -> None:
    """The invented collection of the tests with 10,000 records."""
    tea = HERE.parent / "collections"
    shutil.copytree(tea, folder, dirs_exist_ok=True)
    record = (tea / "tea" / "records" / "qimen.yml").read_text("utf-8")
    for path in (folder / "tea" / "records").iterdir():
        path.unlink()
    for number in range(ENTRIES):
        (folder / "tea" / "records" / f"tea{number}.yml").write_text(record, "utf-8")


def cpu_seconds(python: str, code: str, *arguments: str) -> float | None:
    """Processor time of a program and its children; None if it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(
        [python, "-c", code, *arguments],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode:
        print(result.stderr.splitlines()[-1] if result.stderr else "failed", file=sys.stderr)
        return None
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def printed_numbers(code: str, *arguments: str) -> list[float]:
    """What a program of ours prints."""
    command = [sys.executable, "-c", code, *arguments]
    result = subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, check=True)
    return [float(number) for number in result.stdout.split()]


def main() -> None:
    """Measure and print a table; with ``--json`` a list for other programs."""
    alternatives_python = sys.argv[1]
    candidates = [
        ("ours: parse, decode, 4 styles, 3 exports", sys.executable, OURS),
        ("pybtex: 1 style", alternatives_python, PYBTEX),
        ("citeproc-py: 1 style, reading not counted", alternatives_python, CITEPROC),
        ("pandoc: 1 style", alternatives_python, PANDOC),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "references.bib"
        write_invented_file(path)
        write_json_file(path.with_suffix(".bib.json"))
        rows = [
            (name, cpu_seconds(python, code, str(path), str(ENTRIES))) for name, python, code in candidates
        ]
        data = Path(folder) / "data"
        write_large_collection(data)
        records = cpu_seconds(sys.executable, RECORDS, str(data), str(ENTRIES))
    parity, all_checks, parity_elapsed, all_elapsed = printed_numbers(CHECKS, str(ENTRIES))
    (block_ids,) = printed_numbers(BLOCK_IDS)
    everything = [
        *rows,
        ("ours: pairs of blocks, all checks of parity", parity),
        ("ours: pairs of blocks, all checks of the site", all_checks),
        ("ours: a collection of records, read, checked, tables in 2 languages", records),
    ]
    if "--json" in sys.argv:
        rows_of_all = [{"name": name, "cpu_seconds": seconds} for name, seconds in everything]
        elapsed = {"all checks of parity": parity_elapsed, "all checks of the site": all_elapsed}
        by_clock = [{"name": name, "elapsed_seconds": seconds} for name, seconds in elapsed.items()]
        print(json.dumps([*rows_of_all, *by_clock], indent=2))
        return
    ours = rows[0][1]
    print(f"{ENTRIES} references, {ENTRIES} pairs of blocks, {ENTRIES} records; processor seconds")
    for name, seconds in everything:
        ratio = f"{seconds / ours:6.1f} × the first" if seconds and ours else ""
        print(f"{name:70} {'failed' if seconds is None else f'{seconds:7.2f}'} {ratio}")
    print("Pairs of blocks by the clock, in two processes, best of 3:")
    print(f"all checks of parity {parity_elapsed:.2f} s, all checks of the site {all_elapsed:.2f} s")
    print(f"Block ids make Markdown slower by {block_ids:.0%} (all pages, best of 5)")


if __name__ == "__main__":
    main()
