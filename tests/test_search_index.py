"""The index; the search itself is tried in tests/browser/test_search.py."""

import json
from pathlib import Path

import pytest

from macros.search_index import (
    SearchPage,
    build_search_index,
    find_sections,
    find_terms,
    write_search_index,
)

PAGE = """<html><body><nav>menu words</nav><article>
<h1 id="top">茶树 Tea<a class="headerlink" href="#top">¶</a></h1><p>第一段。Caffè and UC-MSC.</p>
<h2 id="leaves">Leaves</h2><p>萎凋<script>ignored()</script></p><ol data-search="skip"><li>skipped</li></ol>
<h2>No id</h2><p>belongs above</p></article><footer>foot</footer></body></html>"""


def sections():
    return find_sections(SearchPage("tea/", PAGE))


def test_a_section_runs_from_a_heading_with_an_id_to_the_next():
    assert [(section.url, section.heading) for section in sections()] == [
        ("tea/", "茶树 Tea"),
        ("tea/#leaves", "Leaves"),
    ]
    assert "belongs above" in sections()[1].text


def test_menus_scripts_marks_and_what_is_skipped_are_not_read():
    text = " ".join(section.heading + section.text for section in sections())
    for word in ("menu", "ignored", "skipped", "¶", "foot"):
        assert word not in text


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("间充质干细胞", ["间充", "充质", "质干", "干细", "细胞"]),
        ("肝", ["肝"]),
        ("BM-MSC", ["bm-msc", "bm", "msc"]),
        ("Caffè", ["caffe"]),
        ("ＴＧＦ-β1", ["tgf", "β", "1"]),
        ("", []),
    ],
)
def test_terms_are_pairs_of_han_and_whole_latin_words(text: str, terms: list[str]):
    assert list(find_terms(text)) == terms


def test_a_title_counts_more_than_a_mention():
    pages = [
        SearchPage("a/", '<article><h1 id="top">Other</h1><p>matcha once among other words</p></article>'),
        SearchPage("b/", '<article><h1 id="top">Matcha</h1><p>words</p></article>'),
    ]
    postings = dict(build_search_index(pages).postings["matcha"])
    assert postings[1] > postings[0]


def test_a_page_of_less_weight_comes_later():
    html = '<article><h1 id="top">Matcha</h1><p>matcha</p></article>'
    index = build_search_index([SearchPage("a/", html, 0.4), SearchPage("b/", html)])
    postings = dict(index.postings["matcha"])
    assert postings[1] > postings[0]


def test_equal_pages_make_equal_files(tmp_path: Path):
    for name in ("one", "two"):
        write_search_index(build_search_index([SearchPage("tea/", PAGE)]), tmp_path / name)
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    ]
    assert files[0] == files[1]


def test_every_term_lies_in_the_file_where_the_script_looks_for_it(tmp_path: Path):
    from zlib import crc32

    index = build_search_index([SearchPage("tea/", PAGE)])
    write_search_index(index, tmp_path)
    manifest = json.loads((tmp_path / "manifest.js").read_text("utf-8").partition(",")[2][:-1])
    for term in index.postings:
        shard = crc32(term.encode()) % manifest["shards"]
        assert json.dumps(term, ensure_ascii=False) in (tmp_path / f"terms-{shard}.js").read_text("utf-8")


def test_an_empty_site_has_an_empty_index(tmp_path: Path):
    write_search_index(build_search_index([]), tmp_path)
    assert (tmp_path / "manifest.js").exists()
