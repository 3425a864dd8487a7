"""Every way to write an address of the site leads to its one file, and to no other."""

from __future__ import annotations

from urllib.parse import quote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.built_site.addresses import Addresses, Place

FILES = ("index.html", "guide/index.html", "guide/tea/index.html", "a.csv", "茶/index.html", "guide/b c.csv")


@pytest.fixture
def addresses() -> Addresses:
    return Addresses(FILES, site_url="https://tea.example/book/")


names = st.sampled_from(FILES)


@given(names, names)
def test_a_relative_link_leads_where_a_browser_goes(source: str, target: str) -> None:
    """The standard library joins URLs by RFC 3986; the hop up and down is written by hand here."""
    site = Addresses(FILES)
    url = "../" * source.count("/") + quote(target)
    assert urljoin(f"https://tea.example/{quote(source)}", url) == f"https://tea.example/{quote(target)}"
    assert site.resolve(url, source)[0].file == target


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("./", "guide/index.html"),
        (".", "guide/index.html"),
        ("..", "index.html"),
        ("tea", "guide/tea/index.html"),
        ("tea/", "guide/tea/index.html"),
        ("b%20c.csv", "guide/b c.csv"),
        ("../%E8%8C%B6/", "茶/index.html"),
        ("../%e8%8c%b6/", "茶/index.html"),
        ("../茶/", "茶/index.html"),
        ("/book/", "index.html"),
        ("/book", "index.html"),
        ("/book/guide/../a.csv", "a.csv"),
        ("//tea.example/book/a.csv", "a.csv"),
        ("http://tea.example/book/a.csv?x", "a.csv"),
        ("HTTPS://TEA.example/book/a.csv", "a.csv"),
        ("#x", "guide/index.html"),
        ("?x#y", "guide/index.html"),
    ],
)
def test_an_address_has_its_file(addresses: Addresses, url: str, file: str) -> None:
    assert addresses.resolve(url, "guide/index.html")[0].file == file


@pytest.mark.parametrize(
    ("url", "fault", "hint"),
    [
        ("../gude/", "leads to no file", 'did you mean "guide"?'),
        ("../Guide/", "differs from the file's name in case", 'the name is "guide"'),
        ("../../a.csv", "climbs out of the site's root", "from here the root is ../"),
        ("/a.csv", "leaves the site, which lies below /book/", "write a relative link, or /book/a.csv"),
        ("../a.csv/", "ends in a slash, but is a file", 'the name is "a.csv"'),
        ("../%FF/", "is not percent-encoded UTF-8", ""),
        ("../%4/", "is not percent-encoded UTF-8", ""),
    ],
)
def test_a_missing_file_is_explained(addresses: Addresses, url: str, fault: str, hint: str) -> None:
    target, _ = addresses.resolve(url, "guide/index.html")
    assert (target.place, target.file, target.fault, target.hint) == (Place.INSIDE, "", fault, hint)


def test_the_base_path_comes_from_the_site_url_unless_it_is_given() -> None:
    assert Addresses([], site_url="https://tea.example/book").base == "/book/"
    assert Addresses([], "/draft", "https://tea.example/book/").base == "/draft/"
    assert Addresses([]).base == "/"


def test_a_host_is_the_same_in_capitals() -> None:
    site = Addresses(FILES, site_url="https://Tea.Example/book/")
    assert site.resolve("https://tea.example/book/a.csv", "index.html")[0].file == "a.csv"


def test_a_site_that_is_served_from_the_authors_machine_may_say_so() -> None:
    site = Addresses(FILES, site_url="http://localhost:8000/")
    assert site.resolve("http://localhost:8000/a.csv", "index.html")[0].file == "a.csv"
    assert site.resolve("http://localhost:9000/a.csv", "index.html")[0].place is Place.UNSAFE
