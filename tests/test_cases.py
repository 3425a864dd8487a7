"""Authors' mistakes, each a file whose bad line says which rule it breaks (see cases/README.md)."""

import re
from pathlib import Path

import pytest

from macros.checks import CHECKS

CASES = Path(__file__).parent / "cases"
NOT_ASKED = {"reference-is-cited", "translation-exists"}
EXPECTATION = re.compile(r"(?:<!--|#) expect(?P<above> above)?: (?P<rules>[a-z-]+(?:, [a-z-]+)*)")

GOOD_PAGE = "---\ntitle: T\ndescription: D\n---\n# T {#top}\n\n## Brewing {#brewing}\n\nText.[@sencha2022]\n"


def expectations(text: str) -> set[tuple[int, str]]:
    return {
        (number - bool(match["above"]), rule)
        for number, line in enumerate(text.splitlines(), start=1)
        for match in [EXPECTATION.search(line)]
        if match
        for rule in match["rules"].split(", ")
    }


def found(site, file: str, ignored: set[str]) -> set[tuple[int, str]]:
    problems = [problem for check in CHECKS for problem in check(site)]
    return {
        (problem.line, problem.rule)
        for problem in problems
        if problem.file == file and problem.rule not in ignored
    }


@pytest.mark.parametrize("path", sorted((CASES / "pages").rglob("*.md")), ids=lambda path: path.stem)
def test_a_mistake_on_a_page_is_reported_at_its_line(path: Path, make_site):
    text, locale = path.read_text("utf-8"), "zh" if path.parent.name == "zh" else "en"
    others = {f"{locale}/{name}": GOOD_PAGE for name in ("other", "folder/near")}
    site = make_site({f"{locale}/folder/case": text, **others})
    assert found(site, f"docs/{locale}/folder/case.md", NOT_ASKED) == expectations(text)
    assert expectations(text) or path.stem.startswith("good-")


@pytest.mark.parametrize(
    "path", sorted((CASES / "addresses").rglob("*.md")), ids=lambda path: path.parent.name
)
def test_a_page_that_stands_where_others_are_built_is_reported(path: Path, make_site):
    text, page_id = path.read_text("utf-8"), path.relative_to(CASES / "addresses").with_suffix("").as_posix()
    site = make_site({f"{locale}/{page_id}": text for locale in ("zh", "en")})
    for locale in ("zh", "en"):
        assert found(site, f"docs/{locale}/{page_id}.md", NOT_ASKED) == expectations(text)
    assert expectations(text) or path.stem.startswith("good-")


@pytest.mark.parametrize("path", sorted((CASES / "translations").iterdir()), ids=lambda path: path.name)
def test_a_difference_between_languages_is_reported_at_its_line(path: Path, make_site):
    pages = {f"{file.stem}/case": file.read_text("utf-8") for file in path.glob("*.md")}
    site = make_site(pages)
    for name, text in pages.items():
        assert found(site, f"docs/{name}.md", {"reference-is-cited"}) == expectations(text)
    assert path.name.startswith("good-") or any(expectations(text) for text in pages.values())
