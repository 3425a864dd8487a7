"""Style sheets: what no page can use is left out, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.style_sheets import find_words, merge_style_sheets, trim_style_sheets


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("a{color:red}", "a{color:red}"),
        (".used,.unused{color:red}", ".used{color:red}"),
        (".unused{color:red}", ""),
        (".used .unused{color:red}", ""),
        ("#unused:hover{color:red}", ""),
        # What an element may have, or must not have, need not be there.
        (".used:not(.unused){color:red}", ".used:not(.unused){color:red}"),
        (":is(.unused,a){color:red}", ":is(.unused,a){color:red}"),
        ('a[href$=".unused"]{color:red}', 'a[href$=".unused"]{color:red}'),
        ("@media print{.unused{color:red}}", ""),
        ("@media print{.unused{color:red}.used{color:blue}}", "@media print{.used{color:blue}}"),
        (
            "@supports (x:y){@media print{.used{color:red}}}",
            "@supports (x:y){@media print{.used{color:red}}}",
        ),
        ("@keyframes unused{0%{top:0}to{top:1px}}", "@keyframes unused{0%{top:0}to{top:1px}}"),
        ("@page{margin:25mm}", "@page{margin:25mm}"),
        ('@charset "UTF-8";a{color:red}', "a{color:red}"),
        ("/* } .x{ */a{color:red}", "a{color:red}"),
        ('.used:before{content:"}{;"}', '.used:before{content:"}{;"}'),
        ("a{background:url(data:x;y)}", "a{background:url(data:x;y)}"),
        (r".used\:2{color:red}", ""),
        (".unused--used{color:red}", ""),
    ],
)
def test_a_rule_stays_only_if_something_can_fit_it(sheet: str, kept: str):
    assert trim_style_sheets([sheet], {"used"}) == kept


def test_custom_properties_stay_while_something_reads_them():
    sheet = ":root{--a:1px;--b:var(--a);--c:2px;top:var(--b)}.x--c:hover{left:0}"
    assert (
        trim_style_sheets([sheet], {"x--c"}) == ":root{--a:1px;--b:var(--a);top:var(--b)}.x--c:hover{left:0}"
    )
    only_chain = ":root{--a:1px;--b:var(--a)}"
    assert trim_style_sheets([only_chain], set()) == ""
    assert trim_style_sheets([only_chain], set(), {"--b"}) == only_chain


def test_classes_are_found_in_any_quotes_and_in_scripts():
    pages = ["<p class=\"a b\" id='c'><i class=d>"]
    assert {"a", "b", "c", "d", "e-f"} <= find_words(pages, ['x.classList.add("e-f")'])


def test_pages_link_one_sheet_with_the_rules_of_all_in_their_order(tmp_path: Path):
    (tmp_path / "assets/theme").mkdir(parents=True)
    (tmp_path / "assets/theme/main.css").write_text("a{color:red}.no{top:0}")
    (tmp_path / "assets/own.css").write_text("a{color:blue}")
    (tmp_path / "assets/other.css").write_text("a{background:url(picture.png)}")
    links = "".join(
        f'<link rel="stylesheet" href="../assets/{name}.css">\n' for name in ("theme/main", "own", "other")
    )
    (tmp_path / "page").mkdir()
    (tmp_path / "page/index.html").write_text(f"<head>\n{links}</head>")
    merge_style_sheets(tmp_path)
    (merged,) = (tmp_path / "assets").glob("style.*.css")
    assert merged.read_text() == "a{color:red}a{color:blue}"
    html = (tmp_path / "page/index.html").read_text()
    assert html.count("stylesheet") == 2
    assert f'href="../assets/{merged.name}"' in html
    assert 'href="../assets/other.css"' in html
    assert not (tmp_path / "assets/own.css").exists()
