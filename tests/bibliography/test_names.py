"""Names as BibTeX reads them (Patashnik, "BibTeXing", section 4) and as Chinese authors write them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.bibliography.model import Name, Organisation, Person
from macros.bibliography.names import COMPOUND_FAMILY_NAMES, parse_names

# Machines may be busy: how long an example takes is measured elsewhere.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_one(raw: str) -> Name:
    """The only name in a value that must hold no fault."""
    listed = parse_names(raw)
    assert listed.faults == ()
    (name,) = listed.names
    return name


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> Person:
    return Person(family=family, given=given, particle=particle, suffix=suffix)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Smith, John", person("Smith", "John")),
        ("John Smith", person("Smith", "John")),
        ("Smith", person("Smith")),
        ("Godard, Jean-Luc", person("Godard", "Jean-Luc")),
        ("Per Brinch Hansen", person("Hansen", "Per Brinch")),
        ("Brinch Hansen, Per", person("Brinch Hansen", "Per")),
        ("van den Engel, S.", person("Engel", "S.", "van den")),
        ("da Silva, L. F.", person("Silva", "L. F.", "da")),
        ("Ludwig van Beethoven", person("Beethoven", "Ludwig", "van")),
        ("Charles Joseph de la Vall{\\'e}e Poussin", person("Vallée Poussin", "Charles Joseph", "de la")),
        ("de la Vall{\\'e}e Poussin, Charles", person("Vallée Poussin", "Charles", "de la")),
        ("jean de la fontaine", person("fontaine", "", "jean de la")),
        ("Peebles, Jr, P. Z.", person("Peebles", "P. Z.", "", "Jr")),
        ("Peebles, Jr., P. Z.", person("Peebles", "P. Z.", "", "Jr")),
        ("von Gull, III, A.", person("Gull", "A.", "von", "III")),
        ("Donald~E. Knuth", person("Knuth", "Donald E.")),
        ("Ch{\\'a}vez-Tapia, N. C.", person("Chávez-Tapia", "N. C.")),
        ("{\\v{S}}t{\\v e}p{\\'a}n, J.", person("Štěpán", "J.")),
        ("{\\'E}tienne de {La Rue}", person("La Rue", "Étienne", "de")),
        ("{van Gull}, A.", person("van Gull", "A.")),
        ("{de Gull} Wren, A.", person("de Gull Wren", "A.")),
        ("{\\'e}mile Gull", person("Gull", "", "émile")),
        ("O'Brien, T.", person("O'Brien", "T.")),
        ("al-Rashid, A.", person("al-Rashid", "A.")),
        ("Müller, Zoé", person("Müller", "Zoé")),
        ("Malcolm {X}", person("X", "Malcolm")),
    ],
)
def test_western_names_are_split_as_bibtex_splits_them(raw: str, expected: Person):
    assert read_one(raw) == expected


@pytest.mark.parametrize(
    ("raw", "family", "given"),
    [
        ("张三", "张", "三"),
        ("张, 三", "张", "三"),
        ("张 三", "张", "三"),
        ("林沪", "林", "沪"),
        ("王小明", "王", "小明"),
        ("王, 小 明", "王", "小明"),
        ("欧阳修", "欧阳", "修"),
        ("欧阳, 修", "欧阳", "修"),
        ("司马相如", "司马", "相如"),
        ("諸葛亮", "諸葛", "亮"),
        ("欧阳", "欧阳", ""),
        ("王", "王", ""),
        ("𠮷田", "𠮷", "田"),
    ],
)
def test_han_names_have_the_family_name_first_with_or_without_a_comma(raw: str, family: str, given: str):
    assert read_one(raw) == person(family, given)


@pytest.mark.parametrize("raw", ["卡尔·马克思", "高橋さくら"])
def test_names_that_are_not_han_alone_are_not_cut(raw: str):
    assert read_one(raw) == person(raw)


def test_compound_family_names_have_two_letters():
    assert {len(name) for name in COMPOUND_FAMILY_NAMES} == {2}
    assert {"欧阳", "司马", "上官", "诸葛", "慕容", "尉迟", "歐陽"} <= COMPOUND_FAMILY_NAMES


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("{World Health Organization}", "World Health Organization"),
        ("{{WHO}}", "WHO"),
        ("{Gull and Wren, Inc.}", "Gull and Wren, Inc."),
        ("{Ministry of Health, Labour and Welfare}", "Ministry of Health, Labour and Welfare"),
        ("{中华人民共和国国家卫生和计划生育委员会}", "中华人民共和国国家卫生和计划生育委员会"),
        ("{R\\&D {\\'E}quipe}", "R&D Équipe"),
        ("{张三}", "张三"),
    ],
)
def test_a_name_in_braces_is_an_organisation(raw: str, name: str):
    assert read_one(raw) == Organisation(name=name)


def test_and_separates_only_outside_of_braces():
    names = parse_names("{Gull and Wren} and Tit, A. AND Robin, B.\nand {Nest {and} Box}").names
    assert names == (
        Organisation(name="Gull and Wren"),
        person("Tit", "A."),
        person("Robin", "B."),
        Organisation(name="Nest and Box"),
    )


def test_a_stray_closing_brace_hides_no_name():
    assert parse_names("Gull}, A. and {Wren}, B.").names == (person("Gull", "A."), person("Wren", "B."))


def test_and_inside_a_word_separates_nothing():
    assert parse_names("Anderson, Sandy and Brand, A.").names == (
        person("Anderson", "Sandy"),
        person("Brand", "A."),
    )


@pytest.mark.parametrize("raw", ["others", "Gull, A. and others"])
def test_others_truncates_the_list_and_is_nobody(raw: str):
    listed = parse_names(raw)
    assert listed.truncated
    assert listed.faults == ()
    assert len(listed.names) == raw.count("Gull")


def test_others_in_braces_is_a_name():
    assert read_one("{others}") == Organisation(name="others")


@pytest.mark.parametrize(
    "raw", ["A, B, C, D", "A, B, C, D, E", "Smith,", "Smith, A,", ", A", ",", "张三, 李四, 王五", "A, , B"]
)
def test_too_many_or_empty_parts_become_one_literal_name_and_a_fault(raw: str):
    listed = parse_names(raw)
    assert listed.names == (Organisation(name=raw),)
    assert len(listed.faults) == 1
    assert listed.faults[0].hint


@pytest.mark.parametrize("raw", ["Gull, A.; Wren, B.", "张三；李四", "张三、李四", "欧阳，修"])
def test_other_separators_than_and_are_a_fault(raw: str):
    (fault,) = parse_names(raw).faults
    assert fault.hint == 'write "and" between two names'


@pytest.mark.parametrize(
    ("raw", "expected", "hint"),
    [
        ("Wren, D., Jr.", person("Wren", "D.", "", "Jr"), 'write "Wren, Jr., D."'),
        ("Donald Wren Jr.", person("Wren", "Donald", "", "Jr"), 'write "Wren, Jr., Donald"'),
        ("Smith J", person("Smith", "J"), 'write "Smith, J"'),
        ("van den Engel SA", person("Engel", "SA", "van den"), 'write "van den Engel, SA"'),
    ],
)
def test_parts_in_another_order_are_recovered_and_the_hint_says_what_to_write(
    raw: str, expected: Person, hint: str
):
    listed = parse_names(raw)
    assert listed.names == (expected,)
    assert [fault.hint for fault in listed.faults] == [hint]


@pytest.mark.parametrize("raw", ["Gull, A. and et al.", "Gull, A. et al", "王三 等", "王三 and 等"])
def test_et_al_written_out_counts_as_others_and_is_a_fault(raw: str):
    listed = parse_names(raw)
    assert listed.truncated
    assert len(listed.names) == 1
    assert [fault.hint for fault in listed.faults] == ['write "and others"']


@pytest.mark.parametrize(
    "raw", ["and Gull, A.", "Gull, A. and", "Gull, A. and and", "Gull, A. and {}", "Gull, A. and ~"]
)
def test_an_empty_name_is_left_out_and_reported_once(raw: str):
    listed = parse_names(raw)
    assert listed.names == (person("Gull", "A."),)
    assert [fault.fault for fault in listed.faults] == ["a name is missing"]


def test_names_after_others_are_kept_and_reported():
    listed = parse_names("Gull, A. and others and Wren, B.")
    assert len(listed.names) == 2
    assert listed.truncated
    assert len(listed.faults) == 1


def test_two_people_in_one_pair_of_braces_are_a_fault():
    (fault,) = parse_names("{Gull, A. and Wren, B.}").faults
    assert fault.hint == "take one pair of braces away"


def test_an_organisation_in_han_without_braces_is_a_fault():
    listed = parse_names("中国鸟类观察委员会")
    assert listed.names == (Organisation(name="中国鸟类观察委员会"),)
    assert len(listed.faults) == 1


def test_names_of_twenty_thousand_levels_or_parts_are_read():
    assert parse_names("{" * 20_000 + "x" + "}" * 20_000).names == (Organisation(name="x"),)
    assert len(parse_names(" and ".join(["Gull, A."] * 20_000)).names) == 20_000
    assert len(parse_names("Gull, " * 20_000).names) == 1


@UNHURRIED
@given(st.text(alphabet="Aa, .{}\\~'é张欧阳;and\n", max_size=40))
def test_any_value_gives_names_with_something_to_print_or_a_fault(raw: str):
    listed = parse_names(raw)
    assert all((name.family if isinstance(name, Person) else name.name) for name in listed.names)
    assert listed.names or listed.truncated or listed.faults


NAME = st.builds(
    lambda family, given: f"{family}, {given}",
    st.from_regex(r"[A-Z][a-z]{1,8}(-[A-Z][a-z]{1,8})?", fullmatch=True),
    st.from_regex(r"[A-Z]\.( [A-Z]\.)?", fullmatch=True),
)


@UNHURRIED
@given(st.lists(NAME, min_size=1, max_size=6))
def test_a_list_of_inverted_names_comes_back_as_it_was_written(names: list[str]):
    listed = parse_names(" and ".join(names))
    assert [f"{n.family}, {n.given}" for n in listed.names if isinstance(n, Person)] == names
    assert listed.faults == ()
