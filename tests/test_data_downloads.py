"""What readers take away: the tables hold what the records say, and the package describes the tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from macros.data_downloads import data_downloads, disarm, find_tables
from macros.downloads import downloads, list_downloads, render_downloads
from macros.records import Collection, load_collections
from macros.render_context import RenderContext
from macros.site import Site

HERE = Path(__file__).parent
ROOT = HERE.parent

# Copied by hand from tests/collections/tea/records.
TEA = '''\
id,reference,name.zh,name.en,colour,colour.place,aroma,aroma.relation,aroma.place,organic,organic.place,\
bushes.total,bushes.total.unit,bushes.total.place,bushes.shaded,bushes.shaded.unit,bushes.shaded.place,\
bushes.open,bushes.open.unit,bushes.open.place,yield.min,yield.max,yield.unit,yield.place,\
title_says.colour,title_says.colour.place,steeps.count,conflicts.count
longjing,wang2021,龙井,Longjing,green,wang2021/1-p1,chestnut,,wang2021/1-p1,,,\
NR,,,NA,,,UC,,,2.5,2.5,kilogram,wang2021/1-p2,white,wang2021/title,NR,1
qimen,wang2021,祁门,"<b>Qimen</b> & ""Keemun""",black,wang2021/1-p3,NR,,,,,\
1,bush,wang2021/1-p3,NR,,,NR,,,NR,NR,,,,,1,
yabukita,ito2019,薮北,Yabukita,green,ito2019/2-p1,seaweed;chestnut,or,ito2019/2-p1,true,ito2019/2-p1,\
219,bush,ito2019/2-p2,108,bush,ito2019/2-p2,111,bush,ito2019/2-p2,\
100000,1000000,gram,ito2019/2-p2,,,2,
'''

STEEPS = """\
record_id,entry_id,verdict,temperature.min,temperature.max,temperature.unit,temperature.place,\
time,time.unit,time.place,note.zh,note.en
qimen,only,UC,NR,NR,,,NR,,,,
yabukita,first,sweet,70,70,degree,ito2019/2-p3,1,minute,ito2019/2-p3,,
yabukita,second,bitter,90,95.5,degree,ito2019/2-p3,10,second,ito2019/2-p3,\
原文作“近沸”。,The source says “near boiling”.
"""


@pytest.fixture
def tea(make_site: Callable[..., Site]) -> Site:
    collections, problems = load_collections(HERE / "collections", HERE, ("zh", "en"))
    assert problems == []
    return replace(make_site(), collections=collections)


def read_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def expected_rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def package_of(files: Mapping[str, bytes]) -> Any:
    return json.loads(files["downloads/datapackage.json"])


def resource(package: Any, name: str) -> Any:
    return next(found for found in package["resources"] if found["name"] == name)


def test_a_table_of_records_holds_what_the_records_say(tea: Site) -> None:
    assert read_rows(data_downloads(tea)["downloads/tea.csv"]) == expected_rows(TEA)


def test_a_field_with_many_parts_is_a_table_of_its_own(tea: Site) -> None:
    files = data_downloads(tea)
    assert read_rows(files["downloads/steeps.csv"]) == expected_rows(STEEPS)
    conflicts = "record_id,entry_id,field,dispute\nlongjing,1,colour,longjing-colour\n"
    assert read_rows(files["downloads/conflicts.csv"]) == expected_rows(conflicts)


def test_a_table_begins_with_a_byte_order_mark_and_ends_its_lines_with_crlf(tea: Site) -> None:
    for path, content in data_downloads(tea).items():
        if path.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
            assert content.count(b"\n") == content.count(b"\r\n")


def test_the_json_holds_the_records_as_they_were_read_and_the_words_for_them(tea: Site) -> None:
    written = json.loads(data_downloads(tea)["downloads/tea.json"])
    for record, read in zip(written["records"], tea.collections["tea"].records.values(), strict=True):
        assert record == {"id": read.id, **read.values}
    assert written["fields"]["bushes.total"]["title"] == {"zh": "总数", "en": "All"}
    assert written["fields"]["bushes.total"]["vocabularies"]["unit"] in written["vocabularies"]
    assert written["vocabularies"]["colour"]["green"] == {"zh": "绿茶", "en": "green"}


def test_the_list_of_codes_gives_the_words_for_every_code_of_a_table(tea: Site) -> None:
    rows = read_rows(data_downloads(tea)["downloads/vocabularies.csv"])
    assert rows[0] == ["collection", "field", "code", "zh", "en"]
    assert rows[1] == ["*", "*", "NR", "未报告", "not reported"]
    assert ["tea", "colour", "black", "红茶", "black"] in rows
    assert ["tea", "steeps.temperature.unit", "degree", "℃", "℃"] in rows
    assert ["tea", "aroma.relation", "or", "或", "or"] in rows


def test_the_package_says_types_keys_and_why_values_are_missing(tea: Site) -> None:
    package = package_of(data_downloads(tea))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    schema = resource(package, "tea")["schema"]
    types = {field["name"]: field["type"] for field in schema["fields"]}
    names = ("id", "organic", "bushes.total", "yield.min", "steeps.count")
    assert [types[name] for name in names] == ["string", "boolean", "integer", "number", "integer"]
    assert {"value": "NR", "label": "未报告 / not reported"} in schema["missingValues"]
    assert [value["value"] for value in schema["missingValues"]] == ["NR", "NA", "UC", "NX", ""]
    keys = resource(package, "steeps")["schema"]
    assert keys["primaryKey"] == ["record_id", "entry_id"]
    reference = {"resource": "tea", "fields": ["id"]}
    assert keys["foreignKeys"] == [{"fields": ["record_id"], "reference": reference}]


def test_two_fields_of_the_same_name_are_told_apart_by_their_collections(tea: Site) -> None:
    known = tea.collections["tea"]
    both: dict[str, Collection] = {"tea": known, "herbs": replace(known, name="herbs")}
    names = [table.name for table in find_tables(both)]
    assert names == ["tea", "tea-steeps", "tea-conflicts", "herbs", "herbs-steeps", "herbs-conflicts"]


def test_a_site_without_records_offers_its_references_only(make_site: Callable[..., Site]) -> None:
    site = make_site()
    assert [file.format for file in list_downloads(site)] == ["bib", "ris", "json"]
    assert data_downloads(site) == {}


def test_equal_sites_give_equal_bytes(tea: Site) -> None:
    assert data_downloads(tea) == data_downloads(tea)


def test_every_file_that_is_listed_is_there(real_site: Site) -> None:
    listed = [file.path for file in list_downloads(real_site)]
    assert listed
    assert set(listed) <= downloads(real_site).keys()
    for locale in real_site.settings.locale_codes:
        html = render_downloads(RenderContext(real_site, locale, real_site.url("downloads", locale)))
        assert html.count(" download>") == len(listed)


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "=", "-"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert disarm(text) == f"'{text}"


@pytest.mark.parametrize("text", ["=0.04", "=.04", "-12.5", "+3", "<0.001", "1=1", "a@b", "—", ""])
def test_a_number_or_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert disarm(text) == text


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    cell = disarm(text)
    assert cell.removeprefix("'") in (text, text.removeprefix("'"))
    if cell[:1] in {"=", "+", "-", "@"}:
        assert set(cell) <= set("=+-.%0123456789")


# The real data


def test_the_outcomes_of_lin_2017_are_in_the_table_with_their_p_values(real_site: Site) -> None:
    rows = read_rows(data_downloads(real_site)["downloads/outcomes.csv"])
    found = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows if row[0] == "lin2017"}
    for name, treated, control, p in (
        ("severe-infection-24w", "16.1", "33.3", "=0.04"),
        ("survival-24w", "73.2", "55.6", "=0.03"),
    ):
        row = found[name]
        assert [row[key] for key in ("treated", "control", "p")] == [treated, control, p]
        assert (row["treated.unit"], row["treated.place"]) == ("percent", "feng2023/3.1-p2")


def test_no_value_that_is_missing_is_left_blank(real_site: Site) -> None:
    rows = read_rows(data_downloads(real_site)["downloads/studies.csv"])
    studies = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert studies.keys() == real_site.collections["studies"].records.keys()
    for study in studies.values():
        assert all(study[name] for name in ("route", "dose.min", "dose.max", "n.total", "outcomes.count"))
    assert studies["lin2017"]["route"] == "NR"


@pytest.mark.site
@pytest.mark.parametrize("which", ["invented", "real"])
def test_frictionless_finds_the_tables_as_the_package_says(
    which: str, tea: Site, real_site: Site, tmp_path: Path
) -> None:
    files = data_downloads(tea if which == "invented" else real_site)
    for path, content in files.items():
        target = tmp_path / Path(path).name
        target.write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "note"]) == []
    assert report.stats["tasks"] == len(package_of(files)["resources"])


@pytest.mark.site
@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("yabukita,first", "nobody,first", "foreign-key"),
        ("yabukita,second", "yabukita,first", "primary-key"),
        (",70,", ",hot,", "type-error"),
    ],
)
def test_frictionless_sees_a_table_that_is_not_as_the_package_says(
    old: str, new: str, error: str, tea: Site, tmp_path: Path
) -> None:
    for path, content in data_downloads(tea).items():
        text = content.replace(old.encode(), new.encode()) if path.endswith("steeps.csv") else content
        (tmp_path / Path(path).name).write_bytes(text)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert error in [found for (found,) in report.flatten(["type"])]


@pytest.mark.site
def test_frictionless_reads_labelled_missing_values_as_missing(tea: Site, tmp_path: Path) -> None:
    for path, content in data_downloads(tea).items():
        (tmp_path / Path(path).name).write_bytes(content)
    rows = Package(str(tmp_path / "datapackage.json")).get_resource("tea").read_rows()
    totals = {row["id"]: row["bushes.total"] for row in rows}
    assert totals == {"longjing": None, "qimen": 1, "yabukita": 219}
