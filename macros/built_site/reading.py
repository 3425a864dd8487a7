"""Reading HTML: the facts of one page, in one pass.

Notes what stands on a page and where; says nothing about right or wrong, and opens no other file.
No tree is built: the rules ask only for addresses, ids, languages, and what is inside what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from macros.built_site.model import Alternate, Oddity, OddMarkup, OtherFile, Page, Role, Use, primary_language
from macros.built_site.other_files import find_css_urls, find_json_urls
from macros.built_site.tags import Attributes, TagReader


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_URL_ATTRIBUTES: Mapping[str, tuple[tuple[str, Role], ...]] = {
    "area": (("href", Role.LINK),),
    "audio": (("src", Role.ASSET),),
    "button": (("formaction", Role.FORM),),
    "embed": (("src", Role.ASSET),),
    "feimage": (("href", Role.ASSET), ("xlink:href", Role.ASSET)),
    "form": (("action", Role.FORM),),
    "frame": (("src", Role.FRAME),),
    "iframe": (("src", Role.FRAME),),
    "image": (("href", Role.ASSET), ("xlink:href", Role.ASSET)),
    "img": (("src", Role.ASSET),),
    "input": (("src", Role.ASSET), ("formaction", Role.FORM)),
    "object": (("data", Role.ASSET),),
    "source": (("src", Role.ASSET),),
    "track": (("src", Role.ASSET),),
    "use": (("href", Role.ASSET), ("xlink:href", Role.ASSET)),
    "video": (("src", Role.ASSET), ("poster", Role.ASSET)),
}
_LOADED_RELATIONS = _names(
    "apple-touch-icon icon manifest mask-icon modulepreload prefetch preload prerender stylesheet"
)
_HINT_RELATIONS = frozenset({"preconnect", "dns-prefetch"})
_META_ROLES: Mapping[str, Role] = {
    "msapplication-config": Role.PREVIEW,
    "msapplication-tileimage": Role.PREVIEW,
    "og:audio": Role.PREVIEW,
    "og:image": Role.PREVIEW,
    "og:image:secure_url": Role.PREVIEW,
    "og:image:url": Role.PREVIEW,
    "og:url": Role.RELATED,
    "og:video": Role.PREVIEW,
    "twitter:image": Role.PREVIEW,
}

_REPEATED_BY_TEMPLATES = frozenset({"head", "nav", "header", "footer"})
_NOT_PROSE = _REPEATED_BY_TEMPLATES | _names(
    "aside button code kbd math noscript pre samp script select style svg template textarea"
)
CLOSES_PARAGRAPH = _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section"
    " summary table ul xmp dd dt"
)
"""HTML standard, "in body" insertion mode: the start tags that close an open paragraph."""

_TABLE_PARTS = _names("caption tbody td tfoot th thead tr")
_ENDS_CONTAINER = CLOSES_PARAGRAPH - {"p", "hr"} | _TABLE_PARTS | {"body", "html"}
_PARAGRAPH_SCOPES = frozenset({"button", "object", "template"})
# HTML standard, "interactive content", as far as it is always interactive.
_INTERACTIVE = frozenset({"a", "button", "select", "textarea", "iframe"})
_HOLDS_NO_INTERACTIVE = frozenset({"a", "button"})

# Void elements, and the one whose language the page itself declares.
_HOLDS_NO_TEXT = _names("area base br col embed hr html img input link meta source track wbr")

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u04ff]{2,}")
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_SRCSET_URL = re.compile(r"[\s,]*(\S+)")


def parse_page(text: str, file: str) -> Page:
    """The facts of an HTML text; a broken text gives those that could be read."""
    return _read(text, file, is_xml=False)


def parse_drawing(text: str, file: str) -> OtherFile:
    """The links, images, parts and ids of an SVG file, whose elements HTML knows too."""
    page = _read(text, file, is_xml=True)
    return OtherFile(file=file, resolves_from=file, uses=page.uses, ids=page.ids)


def _read(text: str, file: str, *, is_xml: bool) -> Page:
    reader = _PageReader()
    reader.read(text, is_xml=is_xml)
    reader.finish_link()
    prose = "".join(reader.prose)
    return Page(
        file=file,
        lang=reader.lang,
        lang_line=reader.lang_line,
        source=reader.source,
        uses=tuple(reader.uses),
        alternates=tuple(reader.alternates),
        canonicals=tuple(reader.canonicals),
        ids=reader.anchor_names.union(reader.ids),
        odd_markup=tuple(reader.odd_markup),
        han_characters=0 if prose.isascii() else len(_HAN.findall(prose)),
        words=len(_WORD.findall(prose)),
        is_noindex=reader.is_noindex,
        is_whole=reader.is_whole,
    )


def parse_srcset(text: str) -> list[str]:
    """The addresses of a ``srcset`` (HTML standard, "parse a srcset attribute").

    >>> parse_srcset("a.png, b.png 2x,c,d.png 480w")
    ['a.png', 'b.png', 'c,d.png']
    """
    urls: list[str] = []
    position = 0
    while match := _SRCSET_URL.match(text, position):
        urls.append(match[1].rstrip(","))
        position = match.end() if match[1].endswith(",") else text.find(",", match.end())
        if position < 0:
            break
    return urls


class _PageReader(TagReader):
    """Collects facts; every ``_read_…`` method knows one element."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.lang_line = 1
        self.source = ""
        self.uses: list[Use] = []
        self.alternates: list[Alternate] = []
        self.canonicals: list[tuple[str, int]] = []
        self.ids: dict[str, int] = {}
        self.anchor_names: set[str] = set()
        self.odd_markup: list[OddMarkup] = []
        self.prose: list[str] = []
        self.is_noindex = False
        self.is_whole = False
        self._repeated_depth = 0
        self._not_prose_depth = 0
        self._foreign: list[list[str]] = []
        self._raw_element = ""
        self._link: tuple[Attributes, int] | None = None
        self._link_text: list[str] = []
        self._interactive: list[str] = []
        self._in_paragraph = False
        self._outer_paragraphs: list[bool] = []
        self._implied_end: tuple[int, str] | None = None

    # What the tags are read into

    def on_start(self, tag: str, attributes: Attributes) -> None:
        """Note what the element says of itself, then what it is inside of."""
        for name in attributes:
            if name in _READ_ON_ANY_ELEMENT or name.startswith("on"):
                self._read_attribute(tag, name, attributes[name])
        if tag in _ELEMENT_READERS:
            _ELEMENT_READERS[tag](self, attributes)
        elif tag in _URL_ATTRIBUTES:
            self._read_url_attributes(tag, attributes)
        if self._foreign or "lang" in attributes:
            self._enter_language(tag, attributes.get("lang", ""))
        if tag in _CHANGES_CONTEXT:
            self._enter(tag)

    def on_end(self, tag: str) -> None:
        """Note what ends here."""
        if self._foreign:
            self._leave_language(tag)
        if tag in _CHANGES_CONTEXT:
            self._leave(tag)

    def on_text(self, text: str) -> None:
        """Keep prose, the words of a link to a DOI, and what raw text names."""
        if not self._not_prose_depth and not self._foreign:
            self.prose.append(text)
        if self._link:
            self._link_text.append(text)
        if self._raw_element:
            self._read_raw_text(text)

    # Elements and attributes

    def _add_use(self, url: str, role: Role, element: str, *, is_shared: bool = False, line: int = 0) -> None:
        is_shared = is_shared or self._repeated_depth > 0
        self.uses.append(
            Use(url=url, role=role, line=line or self.line, element=element, is_shared=is_shared)
        )

    def _note(self, kind: Oddity, name: str, other: str = "", line: int = 0) -> None:
        self.odd_markup.append(OddMarkup(kind=kind, line=line or self.line, name=name, other=other))

    def _read_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            if value in self.ids:
                self._note(Oddity.REPEATED_ID, value, f"line {self.ids[value]}")
            self.ids.setdefault(value, self.line)
        elif name == "style":
            for url, _ in find_css_urls(value):
                self._add_use(url, Role.ASSET, "style url()")
        elif name == "srcdoc":
            self._note(Oddity.FRAME_WITH_CODE, tag)
        elif name.startswith("on"):
            self._note(Oddity.EVENT_HANDLER, name)

    def _read_url_attributes(self, tag: str, attributes: Attributes) -> None:
        for name, role in _URL_ATTRIBUTES[tag]:
            if name in attributes:
                self._add_use(attributes[name], role, f"{tag} {name}")
        if "srcset" in attributes:
            self._read_srcset(attributes["srcset"], f"{tag} srcset")

    def _read_srcset(self, value: str, element: str) -> None:
        for url in parse_srcset(value):
            self._add_use(url, Role.ASSET, element)

    def _read_a(self, attributes: Attributes) -> None:
        self.finish_link()
        if "name" in attributes:
            self.anchor_names.add(attributes["name"])
        url = attributes.get("href", attributes.get("xlink:href"))
        if url is None:
            return
        if "doi.org/" in url:
            self._link = (attributes, self.line)
        else:
            self._add_link(url, attributes.get("hreflang", ""), self.line)

    def _add_link(self, url: str, hreflang: str, line: int, text: str = "") -> None:
        self.uses.append(
            Use(
                url=url,
                role=Role.LINK,
                line=line,
                element="a href",
                is_shared=self._repeated_depth > 0,
                hreflang=hreflang,
                text=text,
            )
        )

    def finish_link(self) -> None:
        """Note the open link to a DOI, whose words are known only at its end."""
        if self._link:
            attributes, line = self._link
            url = attributes.get("href", attributes.get("xlink:href", ""))
            self._add_link(url, attributes.get("hreflang", ""), line, "".join(self._link_text).strip())
            self._link = None
            self._link_text.clear()

    def _read_html(self, attributes: Attributes) -> None:
        self.lang = self.lang or attributes.get("lang", "").strip()
        self.lang_line = self.line

    def _read_base(self, _: Attributes) -> None:
        self._note(Oddity.BASE_ELEMENT, "base")

    def _read_link(self, attributes: Attributes) -> None:
        self._read_srcset(attributes.get("imagesrcset", ""), "link imagesrcset")
        url = attributes.get("href")
        if url is None:
            return
        relations = attributes.get("rel", "").lower().split()
        if "canonical" in relations:
            self.canonicals.append((url, self.line))
        elif _LOADED_RELATIONS.intersection(relations):
            self._add_use(url, Role.ASSET, f"link rel={relations[0]}")
        elif "alternate" in relations and "hreflang" in attributes:
            hreflang = attributes["hreflang"].strip()
            self.alternates.append(Alternate(hreflang=hreflang, url=url, line=self.line))
        elif relations:
            role = Role.HINT if _HINT_RELATIONS.intersection(relations) else Role.RELATED
            self._add_use(url, role, f"link rel={relations[0]}")

    def _read_meta(self, attributes: Attributes) -> None:
        name = attributes.get("property", attributes.get("name", "")).lower()
        content = attributes.get("content", "")
        if name in _META_ROLES:
            self._add_use(content, _META_ROLES[name], f"meta {name}")
        elif name == "source":
            self.source = content.strip()
        elif name == "robots":
            self.is_noindex |= bool({"noindex", "none"} & set(re.split(r"[\s,]+", content.lower())))
        elif attributes.get("http-equiv", "").lower() == "refresh" and (target := _REFRESH.match(content)):
            self._add_use(target[1].strip(), Role.REFRESH, "meta refresh")

    def _read_style(self, _: Attributes) -> None:
        self._raw_element = "style"

    def _read_script(self, attributes: Attributes) -> None:
        if "src" in attributes:
            self._add_use(attributes["src"], Role.ASSET, "script src", is_shared=True)
        if attributes.get("type", "").lower() == "application/ld+json":
            self._raw_element = "JSON-LD"

    def _read_raw_text(self, data: str) -> None:
        if self._raw_element == "style":
            for url, line in find_css_urls(data):
                self._add_use(url, Role.ASSET, "style url()", line=self.line + line - 1)
        else:
            for url, line in find_json_urls(data, "url", "image", "logo", "item", "contentUrl"):
                self._add_use(url, Role.RELATED, "JSON-LD", is_shared=True, line=self.line + line - 1)

    # What is inside what

    def _enter(self, tag: str) -> None:
        if tag in _NOT_PROSE:
            self._not_prose_depth += 1
            self._repeated_depth += tag in _REPEATED_BY_TEMPLATES
        if tag in _INTERACTIVE:
            self._enter_interactive(tag)
        if tag in CLOSES_PARAGRAPH:
            if self._in_paragraph:
                self._implied_end = (self.line, tag)
            self._in_paragraph = tag == "p"
        elif tag in _PARAGRAPH_SCOPES:
            self._outer_paragraphs.append(self._in_paragraph)
            self._in_paragraph = False
        elif tag in _TABLE_PARTS:
            self._in_paragraph = False

    def _enter_language(self, tag: str, lang: str) -> None:
        """Count the elements of one name within an element in another language, to find its end."""
        if self._foreign and tag == self._foreign[-1][0]:
            self._foreign[-1].append(tag)
        elif lang and tag not in _HOLDS_NO_TEXT and primary_language(lang) != primary_language(self.lang):
            self._foreign.append([tag])

    def _leave_language(self, tag: str) -> None:
        if tag == self._foreign[-1][0]:
            self._foreign[-1].pop()
            if not self._foreign[-1]:
                self._foreign.pop()

    def _enter_interactive(self, tag: str) -> None:
        if self._interactive:
            self._note(Oddity.NESTED_INTERACTIVE, tag, self._interactive[-1])
        if tag == "a" and "a" in self._interactive:
            self._interactive.remove("a")  # the standard closes the outer link here
        if tag in _HOLDS_NO_INTERACTIVE:
            self._interactive.append(tag)

    def _leave(self, tag: str) -> None:
        if tag in _NOT_PROSE:
            self._not_prose_depth = max(0, self._not_prose_depth - 1)
            self._repeated_depth = max(0, self._repeated_depth - (tag in _REPEATED_BY_TEMPLATES))
            self._raw_element = ""
        if tag in _HOLDS_NO_INTERACTIVE and tag in self._interactive:
            del self._interactive[self._interactive.index(tag) :]
        if tag == "a":
            self.finish_link()
        elif tag == "p":
            self._leave_paragraph()
        elif tag in _PARAGRAPH_SCOPES:
            self._in_paragraph = self._outer_paragraphs.pop() if self._outer_paragraphs else False
        elif tag in _ENDS_CONTAINER:
            self._in_paragraph = False
            self.is_whole |= tag == "html"

    def _leave_paragraph(self) -> None:
        if not self._in_paragraph and self._implied_end:
            line, tag = self._implied_end
            self._note(Oddity.BROKEN_PARAGRAPH, tag, f"line {self.line}", line)
            self._implied_end = None
        self._in_paragraph = False


_CHANGES_CONTEXT = _NOT_PROSE | _INTERACTIVE | CLOSES_PARAGRAPH | _PARAGRAPH_SCOPES | _ENDS_CONTAINER | {"p"}
_READ_ON_ANY_ELEMENT = frozenset({"id", "style", "srcdoc"})
_ELEMENT_READERS: Mapping[str, Callable[[_PageReader, Attributes], None]] = {
    "a": _PageReader._read_a,
    "base": _PageReader._read_base,
    "html": _PageReader._read_html,
    "link": _PageReader._read_link,
    "meta": _PageReader._read_meta,
    "script": _PageReader._read_script,
    "style": _PageReader._read_style,
}
