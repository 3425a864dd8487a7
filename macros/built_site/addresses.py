"""Addresses: which file of the site answers for a URL, as a browser and a static host see it.

A URL is taken apart once and the answer kept, because a navigation repeats the same ones on every
page. Which of the answers is a mistake is decided by the rules.

Sources: the URL standard (white space, schemes, ``//host``), RFC 3986 section 5 (relative
references, percent-encoding). A folder is answered by its ``index.html``. Names are compared
character by character, as hosts on Linux do, whatever the disk of the machine that checks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from macros.problems import did_you_mean

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_OTHER_SCHEMES = frozenset({"mailto", "tel", "sms", "ftp", "geo", "magnet", "data", "blob", "about"})
_HARMFUL_SCHEMES = frozenset({"javascript", "vbscript", "file"})
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|int|io|eu|cn|uk|de|fr|jp|tw)(?=[/:?]|$))", re.I
)
# RFC 6761 (localhost), RFC 6762 (.local), RFC 1918 and RFC 1122 (private and loopback addresses).
_PRIVATE_HOST = re.compile(
    r"(?:.*\.)?localhost|.*\.local|::1|0\.0\.0\.0"
    r"|(?:127|10)(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}"
)


class Place(Enum):
    """Where a URL leads."""

    INSIDE = auto()
    """Into the site, whether or not a file answers."""
    ELSEWHERE = auto()
    """To another host, or to another site on ours."""
    NO_PAGE = auto()
    """To a mail program, a telephone, data in the URL itself."""
    UNSAFE = auto()
    """Nowhere that a reader should be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a URL without its fragment leads to."""

    place: Place
    path: str = ""
    """Below the root of the site, decoded: ``guide/``."""
    file: str = ""
    """The file that answers; empty when none does."""
    host: str = ""
    """Of a URL that leads elsewhere."""
    scheme: str = ""
    fault: str = ""
    """What is wrong, to follow the URL in a message: ``has no page``."""
    hint: str = ""


class Addresses:
    """Resolves the URLs of one site.

    ``base`` is the path of the site on its host and ``site_url`` its whole public address. Where
    ``base`` is only ``/``, the path of ``site_url`` counts: links that forget it work on the
    author's machine and nowhere else.
    """

    def __init__(self, files: Iterable[str], base: str = "/", site_url: str = "") -> None:
        self.files = frozenset(files)
        self.site_url = site_url if not site_url or site_url.endswith("/") else site_url + "/"
        parts = urlsplit(self.site_url)
        self.host = parts.netloc.lower()
        path = base if base.strip("/") else unquote(parts.path)
        self.base = f"/{path.strip('/')}/" if path.strip("/") else "/"
        self._bases = (self.base, quote(self.base))
        self._known: dict[tuple[str, str], Target] = {}
        self._found: dict[str, Target] = {}

    def resolve(self, url: str, from_file: str) -> tuple[Target, str]:
        """The target of a URL that stands in a file, and the fragment as written."""
        address, _, fragment = _strip(url).partition("#")
        if address.startswith("?") or (not address and "#" in url):
            return Target(place=Place.INSIDE, path=from_file, file=from_file), fragment
        key = (from_file.rpartition("/")[0], address)
        target = self._known.get(key)
        if target is None:
            target = self._known[key] = self._resolve(address, from_file)
        return target, fragment

    def url_of(self, path: str) -> str:
        """The URL of a path below the root, as a page of the site may write it: ``/base/path``."""
        return self.base + path

    def _resolve(self, address: str, from_file: str) -> Target:
        if not address:
            return Target(place=Place.UNSAFE, fault="is empty")
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in ("http", "https"):
            return _resolve_scheme(scheme[1].lower(), address)
        if scheme or address.startswith("//"):
            return self._resolve_absolute(address)
        return self._resolve_path(address.partition("?")[0], from_file)

    def _resolve_absolute(self, address: str) -> Target:
        try:
            parts = urlsplit(address)
            host, host_and_port = parts.hostname or "", parts.netloc.lower()
        except ValueError as error:
            return Target(place=Place.UNSAFE, fault=f"is not a URL ({error})")
        if self.host and host_and_port == self.host:
            return self._resolve_on_own_host(parts.path)
        if _PRIVATE_HOST.fullmatch(host):
            return Target(place=Place.UNSAFE, fault="exists only on the author's machine")
        if "." not in host.strip(".") or re.search(r"[\s<>\"]", host):
            return Target(place=Place.UNSAFE, fault=f'has no complete host name ("{host}")')
        return Target(place=Place.ELSEWHERE, host=host, scheme=parts.scheme)

    def _resolve_on_own_host(self, path: str) -> Target:
        """Other sites may live on the same host, unless only our base path was forgotten."""
        below = self._below_base(path)
        if below is not None:
            return self._find(below)
        forgotten = _join(path)
        if forgotten and self._find(forgotten).file:
            return self._outside_base(path)
        return Target(place=Place.ELSEWHERE, host=self.host)

    def _resolve_path(self, path: str, from_file: str) -> Target:
        if path.startswith("/"):
            below = self._below_base(path)
            return self._outside_base(path) if below is None else self._find(below)
        folders = from_file.split("/")[:-1]
        joined = _join(path, folders)
        if joined is None:
            fault, root = "climbs out of the site's root", "../" * len(folders) or "./"
            return Target(place=Place.INSIDE, path=path, fault=fault, hint=f"from here the root is {root}")
        target = self._find(joined)
        if not target.file and _BARE_HOST.match(path):
            return Target(place=Place.UNSAFE, fault="names a host without https://", hint=f"https://{path}")
        return target

    def _below_base(self, path: str) -> str | None:
        joined = _join(path)
        if joined is None:
            return None
        normal = f"/{joined}"
        for base in self._bases:
            if normal.startswith(base):
                return normal.removeprefix(base)
            if f"{normal}/" == base:
                return ""
        return None

    def _outside_base(self, path: str) -> Target:
        return Target(
            place=Place.INSIDE,
            path=path,
            fault=f"leaves the site, which lies below {self.base}",
            hint=f"write a relative link, or {self.base}{path.lstrip('/')}",
        )

    def _find(self, path: str) -> Target:
        """The file for a path below the root that may be percent-encoded."""
        target = self._found.get(path)
        if target is None:
            target = self._found[path] = self._find_file(path)
        return target

    def _find_file(self, path: str) -> Target:
        if "%" in path:
            try:
                decoded = unquote(path, errors="strict")
            except UnicodeDecodeError:
                decoded = path
            if decoded == path or _BAD_PERCENT.search(path):
                return Target(place=Place.INSIDE, path=path, fault="is not percent-encoded UTF-8")
            path = decoded
        is_folder = path.endswith("/") or not path
        for file in (f"{path}index.html",) if is_folder else (path, f"{path}/index.html"):
            if file in self.files:
                return Target(place=Place.INSIDE, path=path, file=file)
        fault, hint = self._explain_missing(path)
        return Target(place=Place.INSIDE, path=path, fault=fault, hint=hint)

    def _explain_missing(self, path: str) -> tuple[str, str]:
        twin = self._folded.get(_fold(path.rstrip("/")))
        if twin is not None and twin != path.rstrip("/"):
            kind = "case" if twin.casefold() == path.rstrip("/").casefold() else "Unicode form (NFC, NFD)"
            return f"differs from the file's name in {kind}", f'the name is "{twin}"'
        if twin in self._folders:
            return "leads to a folder without index.html", ""
        if twin is not None:
            return "ends in a slash, but is a file", f'the name is "{twin}"'
        parent, _, name = path.rstrip("/").rpartition("/")
        return "leads to no file", did_you_mean(name, self._names_in.get(parent, ()))

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Every file and folder by its name without case and Unicode form."""
        return {_fold(name): name for name in (*self.files, *self._folders)}

    @cached_property
    def _folders(self) -> frozenset[str]:
        folders: set[str] = set()
        for file in self.files:
            while (file := file.rpartition("/")[0]) and file not in folders:
                folders.add(file)
        return frozenset(folders)

    @cached_property
    def _names_in(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for entry in (*self.files, *self._folders):
            parent, _, name = entry.rpartition("/")
            names.setdefault(parent, set()).add(name)
        return names


def is_relative(url: str) -> bool:
    """Whether the URL counts from the folder of its page, and so fails when the page is shown elsewhere.

    >>> is_relative("../guide/"), is_relative("/guide/"), is_relative("#top")
    (True, False, False)
    """
    return not re.match(rf"[/#?]|{_SCHEME.pattern}", _strip(url))


def _resolve_scheme(scheme: str, address: str) -> Target:
    if scheme in _HARMFUL_SCHEMES:
        return Target(place=Place.UNSAFE, scheme=scheme, fault=f"begins with {scheme}:")
    if scheme == "mailto":
        people = unquote(address.partition(":")[2].partition("?")[0])
        if people and not all(_MAIL.fullmatch(person.strip()) for person in people.split(",")):
            return Target(place=Place.UNSAFE, scheme=scheme, fault="is not a mail address")
    if scheme in _OTHER_SCHEMES:
        return Target(place=Place.NO_PAGE, scheme=scheme)
    return Target(
        place=Place.UNSAFE,
        scheme=scheme,
        fault=f'begins with the unknown scheme "{scheme}:"',
        hint=did_you_mean(scheme, {"https", "http", *_OTHER_SCHEMES}),
    )


def _strip(url: str) -> str:
    """Browsers drop white space around a URL, and tabs and line ends within."""
    return re.sub(r"[\t\r\n]", "", url.strip()) if url and (not url.isprintable() or " " in url) else url


def _join(path: str, folders: Sequence[str] = ()) -> str | None:
    """A path, seen from a folder, without ``.``, ``..`` and doubled slashes; None above the root.

    >>> _join("../b/", ["a"]), _join("..", ["a", "b"]), _join("../../b", ["a"])
    ('b/', 'a/', None)
    """
    steps = list(folders)
    step = ""
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    is_folder = step in ("", ".", "..") and steps
    return "/".join(steps) + ("/" if is_folder else "")


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
