"""Rules about the mark-up of one file: whole, well nested, unambiguous, without code of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.built_site.addresses import Place
from macros.built_site.findings import finding_at
from macros.built_site.model import BuiltSite, Finding, Oddity, Role

_MAY_BE_EMPTY = (".css", ".js", ".mjs", ".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """How a rule speaks of one kind of odd mark-up; ``{name}`` and ``{other}`` are filled in."""

    rule: str
    message: str
    hint: str
    search_for: tuple[str, ...] = ("<{name}",)
    """What the author may have written."""


_WORDINGS = {
    Oddity.REPEATED_ID: _Wording(
        rule="id-is-unique",
        message='the id "{name}" is already that of another element ({other})',
        hint="give each heading and block an id of its own",
        search_for=("#{name}", '"{name}"'),
    ),
    Oddity.BASE_ELEMENT: _Wording(
        rule="script-is-safe",
        message="a <base> element changes where every link leads",
        hint="remove it",
    ),
    Oddity.EVENT_HANDLER: _Wording(
        rule="script-is-safe",
        message="the attribute {name} runs code",
        hint="remove it; scripts belong in files of the site",
        search_for=("{name}",),
    ),
    Oddity.FRAME_WITH_CODE: _Wording(
        rule="script-is-safe",
        message="the srcdoc of an <{name}> holds a document of its own",
        hint="put its content on the page",
    ),
    Oddity.NESTED_INTERACTIVE: _Wording(
        rule="interactive-is-not-nested",
        message="<{name}> stands inside <{other}>; browsers close or ignore one of them",
        hint="write them one after the other",
    ),
    Oddity.BROKEN_PARAGRAPH: _Wording(
        rule="html-is-nested",
        message="<{name}> ends the paragraph around it, whose </p> ({other}) then closes nothing",
        hint="put an empty line around the block, or leave out the <p>",
    ),
}


def check_id_is_unique(site: BuiltSite) -> Iterator[Finding]:
    """No two elements of a page share an id (HTML standard, "the id attribute").

    Bad:  <h2 id="heat">…</h2> <table id="heat">
    Good: the same id on two pages
    """
    yield from _find_odd_markup(site, Oddity.REPEATED_ID)


def check_html_is_nested(site: BuiltSite) -> Iterator[Finding]:
    """No block stands inside a paragraph (HTML standard, "the p element").

    Bad:  <p><table>…</table></p>
    Good: <p>One<p>Two (the end tags may be left out)
    """
    yield from _find_odd_markup(site, Oddity.BROKEN_PARAGRAPH)


def check_interactive_is_not_nested(site: BuiltSite) -> Iterator[Finding]:
    """No link or button holds another (HTML standard, "the a element").

    Bad:  <a href="x/">see <a href="y/">y</a></a>
    Good: <a href="x/"><img src="x.png" alt="x"></a>
    """
    yield from _find_odd_markup(site, Oddity.NESTED_INTERACTIVE)


def check_script_is_safe(site: BuiltSite) -> Iterator[Finding]:
    """No page runs code from an attribute, moves its links, or frames a page of another host.

    Bad:  <img src="x.png" onerror="…">, <base href="…">, <iframe src="https://other.example/">
    Good: <script src="../assets/search.js">, <iframe src="../figure.html">
    """
    yield from _find_odd_markup(site, Oddity.EVENT_HANDLER, Oddity.BASE_ELEMENT, Oddity.FRAME_WITH_CODE)
    for pointer in site.pointers(Role.FRAME):
        if pointer.target.place is Place.ELSEWHERE or pointer.target.scheme in ("data", "blob"):
            message, hint = "shows a document from elsewhere inside the page", "write a link to it instead"
            yield finding_at("script-is-safe", pointer, message, about=pointer.use.url, hint=hint)


def _find_odd_markup(site: BuiltSite, *kinds: Oddity) -> Iterator[Finding]:
    for page in site.pages.values():
        for odd in page.odd_markup:
            if odd.kind in kinds:
                wording = _WORDINGS[odd.kind]
                yield Finding(
                    rule=wording.rule,
                    file=page.file,
                    line=odd.line,
                    message=wording.message.format(name=odd.name, other=odd.other),
                    hint=wording.hint,
                    about=f"{odd.kind.name} {odd.name}",
                    search_for=tuple(term.format(name=odd.name) for term in wording.search_for),
                )


def check_page_is_whole(site: BuiltSite) -> Iterator[Finding]:
    """Every page reaches ``</html>``, and no file that a page names is empty.

    An interrupted build or a full disk leaves such files, and hosts serve them without a word.
    """
    for page in site.pages.values():
        if not page.is_whole:
            fault = "has no </html>: it was cut off" if site.sizes[page.file] else "is an empty file"
            yield Finding(rule="page-is-whole", file=page.file, line=1, message=f"the page {fault}")
    for pointer in site.pointers():
        file = pointer.target.file
        if file and not site.sizes[file] and not file.endswith(_MAY_BE_EMPTY):
            yield finding_at("page-is-whole", pointer, "leads to an empty file", about=file)
