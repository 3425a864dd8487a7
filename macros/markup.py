"""The author's small language: what stands in a page's Markdown, and where.

Finds citations ``[@key]``, macro calls ``{{ name("…") }}``, headings, links and source places with
their offsets, without rendering anything, so that mistakes can be said before a build and at the
right line. Code, comments and HTML tags are passed over, as Markdown does. Whether a key or a macro
exists is decided in ``macros.checks``; how it looks, in ``macros.rendering`` and
``macros.citation_marks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jinja2
from jinja2 import nodes

CITEKEY = r"[A-Za-z0-9][A-Za-z0-9_.:+/-]*"
CITATION = re.compile(r"\[(@[^\[\]\n]*(?:\n[^\[\]\n]+)*)\]")
"""A citation may run over a line end, as any Markdown text may, but not over an empty line."""

_ITEM = re.compile(rf"@({CITEKEY})\s*(?:[,，]\s*(.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One key of a citation, with the place in the work that is meant, if given."""

    citekey: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a piece of mark-up; the caller knows file and rule."""

    offset: int
    rule: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites: ``[@key]``, ``[@a; @b]``, ``[@key, p. 3]``."""

    start: int
    end: int
    items: tuple[CitationItem, ...]


@dataclass(frozen=True, slots=True)
class MacroCall:
    """A call with literal arguments, such as ``{{ table("studies", view="all") }}``."""

    start: int
    end: int
    name: str
    arguments: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its explicit id; an empty id where the author gave none."""

    start: int
    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link or image, or the definition of one."""

    start: int
    target: str
    text: str
    is_image: bool


@dataclass(frozen=True, slots=True)
class AttributeList:
    """``{: #id .class key="value" }`` at a block."""

    start: int
    end: int
    id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Markup:
    """All that was found in one text, each in the order of the text."""

    citations: tuple[Citation, ...] = ()
    macro_calls: tuple[MacroCall, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    attribute_lists: tuple[AttributeList, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    readable: str = field(default="", repr=False)
    """The text with code, comments, HTML tags and all before the body blanked; offsets stay."""


def find_markup(text: str, start: int = 0) -> Markup:
    """Everything of the author's language in a Markdown text, from an offset (the body) on."""
    readable = _blank(text[:start], _ANYTHING) + blank_literals(text)[start:]
    calls, call_mistakes = _find_macro_calls(readable)
    links = tuple(_find_links(readable))
    citations, citation_mistakes = _find_citations(_blank(readable, _LINK))
    in_links = _find_citations_in_links(readable)
    return Markup(
        citations=citations,
        macro_calls=calls,
        headings=tuple(_find_headings(readable, text)),
        links=links,
        attribute_lists=tuple(_find_attribute_lists(readable)),
        mistakes=tuple(
            sorted((*call_mistakes, *citation_mistakes, *in_links), key=lambda mistake: mistake.offset)
        ),
        readable=readable,
    )


# Literals: what Markdown does not read as mark-up

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^ *(?P=fence)[`~]* *$|.*\Z)", re.S | re.M
)
# As in Python-Markdown, where fewer ticks than stand there may open a span; never over an empty line.
_CODE_SPAN = re.compile(r"`(?<!\\`)(`*)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)`\1(?!`)")
_ANYTHING = re.compile(r".+", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
# Each begins with a plain character, which lets the search skip all others.
_TAG = re.compile(r"<(?<!\]\(<)/?[A-Za-z][^<>]*>")
_AUTOLINK = re.compile(r"<(?:(?<!\]\(<)[a-z]+:[^<>\s]+|[^<>\s@]+@[^<>\s]+)>")
_ESCAPE = re.compile(r"\\[\[\]{}`\\]")
_CONTAINER = re.compile(r" *(?:[-*+] |\d+[.)] |!!! |\?\?\?\+? |=== |\[\^[^\]]+\]:|: {3})")


def blank_literals(text: str) -> str:
    """The text with code, comments and HTML tags blanked; every character keeps its offset."""
    for pattern in (_FENCE, _COMMENT):
        text = _blank(text, pattern)
    text = _blank_indented_code(text)
    for pattern in (_CODE_SPAN, _ESCAPE, _TAG, _AUTOLINK):
        text = _blank(text, pattern)
    return text


def blank(text: str) -> str:
    """As many spaces as a text has characters; ends of lines stay."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with some spans blanked, which may stand in any order and overlap."""
    parts, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            parts += [text[done:start], blank(text[max(start, done) : end])]
            done = end
    return "".join((*parts, text[done:]))


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: blank(match[0]), text)


def _blank_indented_code(text: str) -> str:
    """Four spaces after an empty line are code, unless a list, admonition, … holds the lines."""
    lines = text.split("\n")
    in_container = in_code = after_empty = False
    after_empty = True
    for number, line in enumerate(lines):
        if not line.strip():
            after_empty = True
            continue
        if line.startswith(("    ", "\t")):
            in_code = not in_container and (in_code or after_empty)
            if in_code:
                lines[number] = " " * len(line)
        else:
            in_code = False
            in_container = bool(_CONTAINER.match(line)) or (in_container and not after_empty)
        after_empty = False
    return "\n".join(lines)


# Citations


def parse_citation(body: str) -> tuple[CitationItem, ...] | str:
    """The items between the brackets of a citation, or what is wrong with it.

    >>> parse_citation("@ito2019, p. 3; @wang2021")
    (CitationItem(citekey='ito2019', locator='p. 3'), CitationItem(citekey='wang2021', locator=''))
    >>> parse_citation("@ito2019，@wang2021")
    'citations are separated by ; or ；'
    """
    items = []
    for part in re.split(r"[;；]", body):
        match = _ITEM.fullmatch(part.strip())
        if not match:
            return f'"{" ".join(part.split())}" is not a citation: write @ and the citekey'
        if "@" in (match[2] or ""):
            return "citations are separated by ; or ；"
        items.append(CitationItem(match[1], " ".join((match[2] or "").split())))
    return tuple(items)


_PREFIXED = re.compile(rf"\[[^\[\]@\n]+\s@{CITEKEY}[^\[\]\n]*\](?!\()")


def _find_citations(text: str) -> tuple[tuple[Citation, ...], list[Mistake]]:
    citations, mistakes = [], []
    for match in CITATION.finditer(text):
        items = parse_citation(match[1])
        if isinstance(items, str):
            mistakes.append(Mistake(match.start(), "citation-parses", items, "write [@key] or [@key; @key]"))
        else:
            citations.append(Citation(match.start(), match.end(), items))
    mistakes += [
        Mistake(
            match.start(),
            "citation-parses",
            "words before the @ are not read as part of a citation",
            "write them before the bracket",
        )
        for match in _PREFIXED.finditer(text)
    ]
    return tuple(citations), mistakes


def _find_citations_in_links(text: str) -> Iterator[Mistake]:
    for link in _LINK.finditer(text):
        for match in CITATION.finditer(link[0], 1):
            yield Mistake(
                link.start() + match.start(),
                "citation-is-outside-links",
                "a citation is a link of its own and cannot stand inside another",
                "write it behind the link",
            )


# Macro calls

_CALL = re.compile(r"\{\{(.*?)\}\}", re.S)
_STATEMENT = re.compile(r"\{%")
_JINJA = jinja2.Environment(autoescape=True)


def _find_macro_calls(text: str) -> tuple[tuple[MacroCall, ...], list[Mistake]]:
    parsed = [_parse_macro_call(match.start(), match.end(), match[1]) for match in _CALL.finditer(text)]
    calls = tuple(call for call in parsed if isinstance(call, MacroCall))
    mistakes = [mistake for mistake in parsed if isinstance(mistake, Mistake)]
    unclosed = text.find("{{", max((match.end() for match in _CALL.finditer(text)), default=0))
    if unclosed >= 0:
        mistakes.append(Mistake(unclosed, "macro-syntax-parses", "{{ without }}", "close it with }}"))
    mistakes += [
        Mistake(
            match.start(),
            "macro-syntax-parses",
            "statements ({% … %}) are not read in pages",
            "loops and logic belong in templates; a page only calls macros",
        )
        for match in _STATEMENT.finditer(text)
    ]
    return calls, mistakes


def _parse_macro_call(start: int, end: int, body: str) -> MacroCall | Mistake:
    try:
        tree = _JINJA.parse("{{" + body + "}}")
    except jinja2.TemplateSyntaxError as error:
        return Mistake(start, "macro-syntax-parses", f"this macro call cannot be read: {error.message}")
    output = tree.body[0] if len(tree.body) == 1 else None
    call = output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None
    if not isinstance(call, nodes.Call) or not isinstance(call.node, nodes.Name):
        return Mistake(
            start,
            "macro-syntax-parses",
            "between {{ and }} stands one call of a macro",
            'such as {{ table("studies", view="all") }}',
        )
    if call.dyn_args is not None or call.dyn_kwargs is not None or not _are_literals(call):
        return Mistake(
            start,
            "macro-arguments-are-literal",
            f"the arguments of {call.node.name} must be plain text, numbers or lists",
        )
    return MacroCall(
        start,
        end,
        call.node.name,
        tuple(argument.as_const() for argument in call.args),
        {keyword.key: keyword.value.as_const() for keyword in call.kwargs},
    )


def _are_literals(call: nodes.Call) -> bool:
    return all(_is_literal(value) for value in (*call.args, *(keyword.value for keyword in call.kwargs)))


def _is_literal(node: nodes.Node) -> bool:
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(_is_literal(item) for item in node.items)
    return isinstance(node, nodes.Const)


# Headings, links, attribute lists

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{:?([^{}]*)\})?[ \t]*$", re.M)
_LINK = re.compile(
    r"(?<!\\)!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<target><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?P<text>[^\[\]\n]+)\]:[ \t]+(?P<target>\S+)", re.M)
_ATTRIBUTES = re.compile(r"\{:([^{}\n]*)\}")
_ID = re.compile(r"#([^\s#.=\"'}]+)")
_VALUE = re.compile(r"([A-Za-z][\w-]*)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'}]+))")


def _find_headings(readable: str, text: str) -> Iterator[Heading]:
    for match in _HEADING.finditer(readable):
        explicit = _ID.search(match[3] or "")
        yield Heading(
            match.start(), len(match[1]), text[match.start(2) : match.end(2)], explicit[1] if explicit else ""
        )


def _find_links(text: str) -> Iterator[Link]:
    found = [*_LINK.finditer(text), *_DEFINITION.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        yield Link(
            match.start(), match["target"].strip("<>"), match["text"], is_image=match[0].startswith("!")
        )


def _find_attribute_lists(text: str) -> Iterator[AttributeList]:
    for match in _ATTRIBUTES.finditer(text):
        explicit = _ID.search(re.sub(r"=(?:\"[^\"]*\"|'[^']*')", "=", match[1]))
        values = {name: a or b or c for name, a, b, c in _VALUE.findall(match[1])}
        yield AttributeList(match.start(), match.end(), explicit[1] if explicit else "", values)


# Text without mark-up

_INLINE = (
    ("[", CITATION, ""),
    ("{", re.compile(r"\{:[^{}]*\}|\{\{.*?\}\}", re.S), ""),
    ("[", re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)"), r"\1"),
    ("<", _COMMENT, ""),
    ("<", _TAG, ""),
    ("*_`", re.compile(r"\*\*|__|`+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)"), ""),
)
"""Characters of which a text must have one for the pattern to be tried, the pattern, what remains of it."""


_MARK = re.compile(
    "[" + re.escape("".join(dict.fromkeys("".join(characters for characters, _, _ in _INLINE)))) + "]"
)


def plain_text(markdown: str) -> str:
    """One paragraph of Markdown as a reader sees it, citations and macro calls left out.

    >>> plain_text("The **green** [leaves](x.md) fell.[@ito2019]")
    'The green leaves fell.'
    """
    for characters, pattern, replacement in _INLINE if _MARK.search(markdown) else ():
        if any(map(markdown.__contains__, characters)):
            markdown = pattern.sub(replacement, markdown)
    return " ".join(markdown.split())


def replace_spans(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """The text with each span (start, end, replacement) replaced; spans are in order and apart."""
    parts, done = [], 0
    for start, end, replacement in spans:
        parts += [text[done:start], replacement]
        done = end
    return "".join((*parts, text[done:]))
