"""Reading: the entries of a .bib file, with nothing lost on the way.

Owns the file (encoding, size, invisible characters), the entries in it, ``@string`` and ``crossref``. The
grammar of a value is in ``values``; what the fields of an entry mean is decided in ``fields``.

This is the only module that knows bibtexparser. It uses its splitter alone, because its middlewares and its
``Library.entries`` drop what they do not like: here, whatever begins like an entry becomes a reference or is
named in a problem.
"""

from __future__ import annotations

import codecs
import gc
import logging
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import (
    Block,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)

from macros.bibliography.fields import MONTHS, RawEntry, RawField, excerpt, find_kind, interpret_entry
from macros.bibliography.model import Bibliography, Kind
from macros.bibliography.values import parse_plain_value, parse_value
from macros.problems import Problem, Severity, did_you_mean

MAX_BYTES: Final = 20_000_000
"""The largest file that is read: room for some 40,000 entries."""

_NEWLINE: Final = re.compile(r"\r\n?")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_GB_PAIR: Final = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH_BYTE: Final = re.compile(rb"[\x80-\xff]")

_BACKSLASHES: Final = re.compile(r'(\\+)([{}",=)\n]?)')

_LINE_END: Final = re.compile("\n")
_BLOCK_START: Final = re.compile(r"(?<!\\)[@＠]\s*(\w+)\s*[{(｛（]")
_OWN_TYPE: Final = re.compile(r"@(\w*)")
_FULL_WIDTH_MARK: Final = re.compile("[，｛｝＝＂＠（）]")
_STRAY: Final = re.compile(r'^[ \t]*[,}]|\b[A-Za-z]\w*\s*=\s*["{]', re.MULTILINE)
_FIELD_NAME: Final = re.compile(r"[^\W\d_][\w:.+-]*")
_NEXT_FIELD: Final = re.compile(rf"\s*[，；;]?\s*({_FIELD_NAME.pattern})\s*=\s*")
_LAST_WORD: Final = re.compile(rf"(?<![\w:.+-]){_FIELD_NAME.pattern}\Z")
_CITEKEY: Final = re.compile(r"[A-Za-z0-9_.:+/-]+")
_NOT_IN_CITEKEY: Final = re.compile(r"[^A-Za-z0-9_.:+-]+")

_SYNTAX: Final = "reference-parses"
_NO_ENTRIES: Final = ("string", "preamble", "comment")
_NO_WORKS: Final = ("set", "xdata")
_NOT_INHERITED: Final = frozenset(
    (
        *("crossref", "xdata", "label", "doi", "url", "urldate", "eid", "pages", "pmid", "pmcid", "note"),
        *("related", "relatedtype", "titletranslation", "status", "statuschecked", "statusnotice"),
    )
)
"""What is said of the book and not of its chapters."""

_NO_CITEKEY: Final = "Expected comma after entry key"
_MEANINGS: Final = {
    "Unexpected block start": "a closing brace or quote is missing before the next entry",
    "Unexpectedly reached end of file": "a closing brace or quote is missing",
    _NO_CITEKEY: "its citekey, or the comma behind it, is missing",
    "Expected a `=`": 'a "=" is missing, or there is a comma too many',
}
"""By the beginning of bibtexparser's reason."""


def load_bibliography(path: Path, root: Path) -> tuple[Bibliography, list[Problem]]:
    """The references of a file and everything that is wrong in it; ``root`` is the site's folder."""
    is_inside = path.resolve().is_relative_to(root.resolve())
    file = path.resolve().relative_to(root.resolve()).as_posix() if is_inside else path.name
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"the bibliography cannot be read: {error.strerror or type(error).__name__}"
        return Bibliography(()), [Problem(file=file, rule="file-is-readable", message=message)]
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB and is not read"
        return Bibliography(()), [Problem(file=file, rule="file-is-not-huge", message=message)]
    text, problems = _decode(data, file)
    bibliography, more = parse_bibliography(text, file)
    return bibliography, sorted([*problems, *more])


def parse_bibliography(text: str, file: str) -> tuple[Bibliography, list[Problem]]:
    """The references in a text and everything that is wrong in it, in the order of the lines."""
    text = _NEWLINE.sub("\n", text.removeprefix("\ufeff")) if "\r" in text else text.removeprefix("\ufeff")
    text = unicodedata.normalize("NFC", text)
    reader = _Reader(file)
    references = []
    with _collector_paused():
        reader.check_characters(text)
        reader.read_blocks(_INVISIBLE.sub("", text) if reader.problems else text)
        for entry in reader.resolve_crossrefs(reader.keep_citable(reader.entries)):
            reference, problems = interpret_entry(entry, file)
            references.append(reference)
            reader.problems.extend(problems)
    return Bibliography(tuple(references)), sorted(reader.problems)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without Python's search for cycles: a long file makes many values and no cycles.

    Walking over them again and again took a seventh of the time for 10,000 entries.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file; one that is not UTF-8 is read as well as possible, so that the rest is checked."""
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        encoding = _guess_encoding(data)
        looks = f"; it looks like {encoding}" if encoding else ""
        source = encoding or "ENCODING"
        problem = Problem(
            file=file,
            line=data.count(b"\n", 0, error.start) + 1,
            rule="file-is-utf8",
            message=f"the file is not UTF-8{looks}",
            hint=f"convert it to UTF-8: iconv -f {source} -t UTF-8 {Path(file).name} > new.bib",
        )
        return data.decode(encoding or "utf-8", errors="replace"), [problem]


def _guess_encoding(data: bytes) -> str:
    """GB18030 if most bytes outside of ASCII come in pairs as in GB 2312; an empty text if we cannot tell."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    in_pairs = 2 * len(_GB_PAIR.findall(data))
    return "GB18030" if in_pairs > 0.8 * len(_HIGH_BYTE.findall(data)) else ""


def _set_apart(match: re.Match[str]) -> str:
    """Backslashes and the mark after them, with a space in between unless the mark is escaped.

    bibtexparser takes every mark after a backslash for an escaped one, also after a double backslash (a line
    break), and does not count an escaped newline as a line.
    """
    backslashes, mark = match.groups()
    is_escaped = len(backslashes) % 2 == 1 and mark != "\n"
    return match[0] if is_escaped or not mark else f"{backslashes} {mark}"


def _split_blocks(text: str) -> list[Block]:
    with _silenced("bibtexparser.splitter"):
        return parse_string(text, parse_stack=[]).blocks


@contextmanager
def _silenced(name: str) -> Iterator[None]:
    """Without what a logger says: all of it comes back as failed blocks, which become problems."""
    logger = logging.getLogger(name)
    was_disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was_disabled


class _Reader:
    """The entries of one file, the strings that they use, and what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self.entries: list[RawEntry] = []
        self._file = file
        self._strings = {name[:3]: str(number) for number, name in enumerate(MONTHS, start=1)}
        self._defined: set[str] = set()

    def check_characters(self, text: str) -> None:
        """Report invisible characters: the first one on each line."""
        line, counted, reported = 1, 0, 0
        for match in _INVISIBLE.finditer(text):
            line += text.count("\n", counted, match.start())
            counted = match.start()
            if line != reported:
                name = unicodedata.name(match[0], "CONTROL CHARACTER")
                self._report(
                    line,
                    "text-is-visible",
                    f"an invisible character stands here: U+{ord(match[0]):04X} {name}",
                    "delete it; such characters come along when text is copied from a web page or a PDF",
                    column=match.start() - text.rfind("\n", 0, match.start()),
                )
            reported = line

    def read_blocks(self, text: str) -> None:
        """Take every entry; report everything that is none and may have been meant as one."""
        text = _BACKSLASHES.sub(_set_apart, text)
        recovered = [_recover(block) for block in _split_blocks(text)]
        self._report_hidden_entries(text, recovered)
        for block in recovered:
            if isinstance(block, String):
                self._read_string(block)
        for block, before in zip(recovered, [None, *recovered], strict=False):
            self._read_block(block, before)

    def _read_block(self, block: Block, before: Block | None) -> None:
        if isinstance(block, Entry):
            self._check_line_start(block, before)
            self.entries.append(self._read_entry(block))
        elif isinstance(block, ParsingFailedBlock):
            self._report_failure(block)
        elif isinstance(block, ImplicitComment):
            if isinstance(before, Entry):
                self._check_stray_text(block)
        elif isinstance(block, ExplicitComment | Preamble | String):
            self._check_type(block)

    def _read_string(self, block: String) -> None:
        name, line = block.key.lower(), _line(block)
        if name in self._defined:
            message = f'the @string "{excerpt(block.key)}" is defined twice; the first one is used'
            self._report(line, "string-is-unique", message, "delete one of them, or give it another name")
            return
        value = parse_value(block.value, self._strings)
        self._report_undefined(value.undefined, line)
        if value.rest:
            message = f'"{excerpt(value.rest)}" stands behind the value of the @string "{excerpt(block.key)}"'
            self._report(line + value.rest_line, _SYNTAX, message, "write one @string{…} for each")
        self._defined.add(name)
        self._strings[name] = value.text

    def _read_entry(self, block: Entry) -> RawEntry:
        fields: dict[str, RawField] = {}
        for field in block.fields:
            for each, written in self._read_field(field):
                if each in fields:
                    message = f"{excerpt(block.key)}: the field {each} is given twice; the first one is used"
                    self._report(written.line, "field-is-unique", message, "delete one of them")
                elif each:
                    fields[each] = written
        return RawEntry(
            entry_type=block.entry_type.lower(),
            citekey=block.key,
            line=_line(block),
            fields=MappingProxyType(fields),
        )

    def _read_field_name(self, field: Field) -> str:
        """The name in lower case; of one with other text before it the last word, unless after a ``%``."""
        if _FIELD_NAME.fullmatch(field.key):
            return field.key.lower()
        line = field.start_line + 1 - field.key.count("\n")
        hint = "an entry holds only name = {value}, with commas in between; no % comments"
        self._report(line, _SYNTAX, f'"{excerpt(field.key)}" is no name of a field', hint)
        last_line = field.key.rpartition("\n")[2]
        last_word = None if "%" in last_line else _LAST_WORD.search(last_line)
        return last_word[0].lower() if last_word else ""

    def _read_field(self, field: Field) -> Iterable[tuple[str, RawField]]:
        """The field, and those behind it that it swallowed because a comma is missing."""
        name, line = self._read_field_name(field), field.start_line + 1
        plain = parse_plain_value(field.value)
        if plain is not None:
            return ((name, RawField(value=plain, line=line)),)
        return self._read_values(name, field.value, line)

    def _read_values(self, name: str, raw: str, line: int) -> Iterator[tuple[str, RawField]]:
        while True:
            value = parse_value(raw, self._strings)
            self._report_undefined(value.undefined, line)
            if not raw:
                self._report(line, _SYNTAX, f"the field {name} has no value", f"write {name} = {{…}}")
            yield name, RawField(value=value.text, line=line)
            if not value.rest:
                return
            following = _NEXT_FIELD.match(value.rest)
            line += value.rest_line
            if not following:
                message = f'"{excerpt(value.rest)}" stands behind the value of {name}'
                self._report(line, _SYNTAX, message, f"write the whole value in braces: {name} = {{…}}")
                return
            message = f"a comma is missing after the value of {name}"
            self._report(line, _SYNTAX, message, "write a comma behind it")
            name, raw = following[1].lower(), value.rest[following.end() :]
            line += value.rest.count("\n", 0, following.end())

    def keep_citable(self, entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
        """The entries that a page can cite: those with a well-formed citekey, the first of each."""
        first_with: dict[str, RawEntry] = {}
        first_like: dict[str, RawEntry] = {}
        for entry in entries:
            if entry.entry_type in _NO_WORKS:
                message = f"@{entry.entry_type} is not read: {excerpt(entry.citekey)}"
                hint = "write each work as an entry of its own, with all of its fields"
                self._report(entry.line, "type-is-known", message, hint, severity=Severity.WARNING)
            elif not is_citekey(entry.citekey):
                self._report_citekey(entry)
            elif (first := first_with.setdefault(entry.citekey, entry)) is not entry:
                self._report_repeated(entry, f"is already used on line {first.line}; this entry is left out")
            else:
                alike = first_like.setdefault(entry.citekey.casefold(), entry)
                if alike is not entry:
                    other = f'"{alike.citekey}" on line {alike.line}'
                    self._report_repeated(entry, f"differs from {other} only in small and capital letters")
                yield entry

    def _report_repeated(self, entry: RawEntry, what: str) -> None:
        message = f'the citekey "{entry.citekey}" {what}'
        self._report(entry.line, "citekey-is-unique", message, "give one of them another citekey")

    def _report_citekey(self, entry: RawEntry) -> None:
        wrong = f'"{excerpt(entry.citekey)}" is no citekey' if entry.citekey else "the entry has no citekey"
        proposal = _NOT_IN_CITEKEY.sub("", entry.citekey).strip(".")
        hint = "use letters a-z, digits and - _ . : + /"
        if any(letter.isalpha() for letter in proposal):
            hint = f"write {proposal}"
        self._report(entry.line, "citekey-is-well-formed", f"{wrong}; the entry is left out", hint)

    def resolve_crossrefs(self, entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
        """The entries, each with the fields that it takes over from the entry named in ``crossref``."""
        kept = list(entries)
        parents = {entry.citekey.casefold(): entry for entry in reversed(kept)}
        find_near = cache(lambda key: did_you_mean(key, (entry.citekey for entry in kept)))
        for entry in kept:
            if "xdata" in entry.fields:
                self._report_crossref(entry, "xdata", "xdata is not read", Severity.WARNING)
            parent_key = entry.fields["crossref"].value if "crossref" in entry.fields else ""
            parent = parents.get(parent_key.casefold())
            if parent is None and parent_key:
                message = f'crossref names "{excerpt(parent_key)}", which is no entry'
                self._report_crossref(entry, "crossref", message, hint=find_near(parent_key))
            elif parent and "crossref" in parent.fields:
                message = f'crossref names "{parent.citekey}", which has a crossref of its own: not followed'
                self._report_crossref(entry, "crossref", message, Severity.WARNING)
            yield _inherit(entry, parent) if parent else entry

    def _report_crossref(
        self, entry: RawEntry, field: str, message: str, severity: Severity = Severity.ERROR, hint: str = ""
    ) -> None:
        self._report(
            entry.fields[field].line,
            "crossref-resolves",
            f"{entry.citekey}: {message}",
            hint or "write the fields into the entry itself",
            severity=severity,
        )

    def _report_undefined(self, words: Iterable[str], line: int) -> None:
        for word in words:
            self._report(
                line,
                "string-is-defined",
                f'"{excerpt(word)}" stands without braces and is no @string',
                did_you_mean(word.lower(), self._strings) or f"write {{{excerpt(word)}}}",
            )

    def _report_failure(self, block: ParsingFailedBlock) -> None:
        raw = block.raw or ""
        what = f'"{excerpt(raw)}" is not read'
        if _own_type(block) == "comment":
            hint = "an entry in a comment is read all the same; delete it"
            self._report(_line(block), _SYNTAX, f"{what}: the comment holds entries", hint)
            return
        reason = block.error.abort_reason if isinstance(block.error, BlockAbortedException) else ""
        self._report(_line(block), _SYNTAX, f"{what}: {_explain(reason)}", _hint_for(raw, reason))

    def _report_hidden_entries(self, text: str, blocks: Iterable[Block]) -> None:
        """Report what begins like an entry, but is none for bibtexparser and stands in no value either.

        At the beginning of a line it is reported in a value, too: there, a brace is more likely missing.
        """
        line_starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        ends: dict[int, int] = {}
        start = -1
        for block in blocks:
            if not isinstance(block, ImplicitComment):
                raw = block.raw or ""
                start = text.find(raw, max(line_starts[_line(block) - 1], start + 1))
                ends[start] = start + (len(raw) if isinstance(block, Entry | String | Preamble) else 0)
        end = 0
        for match in _BLOCK_START.finditer(text):
            if match.start() in ends:
                end = ends[match.start()]
                continue
            line = bisect_right(line_starts, match.start())
            before = text[line_starts[line - 1] : match.start()]
            if match.start() >= end or not before.strip():
                message = f'"{excerpt(text[match.start() : match.start() + 200])}" is not read as an entry'
                hint = f"begin it on a line of its own, as @{match[1].lower()}{{citekey,"
                self._report(line, _SYNTAX, message, hint)

    def _check_line_start(self, block: Entry, before: Block | None) -> None:
        """An entry begins on a line of its own: BibTeX has no ``%`` comments, it reads the entry."""
        if not isinstance(before, ImplicitComment):
            return
        if _line(before) + (before.raw or "").count("\n") == _line(block):
            message = f'the entry "{excerpt(block.key)}" is read in spite of the text before it on its line'
            hint = "begin an entry on a line of its own; BibTeX has no % comments, delete what is not wanted"
            self._report(_line(block), _SYNTAX, message, hint, severity=Severity.WARNING)

    def _check_stray_text(self, block: ImplicitComment) -> None:
        raw = block.raw or ""
        if match := _STRAY.search(raw):
            line = _line(block) + raw.count("\n", 0, match.end())
            message = f'"{excerpt(raw)}" stands outside of all entries and is not read'
            self._report(line, _SYNTAX, message, "there may be one closing brace too many above")

    def _check_type(self, block: Block) -> None:
        """bibtexparser also takes ``@commentary`` for a comment and ``@strings`` for a string."""
        own_type = _own_type(block)
        if own_type not in _NO_ENTRIES:
            message = f'there is no type "@{own_type}": "{excerpt(block.raw or "")}" is not read'
            self._report(_line(block), "type-is-known", message, did_you_mean(own_type, _NO_ENTRIES))

    def _report(
        self,
        line: int,
        rule: str,
        message: str,
        hint: str = "",
        *,
        column: int = 1,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.problems.append(
            Problem(
                file=self._file,
                line=line,
                column=column,
                rule=rule,
                message=message,
                hint=hint,
                severity=severity,
            )
        )


def is_citekey(text: str) -> bool:
    """Whether a text can be cited, and can stand in a URL and in a file's path without changing its meaning.

    >>> is_citekey("lin2012"), is_citekey("lin/2012:a"), is_citekey("林2012"), is_citekey("../lin")
    (True, True, False, False)
    """
    return bool(_CITEKEY.fullmatch(text)) and all(part.strip(".") for part in text.split("/"))


def _recover(block: Block) -> Block:
    """The entry or string that bibtexparser set aside because of a name that occurs twice."""
    if isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        return _recover(block.ignore_error_block)
    return block


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _own_type(block: Block) -> str:
    match = _OWN_TYPE.match(block.raw or "")
    return match[1].lower() if match else ""


def _explain(reason: str) -> str:
    """What bibtexparser's reason for giving up means for the author."""
    for beginning, meaning in _MEANINGS.items():
        if reason.startswith(beginning):
            return meaning
    return "it is not closed as it was opened"


def _hint_for(raw: str, reason: str) -> str:
    if not reason.startswith(_NO_CITEKEY):
        return ""
    if mark := _FULL_WIDTH_MARK.search(raw):
        return f'"{mark[0]}" is a full-width mark; BibTeX needs the ASCII one'
    return "begin with @article{citekey,"


def _inherit(entry: RawEntry, parent: RawEntry) -> RawEntry:
    """The entry with the fields that only its parent has; a book's title becomes a ``booktitle``."""
    line = entry.fields["crossref"].line
    own = {name: field for name, field in entry.fields.items() if name != "crossref"}
    taken = {name: field.value for name, field in parent.fields.items() if name not in _NOT_INHERITED}
    if find_kind(entry.entry_type, has_url=False, has_eprint=False) in (Kind.CHAPTER, Kind.CONFERENCE_PAPER):
        title = taken.pop("title", "")
        taken.setdefault("booktitle", title)
    inherited = {name: RawField(value=value, line=line) for name, value in taken.items()}
    return replace(entry, fields=MappingProxyType({**inherited, **own}))
