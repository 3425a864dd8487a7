"""Tags: the start tags, end tags and text of an HTML text, one after another.

Follows the tokenization of the HTML standard (13.2.5) as far as finished pages need it: comments,
raw text (scripts, styles), quoted and bare attributes, character references. It builds no tree.

Why not ``html.parser``: a site repeats its navigation on every page, so that reading tags is most
of the work, and this reads them two to three times as fast; and that module takes what stands in a
title or a text area for tags (Python 3.11 to 3.13.0), which browsers do not. A test holds the two
together on pages that are well formed.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from html import unescape

Attributes = Mapping[str, str]
"""By name in small letters; of a repeated attribute the first counts. No value is an empty text."""

_NAME = r"(?:=(?![\"'])|[^\s/>=])[^\s/>=]*+"
_VALUE = r"\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)"
_UNGROUPED_VALUE = _VALUE.replace("(", "").replace(")", "")
_ATTRIBUTE = re.compile(rf"({_NAME})(?:\s*+=\s*+(?:{_VALUE}|\Z))?+")
_TOKEN = re.compile(
    rf"<(?:(?P<end>/)?+(?P<name>[A-Za-z][^\s/>]*+)"
    rf"(?P<attributes>(?:[\s/]++|{_NAME}(?:\s*+=\s*+(?:{_UNGROUPED_VALUE}|(?=>)))?+)*+)>"
    r"|!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|[!?/][^>]*+>"
    # A tag that never ends, mostly for a quote that nothing closes: browsers drop the rest.
    r"|/?+[A-Za-z].*+)",
    re.DOTALL,
)
_RAW_TEXT_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
}
"""Elements whose content has no tags, up to their end tag."""


class TagReader(ABC):
    """Calls ``on_start``, ``on_end`` and ``on_text`` for what stands in a text, in its order."""

    def __init__(self) -> None:
        self._text = ""
        self._offset = 0
        self._end = 0
        self._line = 1
        self._counted = 0

    def read(self, text: str, *, is_xml: bool = False) -> None:
        """Read a whole text. In XML a slash closes any element, and no text is raw."""
        self._text = text
        position, find = 0, _TOKEN.search
        while match := find(text, position):
            start = match.start()
            if start > position:
                self._give_text(position, start)
            position = match.end()
            name = match["name"]
            if name is None:
                continue
            self._offset, self._end = start, position
            name = name.lower()
            if match["end"]:
                self.on_end(name)
                continue
            attributes = match["attributes"]
            self.on_start(name, _parse_attributes(attributes) if attributes else {})
            if is_xml and attributes.endswith("/"):
                self.on_end(name)
            elif not is_xml and name in _RAW_TEXT_ENDS:
                position = self._give_raw_text(name, position)
        if position < len(text):
            self._give_text(position, len(text))

    @property
    def line(self) -> int:
        """The 1-based line of the tag or text that is being read."""
        self._line += self._text.count("\n", self._counted, self._offset)
        self._counted = self._offset
        return self._line

    @property
    def span(self) -> tuple[int, int]:
        """Where the tag that is being read begins and ends in the text."""
        return self._offset, self._end

    @abstractmethod
    def on_start(self, tag: str, attributes: Attributes) -> None:
        """A start tag, its name in small letters."""

    @abstractmethod
    def on_end(self, tag: str) -> None:
        """An end tag."""

    @abstractmethod
    def on_text(self, text: str) -> None:
        """Text between two tags or comments, character references decoded."""

    def _give_text(self, start: int, end: int) -> None:
        self._offset = start
        text = self._text[start:end]
        self.on_text(unescape(text) if "&" in text else text)

    def _give_raw_text(self, name: str, start: int) -> int:
        found = _RAW_TEXT_ENDS[name].search(self._text, start)
        end = found.start() if found else len(self._text)
        if end > start:
            # The text of these two has character references (HTML standard, "RCDATA state").
            text = self._text[start:end]
            self._offset = start
            self.on_text(unescape(text) if name in ("title", "textarea") else text)
        return end


def _parse_attributes(text: str) -> Attributes:
    """The attributes of a start tag.

    >>> _parse_attributes(' href="a?b&amp;c" HREF=x data-x hidden=""')
    {'hidden': '', 'data-x': '', 'href': 'a?b&c'}
    """
    attributes = {}
    for name, double, single, bare in reversed(_ATTRIBUTE.findall(text)):
        value = double or single or bare
        attributes[name.lower()] = unescape(value) if "&" in value else value
    return attributes
