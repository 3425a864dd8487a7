"""Structured data: what is read, what is refused and how it is said (see cases/records/README.md)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from macros.locales import load_labels
from macros.problems import Problem
from macros.records import Collection, check_record_references, load_collections
from macros.records.expressions import parse_expression
from macros.source_text import parse_yaml, read_source
from macros.summary_tables import build_table, render_table

HERE = Path(__file__).parent
CASES = HERE / "cases" / "records"
LOCALES = ("zh", "en")
CITEKEYS = {"ito2019", "wang2021"}
EXPECTATION = re.compile(r"# expect: ([a-z-]+(?:, [a-z-]+)*)")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the invented collections, to be damaged."""
    shutil.copytree(HERE / "collections", tmp_path / "data")
    return tmp_path / "data"


def load(data: Path) -> tuple[dict[str, Collection], list[Problem]]:
    collections, problems = load_collections(data, data.parent, LOCALES)
    return dict(collections), [*problems, *check_record_references(collections, CITEKEYS)]


def expected(path: Path) -> set[tuple[int, str]]:
    return {
        (number, rule)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for match in [EXPECTATION.search(line)]
        if match
        for rule in match[1].split(", ")
    }


def cases(folder: str) -> list[object]:
    return [pytest.param(path, id=path.stem) for path in sorted((CASES / folder).glob("*.yml"))]


def assert_reported(case: Path, data: Path, target: str) -> None:
    shutil.copy(case, data / target)
    _, problems = load(data)
    assert {(problem.line, problem.rule) for problem in problems if problem.file == f"data/{target}"} == (
        expected(case)
    )
    assert expected(case) or case.stem.startswith("good-")


@pytest.mark.parametrize("case", cases("records"))
def test_a_mistake_in_a_record_is_reported_at_its_line(case: Path, data: Path) -> None:
    assert_reported(case, data, "tea/records/case.yml")


@pytest.mark.parametrize("case", cases("views"))
def test_a_mistake_in_a_view_is_reported_at_its_line(case: Path, data: Path) -> None:
    assert_reported(case, data, "tea/views.yml")


@pytest.mark.parametrize("case", cases("schemas"))
def test_a_mistake_in_a_schema_is_reported_at_its_line(case: Path, data: Path) -> None:
    assert_reported(case, data, "tea/schema.yml")


def test_a_good_collection_has_no_problems_and_its_records_come_by_id(data: Path) -> None:
    collections, problems = load(data)
    assert problems == []
    assert list(collections) == ["tea"]
    assert list(collections["tea"].records) == ["longjing", "qimen", "yabukita"]


def test_messages_use_the_words_of_the_author(data: Path) -> None:
    shutil.copy(CASES / "records" / "unknown-code.yml", data / "tea" / "records" / "case.yml")
    _, problems = load(data)
    assert [(problem.message, problem.hint) for problem in problems] == [
        ("colour: “gren” is not one of green, black, white", 'did you mean "green"?'),
        ("aroma: “chesnut” is not one of orchid, chestnut, seaweed", 'did you mean "chestnut"?'),
    ]


def test_a_value_without_its_place_is_told_how_to_write_it(data: Path) -> None:
    shutil.copy(CASES / "records" / "plain-value-for-a-fact.yml", data / "tea" / "records" / "case.yml")
    _, problems = load(data)
    assert (
        problems[0].message == "colour: “green” is neither a value with its place nor one of NR, NA, UC, NX"
    )
    assert problems[0].hint == "write {value: green, src: …}"


def test_an_invariant_speaks_both_languages_and_shows_itself(data: Path) -> None:
    shutil.copy(CASES / "records" / "sums-and-formulas.yml", data / "tea" / "records" / "case.yml")
    _, problems = load(data)
    found = next(problem for problem in problems if "do not add up" in problem.message)
    assert found.message == "遮荫与露天之和不等于总丛数 / shaded and open bushes do not add up"
    assert found.hint == "must be true: bushes.shaded.value + bushes.open.value == bushes.total.value"


def test_an_invariant_about_a_missing_value_says_nothing(data: Path) -> None:
    record = data / "tea" / "records" / "yabukita.yml"
    text = record.read_text("utf-8").replace("{value: 108, unit: bush, src: ito2019/2-p2}", "NR")
    record.write_text(re.sub(r"\n    basis: derived\n    formula: [^\n]*", "", text), "utf-8")
    assert load(data)[1] == []


@pytest.mark.parametrize("name", ["Yabukita.yml", "yabukita.yaml", "tie guan yin.yml", "藪北.yml"])
def test_a_file_whose_name_is_no_id_or_a_second_one_is_reported(name: str, data: Path) -> None:
    records = data / "tea" / "records"
    shutil.copy(records / "yabukita.yml", records / name)
    _, problems = load(data)
    assert {(problem.file, problem.rule) for problem in problems} >= {
        (f"data/tea/records/{name}", "record-id-is-unique")
    }


def test_a_folder_without_a_schema_is_reported(data: Path) -> None:
    (data / "coffee").mkdir()
    collections, problems = load(data)
    assert "coffee" not in collections
    assert [(problem.file, problem.rule) for problem in problems] == [
        ("data/coffee/schema.yml", "file-exists")
    ]


def test_a_site_without_data_has_no_collections(tmp_path: Path) -> None:
    assert load(tmp_path / "data") == ({}, [])


def test_a_record_that_names_a_record_of_another_collection_needs_it_to_exist(data: Path) -> None:
    (data / "disputes" / "records").mkdir(parents=True)
    (data / "disputes" / "schema.yml").write_text(
        "x-title: {zh: 争议, en: Disputes}\ntype: object\n", "utf-8"
    )
    (data / "disputes" / "records" / "longjing-color.yml").write_text("{}\n", "utf-8")
    _, problems = load(data)
    assert [(problem.rule, problem.file, problem.line) for problem in problems] == [
        ("record-reference-resolves", "data/tea/records/longjing.yml", 16)
    ]
    assert problems[0].hint == 'did you mean "longjing-color"?'


@pytest.mark.parametrize(("role", "refused"), [("x-role: source-map\n", []), ("", ["teabook"])])
def test_a_place_may_lie_in_a_source_that_has_a_map_but_no_reference(
    data: Path, role: str, refused: list[str]
) -> None:
    (data / "sources" / "records").mkdir(parents=True)
    schema = f"x-title: {{zh: 来源, en: Sources}}\n{role}type: object\n"
    (data / "sources" / "schema.yml").write_text(schema, "utf-8")
    (data / "sources" / "records" / "teabook.yml").write_text("{}\n", "utf-8")
    record = data / "tea" / "records" / "longjing.yml"
    written = record.read_text("utf-8")
    line = next(line for line in written.splitlines() if line.startswith("colour:"))
    record.write_text(written.replace(line, "colour: {value: green, src: teabook/1-p1}"), "utf-8")
    _, problems = load(data)
    found = [problem for problem in problems if problem.rule == "record-reference-resolves"]
    assert [name for problem in found for name in refused if name in problem.message] == refused
    assert len(found) == len(refused)


def test_a_value_knows_its_place_from_the_mapping_around_it(data: Path) -> None:
    collection = load(data)[0]["tea"]
    first, second = collection.find(collection.records["yabukita"], "steeps.temperature")
    assert (first.place, first.content, first.detail("unit")) == ("ito2019/2-p3", 70, "degree")
    assert second.path == ("steeps", "second", "temperature")
    (title,) = collection.find(collection.records["longjing"], "title_says.colour")
    assert (title.place, title.basis, title.content) == ("wang2021/title", "title", "white")


def test_a_missing_code_stands_for_everything_below_it(data: Path) -> None:
    collection = load(data)[0]["tea"]
    (value,) = collection.find(collection.records["longjing"], "steeps.temperature")
    assert value.missing == "NR"


def test_the_fields_carry_titles_vocabularies_and_units_through_references(data: Path) -> None:
    fields = load(data)[0]["tea"].fields
    assert fields["bushes.total"].title == {"zh": "总数", "en": "All"}
    assert fields["bushes.total"].details["unit"].terms["bush"].singular == {"zh": "丛", "en": "bush"}
    assert list(fields["title_says.colour"].vocabulary.terms) == ["green", "black", "white"]
    assert fields["steeps"].is_many
    assert not fields["aroma"].is_many
    assert "steeps.src" not in fields


def test_standard_json_schema_reads_the_same_files_as_editors_do(data: Path) -> None:
    def plain(name: str) -> Any:
        source, _ = read_source(data / name, data)
        assert source is not None
        document, _ = parse_yaml(source)
        assert document is not None
        return document.value

    registry: Registry[Any] = Registry().with_resources(
        (f"file:///{name}", DRAFT202012.create_resource(plain(name)))
        for name in ("definitions.yml", "tea/schema.yml")
    )
    validator = Draft202012Validator({"$ref": "file:///tea/schema.yml"}, registry=registry)
    good = plain("tea/records/yabukita.yml")
    assert list(validator.iter_errors(good)) == []
    assert list(validator.iter_errors({**good, "colour": {"value": "gren", "src": "ito2019/1"}}))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("bushes.shaded.value + bushes.open.value", 219),
        ("'chestnut' in aroma.value", True),
        ("yield is stated and garden is missing", True),
        ("id is starting_with('ya')", True),
        ("steeps['first'].time.value * 60", 60),
    ],
)
def test_an_expression_reads_a_record(expression: str, value: object) -> None:
    record = {
        "id": "yabukita",
        "bushes": {"shaded": {"value": 108}, "open": {"value": 111}},
        "aroma": {"value": ["chestnut"]},
        "yield": {"value": 2},
        "garden": "NR",
        "steeps": {"first": {"time": {"value": 1}}},
    }
    parsed, mistake = parse_expression(expression)
    assert mistake == ""
    assert parsed is not None
    assert parsed.evaluate(record).value == value


@pytest.mark.parametrize(
    "expression",
    [
        "open('/etc/passwd')",
        "name.upper()",
        "''.__class__",
        "name.__class__.__mro__[1].__subclasses__()",
        "x ** 9999999",
        "'x' ~ 'y'",
        "{% for x in y %}{% endfor %}",
        "a if b else c",
        "name|center(99999999)",
        "name|attr('__class__')",
        "name[0:5]",
        "",
    ],
)
def test_an_expression_that_is_more_than_arithmetic_is_refused_or_reaches_nothing(expression: str) -> None:
    parsed, mistake = parse_expression(expression)
    assert mistake if parsed is None else not parsed.evaluate({"name": "Yabukita"}).is_known


_SCRAPS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["NR", "green", "bush", "ito2019/1-p1", "", "龙井"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "unit", "src", "min", "max", "zh", "en", "field", "basis", "formula"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
_FIELDS = ["reference", "name", "colour", "aroma", "bushes", "yield", "steeps", "title_says", "conflicts"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(_FIELDS), _SCRAPS, max_size=len(_FIELDS)))
def test_no_record_whatever_it_holds_makes_loading_or_a_table_fail(
    values: dict[str, object], data: Path
) -> None:
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    (data / "tea" / "records" / "case.yml").write_text(text, "utf-8")
    collections, problems = load(data)
    assert all(problem.line >= 1 and "\n" not in problem.message for problem in problems)
    labels, _ = load_labels([HERE.parent / "macros" / "labels.yml"], HERE, LOCALES)
    for view in collections["tea"].views:
        table = build_table(collections["tea"], view, "zh", labels)
        assert render_table(table, labels, url_for_reference=str, url_for_place=str)
