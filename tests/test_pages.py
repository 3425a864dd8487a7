import pytest

from macros.locales import Locale
from macros.pages import SENTENCE_MARK, citing_sentence, page_url, parse_page
from macros.source_text import SourceText


def sentence(text: str) -> str:
    page, _ = parse_page(SourceText("docs/en/a.md", text), "a", "en")
    return citing_sentence(page, page.markup.citations[0]).replace(SENTENCE_MARK, "|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First. Second fell.[@a] Third.", "Second fell.|"),
        ("First. Second[@a] fell. Third.", "Second| fell."),
        ("第一句。第二句下降[@a]。第三句。", "第二句下降|。"),
        ('第一句 {{ passage("b/1-p1") }}。第二句[@a] {{ passage("b/1-p2") }}。', "第二句|。"),
        ('One. {{ passage("b/1-p1") }} Two[@a] {{ passage("b/1-p2") }} and three.', "Two| and three."),
        ("The *Rules of tea (draft)*[@a] say so.", "The Rules of tea (draft)| say so."),
        ("- **[Li, *J Tea*](x.md)**: it says[@a] 2 * 3.", "Li, J Tea: it says| 2 * 3."),
        ("Smith et al. found it.[@a]", "Smith et al. found it.|"),
        ("16.1% vs. 33.3% were ill.[@a]", "16.1% vs. 33.3% were ill.|"),
        ("- one\n- **two** fell[@a]\n- three", "two fell|"),
        ("## Heading {#h}\n\nBody[@a] here.", "Body| here."),
        ('!!! note "N"\n\n    Inside.[@a]\n', "Inside.|"),
        ("A [link](x.md) and `code`.[@a]", "A link and code.|"),
        ("| tea | said |\n|---|---|\n| green | It fell.[@a] |\n| black | It rose. |\n", "It fell.|"),
    ],
)
def test_the_citing_sentence_is_the_one_around_the_citation(text: str, expected: str):
    assert sentence(text) == expected


def test_a_long_sentence_is_cut_before_a_word_and_ends_with_the_citation():
    shown = sentence("word " * 60 + "end.[@a]")
    assert shown.startswith("…word")
    assert shown.endswith("end.|")
    assert len(shown) < 130


@pytest.mark.parametrize(
    ("page_id", "is_default", "url"),
    [
        ("index", True, ""),
        ("index", False, "en/"),
        ("a", True, "a/"),
        ("a/index", False, "en/a/"),
        ("a/b.c", True, "a/b.c/"),
    ],
)
def test_pages_lie_in_folders_below_their_language(page_id: str, is_default: bool, url: str):
    assert page_url(page_id, Locale(code="en", lang="en", name="E", is_default=is_default)) == url


def test_a_page_is_called_by_its_front_matter_then_its_heading_then_its_id():
    def title(text: str) -> str:
        return parse_page(SourceText("a.md", text), "folder/a", "en")[0].title

    assert title("---\ntitle: T\n---\n# H {#top}") == "T"
    assert title("# H *x* {#top}") == "H x"
    assert title("text") == "folder/a"
