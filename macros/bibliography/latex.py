r"""LaTeX in bibliographic text: what a reader sees, as plain text and as HTML.

Covers what .bib files hold: accents, special letters, super- and subscripts, italics, Greek letters and
signs, dashes, quotes, escapes. Which fields are text at all is decided in ``fields``: a DOI, a URL or a
citekey never comes here. Nothing here can fail: a command that is not understood stays
visible, and ``find_unknown_commands`` names it. The work grows with the length of the text, however deep its
braces go.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape
from typing import Final

from macros.bibliography.model import Text


def _pairs(listed: str) -> dict[str, str]:
    """``name=sign`` pairs, set apart by spaces."""
    return dict(pair.split("=") for pair in listed.split())


_MARKED_UP: Final = re.compile(r"[\\$~]|--|``|''")
_BRACES: Final = str.maketrans("", "", "{}")
_TOKEN: Final = re.compile(r"\\[A-Za-z]+[ \t\n]*|\\.|[{}$^_~]|---?|``|''|[^\\{}$^_~`'-]+|.", re.DOTALL)
_COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_DOLLAR: Final = re.compile(r"(?<!\\)\$")
_BRACE: Final = re.compile(r"\\.|([{}])", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([_%&#~${}])")
_NO_BREAK_SPACE: Final = "\u00a0"
_MOST_ACCENTS: Final = 4
"""On one letter beside the first; more are ignored, so that the work stays in proportion to the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What a command does to its argument."""

    tag: str = ""
    accent: str = ""
    """A combining character for the first letter."""
    alone: str = ""
    r"""What an accent without a letter prints: ``\~{}`` is a tilde."""


_UNCHANGED: Final = _Style()
_ITALIC: Final = _Style(tag="i")
_SUPERSCRIPT: Final = _Style(tag="sup")
_SUBSCRIPT: Final = _Style(tag="sub")

_UNSEEN_STYLES: Final = """
textbf textrm textsc textsf texttt textup textmd textnormal text mbox ensuremath mathrm mathbf mathsf mathtt
mathcal mathbb operatorname boldsymbol bm uppercase lowercase underline nolinkurl path
"""
_UNSEEN_DECLARATIONS: Final = """
bf bfseries rm rmfamily sc scshape sf sffamily tt ttfamily upshape normalfont protect relax left right
displaystyle textstyle small large - / ! @
"""

_STYLES: Final = {
    **{
        name: _Style(accent=accent, alone=alone)
        for name, accent, alone in (
            ("'", "\u0301", "´"),
            ("`", "\u0300", "`"),
            ("^", "\u0302", "^"),
            ('"', "\u0308", "¨"),
            ("~", "\u0303", "~"),
            ("=", "\u0304", ""),
            (".", "\u0307", ""),
            ("u", "\u0306", ""),
            ("v", "\u030c", ""),
            ("H", "\u030b", ""),
            ("c", "\u0327", ""),
            ("k", "\u0328", ""),
            ("r", "\u030a", ""),
            ("d", "\u0323", ""),
            ("b", "\u0331", ""),
            ("t", "\u0361", ""),
            ("hat", "\u0302", ""),
            ("bar", "\u0304", ""),
            ("overline", "\u0304", ""),
            ("tilde", "\u0303", ""),
            ("dot", "\u0307", ""),
            ("ddot", "\u0308", ""),
        )
    },
    **dict.fromkeys(("textsuperscript", "sp"), _SUPERSCRIPT),
    **dict.fromkeys(("textsubscript", "sb"), _SUBSCRIPT),
    **dict.fromkeys(("textit", "emph", "textsl", "mathit"), _ITALIC),
    **dict.fromkeys(_UNSEEN_STYLES.split(), _UNCHANGED),
}
_DECLARATIONS: Final = {
    **dict.fromkeys(("em", "it", "itshape", "sl", "slshape"), _ITALIC),
    **dict.fromkeys(_UNSEEN_DECLARATIONS.split(), _UNCHANGED),
}
_GREEK: Final = _pairs(
    "alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι "
    "kappa=κ lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ "
    "upsilon=υ phi=φ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ "
    "Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω"
)
_SYMBOLS: Final = {
    **_GREEK,
    **{f"text{name}": letter for name, letter in _GREEK.items()},
    **_pairs(
        "ss=ß SS=ẞ o=ø O=Ø aa=å AA=Å ae=æ AE=Æ oe=œ OE=Œ l=ł L=Ł i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ DJ=Đ "
        "ng=ŋ NG=Ŋ imath=ı jmath=ȷ S=§ P=¶ dag=† ddag=‡ dagger=† ddagger=‡ copyright=© "
        "textcopyright=© textregistered=® texttrademark=™ pounds=£ texteuro=€ euro=€ textyen=¥ "
        "textmu=µ micro=µ textdegree=° degree=° circ=∘ prime=′ angstrom=Å "
        "textendash=– textemdash=— textquoteleft=‘ textquoteright=’ textquotedblleft=“ "
        "textquotedblright=” textquotedbl=\" textquotesingle=' guillemotleft=« guillemotright=» "
        "ldots=… dots=… textellipsis=… textbackslash=\\ backslash=\\ textasciitilde=~ "
        "textasciicircum=^ textunderscore=_ textless=< textgreater=> textbar=| textbullet=• bullet=• "
        "textperiodcentered=· cdot=· times=× texttimes=× div=÷ pm=± textpm=± mp=∓ le=≤ leq=≤ "
        "leqslant=≤ ge=≥ geq=≥ geqslant=≥ lt=< gt=> ne=≠ neq=≠ approx=≈ sim=∼ simeq=≃ equiv=≡ "
        "propto=∝ infty=∞ partial=∂ nabla=∇ in=∈ cap=∩ cup=∪ to=→ rightarrow=→ leftarrow=← "
        "leftrightarrow=↔ uparrow=↑ downarrow=↓ Rightarrow=⇒ star=⋆ ast=∗ ell=ℓ "
        "TeX=TeX LaTeX=LaTeX BibTeX=BibTeX"
    ),
    "textequals": "=",
    **{sign: sign for sign in "%&#_${}"},
    ",": _NO_BREAK_SPACE,
    **dict.fromkeys(("\\", " ", "\n", "\t", ";", ":", ">", "space", "quad", "qquad", "newline"), " "),
}
_KNOWN_COMMANDS: Final = frozenset((*_STYLES, *_DECLARATIONS, *_SYMBOLS, "url", "href", "(", ")"))
_LIGATURES: Final = {"--": "–", "---": "—", "``": "“", "''": "”", "~": _NO_BREAK_SPACE}
_MATH_LIGATURES: Final = {"'": "′", "''": "″", "~": _NO_BREAK_SPACE}
_RAISED_BY_THEMSELVES: Final = {"∘": "°", "°": "°", "′": "′", "″": "″"}
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}


def decode_latex(raw: str) -> Text:
    r"""What a reader sees. A command that is not understood stays visible.

    No-break spaces (``~``) are ordinary spaces in the plain form. Letters in formulas stay upright.

    >>> decode_latex(r"{Fe}\textsuperscript{2+} in leaves of {\v{S}}t{\v e}p{\'a}n & co.")
    Text(plain='Fe2+ in leaves of Štěpán & co.', html='Fe<sup>2+</sup> in leaves of Štěpán &amp; co.')
    >>> decode_latex("普洱茶的渥堆").html
    '普洱茶的渥堆'
    """
    if not _MARKED_UP.search(raw):
        plain = (raw.translate(_BRACES) if "{" in raw or "}" in raw else raw).strip()
        return Text(plain, _escape(plain))
    return _Decoder(raw).decode()


def find_unknown_commands(raw: str) -> tuple[str, ...]:
    r"""The commands that ``decode_latex`` does not understand, each once.

    >>> find_unknown_commands(r"\emph{in vivo} \foo{bar}")
    ('\\foo',)
    """
    if "\\" not in raw:
        return ()
    found = dict.fromkeys(match[0] for match in _COMMAND.finditer(raw) if match[0][1:] not in _KNOWN_COMMANDS)
    return tuple(found)


def unescape_identifier(raw: str) -> str:
    r"""A DOI or URL without the backslashes that LaTeX asks for; all else, ``%`` too, stays as it is.

    >>> unescape_identifier(r"10.1007/978-3-030-1\_5")
    '10.1007/978-3-030-1_5'
    """
    return _ESCAPED.sub(r"\1", raw) if "\\" in raw else raw


def find_closing_brace(raw: str, start: int) -> int:
    """Where the brace that opens at ``start`` closes, or -1. A brace after a backslash does not count."""
    depth = 0
    for match in _BRACE.finditer(raw, start):
        if match[1]:
            depth += 1 if match[1] == "{" else -1
            if depth == 0:
                return match.start()
    return -1


def _escape(text: str) -> str:
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


class _Tag(str):
    """A piece of the output that is mark-up and not text."""

    __slots__ = ()


@dataclass(slots=True)
class _Opened:
    """A style that is in force, and the piece of output at which it began."""

    style: _Style
    start: int
    tagged: bool


@dataclass(slots=True)
class _Output:
    """Text and tags in order; every tag that is opened is closed in turn, and none stands in itself."""

    pieces: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        if text:
            self.pieces.append(text)

    def drop_space(self) -> None:
        if self.pieces and self.pieces[-1] == " ":
            self.pieces.pop()

    def open(self, style: _Style) -> _Opened:
        opened = _Opened(style, len(self.pieces), bool(style.tag) and style.tag not in self.tags)
        if opened.tagged:
            self.tags.append(style.tag)
            self.pieces.append(_Tag(f"<{style.tag}>"))
        return opened

    def close(self, opened: _Opened) -> None:
        if opened.tagged:
            self._close_tag(opened)
        elif opened.style.accent:
            self._put_accent(opened)

    def _close_tag(self, opened: _Opened) -> None:
        self.tags.pop()
        content = self.pieces[opened.start + 1 :] if len(self.pieces) - opened.start <= 2 else None
        if content == []:
            self.pieces.pop()
        elif opened.style is _SUPERSCRIPT and content and content[0] in _RAISED_BY_THEMSELVES:
            self.pieces[opened.start :] = [_RAISED_BY_THEMSELVES[content[0]]]
        else:
            self.pieces.append(_Tag(f"</{opened.style.tag}>"))

    def _put_accent(self, opened: _Opened) -> None:
        for index in range(opened.start, len(self.pieces)):
            piece = self.pieces[index]
            if isinstance(piece, _Tag):
                continue
            carried = piece[1 : 1 + _MOST_ACCENTS]
            if len(carried) < _MOST_ACCENTS or not all(map(unicodedata.combining, carried)):
                letter = _DOTLESS.get(piece[0], piece[0])
                self.pieces[index] = unicodedata.normalize("NFC", letter + opened.style.accent) + piece[1:]
            return
        self.add(opened.style.alone)

    def finish(self) -> Text:
        plain = "".join(piece for piece in self.pieces if not isinstance(piece, _Tag))
        html = "".join(piece if isinstance(piece, _Tag) else _escape(piece) for piece in self.pieces)
        return Text(plain.replace(_NO_BREAK_SPACE, " ").strip(), html.strip())


@dataclass(slots=True)
class _Group:
    """``{…}``, ``$…$`` or the whole text, and the styles that end with it."""

    opener: str
    opened: list[_Opened]
    math: bool


class _Decoder:
    """One pass over one text. Groups are kept on a list, not on Python's call stack."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._position = 0
        self._output = _Output()
        self._groups = [_Group("", [], math=False)]
        self._pending: list[_Style] = []

    def decode(self) -> Text:
        while match := _TOKEN.match(self._raw, self._position):
            self._position = match.end()
            self._take(match[0])
        self._add_atom("")
        while self._groups:
            self._close_group()
        return self._output.finish()

    def _take(self, token: str) -> None:
        group = self._groups[-1]
        if token[0] == "\\" and len(token) > 1:
            self._take_command(token)
        elif token == "{":
            self._open_group(token, math=group.math)
        elif token == "}":
            if group.opener == "{":
                self._close_group()
        elif token == "$":
            self._take_dollar()
        elif group.math:
            self._take_math(token)
        else:
            self._add_text(_LIGATURES.get(token, token))

    def _take_math(self, token: str) -> None:
        if token == "^":
            self._pending.append(_SUPERSCRIPT)
        elif token == "_":
            self._pending.append(_SUBSCRIPT)
        else:
            self._add_text(_MATH_LIGATURES.get(token, token))

    def _take_command(self, token: str) -> None:
        name = token[1:].rstrip() or token[1:]
        if name in _SYMBOLS:
            self._add_atom(_SYMBOLS[name])
            # TeX sets its own spaces around a sign in a formula; the author's are the best guess at them.
            if self._groups[-1].math and token[-1].isspace() and name.isalpha():
                self._add_text(" ")
        elif name in _STYLES:
            self._pending.append(_STYLES[name])
        elif name in _DECLARATIONS:
            self._groups[-1].opened.append(self._output.open(_DECLARATIONS[name]))
        elif name == "url":
            self._add_atom(unescape_identifier(self._skip_argument()))
        elif name == "href":
            self._skip_argument()
        elif name in "()":
            self._take_parenthesis(name)
        else:
            self._add_atom(token)

    def _take_dollar(self) -> None:
        if self._groups[-1].math:
            self._close_math()
        elif _DOLLAR.search(self._raw, self._position):
            self._open_group("$", math=True)
        else:
            self._add_text("$")

    def _take_parenthesis(self, name: str) -> None:
        if name == "(" and not self._groups[-1].math:
            self._open_group("$", math=True)
        elif name == ")" and self._groups[-1].math:
            self._close_math()

    def _skip_argument(self) -> str:
        """The braced argument that follows, unread; all the rest if its brace never closes."""
        if self._raw[self._position : self._position + 1] != "{":
            return ""
        start, end = self._position + 1, find_closing_brace(self._raw, self._position)
        if end < 0:
            end = len(self._raw)
        self._position = end + 1
        return self._raw[start:end]

    def _open_group(self, opener: str, *, math: bool) -> None:
        opened = [self._output.open(style) for style in self._pending]
        self._pending.clear()
        self._groups.append(_Group(opener, opened, math))

    def _close_group(self) -> str:
        self._add_atom("")
        group = self._groups.pop()
        for opened in reversed(group.opened):
            self._output.close(opened)
        return group.opener

    def _close_math(self) -> None:
        self._output.drop_space()
        while self._close_group() != "$":
            pass

    def _add_text(self, text: str) -> None:
        if self._pending:
            text = text.lstrip()
            if not text:
                return
            self._add_atom(text[0])
            text = text[1:]
        self._output.add(text)

    def _add_atom(self, text: str) -> None:
        """Add one unit, to which the commands before it apply."""
        opened = [self._output.open(style) for style in self._pending]
        self._pending.clear()
        self._output.add(text)
        for style in reversed(opened):
            self._output.close(style)
