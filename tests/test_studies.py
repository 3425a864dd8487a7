"""The studies of the site hold what their source prints, no more and no less.

Every expected value was copied by hand from the source, Feng et al. 2023, when the studies were extracted for
the second time; none was taken from the records. The source maps, written by somebody else, are the witness
for the places and, once more, for the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from macros.bibliography.reading import load_bibliography
from macros.records import (
    MISSING_CODES,
    TITLE_PLACE,
    Collection,
    Record,
    find_facts,
    is_number,
    load_collections,
)
from macros.site import Site
from macros.source_maps import read_source_maps

ROOT = Path(__file__).resolve().parents[1]

NARRATED = {
    "3.1": [27, 28, 29, 30, 31, 32, 33],
    "3.2": [11, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45],
    "3.3": [46, 47, 48, 28, 49, 50, 50, 51, 36, 52, 53],
    "4.4": [29],
}
"""The number printed beside each narration. Two studies are narrated under the one number 50."""

STATED = [
    # 3.1
    ("salama2014", "follow_up.time", (26, "week")),
    ("salama2010", "n.treated", (48, "patient")),
    ("salama2010", "follow_up.time", (0.5, "year")),
    ("salama2010", "route", (["hepatic_artery", "portal_vein"], None)),
    ("amer2011", "predifferentiated", (True, None)),
    ("amer2011", "follow_up.time", (6, "month")),
    ("peng2011", "follow_up.time", (48, "week")),
    ("lin2017", "n.treated", (56, "patient")),
    ("lin2017", "dose", ({"min": 1e5, "max": 1e6}, "cell_per_kg")),
    ("lin2017", "interval", (1, "week")),
    ("lin2017", "treatment_duration", (4, "week")),
    ("lin2017", "infusions", (4, "infusion")),
    ("lin2017", "donor", ("allogeneic", None)),
    ("lin2017", "design.allocation", ("randomised", None)),
    ("lin2017", "design.blinding", ("open_label", None)),
    ("lin2017", "follow_up.time", (24, "week")),
    ("li2016", "n.treated", (11, "patient")),
    ("li2016", "dose", (1e8, "cell")),
    ("li2016", "dose_per", ("infusion", None)),
    ("li2016", "adverse_events.finding", ("none_observed", None)),
    ("li2016", "adverse_events.period", (24, "month")),
    # 3.2
    ("xu2014", "n.completed_treated", (20, "patient")),
    ("xu2014", "n.completed_control", (19, "patient")),
    ("xu2014", "follow_up.time", (24, "week")),
    ("mohamadnejad2013", "n.total", (27, "patient")),
    ("mohamadnejad2013", "n.treated", (15, "patient")),
    ("mohamadnejad2013", "n.control", (12, "patient")),
    ("mohamadnejad2013", "comparator", ("saline_placebo", None)),
    ("mohamadnejad2013", "conclusion", ("no_difference", None)),
    ("guo2019", "comparator", ("gcsf_alone", None)),
    ("guo2019", "follow_up.time", (10, "year")),
    ("khan2008", "etiology", (["hbv", "hcv"], None)),
    ("khan2008", "follow_up.time", (6, "month")),
    ("han2008", "follow_up.time", (6, "month")),
    ("zhang2012", "follow_up.time", (48, "week")),
    ("lin2012", "adverse_events.finding", ("rarely_observed", None)),
    ("shi2021", "n.total", (219, "patient")),
    ("shi2021", "n.treated", (108, "patient")),
    ("shi2021", "n.control", (111, "patient")),
    ("shi2021", "infusions", (3, "infusion")),
    ("shi2021", "interval", (4, "week")),
    # 3.3
    ("suk2016", "infusions", (2, "infusion")),
    ("liang2017", "follow_up.time", (2, "year")),
    ("mohamadnejad2007", "n.treated", (2, "patient")),
    ("guo2019-3.3", "n.treated", (6, "patient")),
    ("guo2019-3.3", "adverse_events.events.count", (2, "patient")),
    ("guo2019-3.3", "adverse_events.events.of", (6, "patient")),
    ("guo2019-3.3", "route", (["peripheral_vein"], None)),
]

FIGURES = [
    # record, measure, key, number, unit
    ("salama2014", "responders_liver_biochemistry", "treated", 54, "percent"),
    ("lin2017", "severe_infection", "treated", 16.1, "percent"),
    ("lin2017", "severe_infection", "control", 33.3, "percent"),
    ("lin2017", "cumulative_survival", "treated", 73.2, "percent"),
    ("lin2017", "cumulative_survival", "control", 55.6, "percent"),
    ("guo2019", "mean_survival", "before", 71, "month"),
    ("guo2019", "mean_survival", "after", 94, "month"),
    ("guo2019", "survival_rate", "before", 52.1, "percent"),
    ("guo2019", "survival_rate", "after", 71.2, "percent"),
    ("guo2019", "survival_rate", "timepoint", 5, "year"),
    ("shi2021", "overall_survival", "timepoint", {"min": 13, "max": 75}, "month"),
    ("suk2016", "liver_collagen_content", "change", 37, "percent"),
    ("guo2019-3.3", "deaths", "treated", 2, "patient"),
]

NOT_REPORTED = [
    ("salama2014", "n.total"),
    ("salama2014", "comparator"),
    ("garg2012", "dose"),
    ("amer2011", "indication"),
    ("amer2011", "route"),
    ("lin2017", "route"),
    ("lin2017", "n.control"),
    ("li2016", "cointerventions"),
    ("xu2014", "design.allocation"),
    ("mohamadnejad2013", "adverse_events"),
    ("khan2008", "donor"),
    ("lanthier2017", "etiology"),
    ("shi2021", "design.allocation"),
    ("jang2014", "etiology"),
    ("pai2008", "mobilised"),
]
"""Fields that the text leaves open, most of them where the title or the heading of the section does not."""


@pytest.fixture(scope="module")
def collections() -> Mapping[str, Collection]:
    found, problems = load_collections(ROOT / "data", ROOT, ("zh", "en"))
    assert not problems
    return found


@pytest.fixture(scope="module")
def studies(collections: Mapping[str, Collection]) -> Collection:
    return collections["studies"]


def stated(studies: Collection, record: str, path: str) -> list[tuple[Any, Any]]:
    return [(value.content, value.detail("unit")) for value in studies.find(studies.records[record], path)]


def outcome(studies: Collection, record: str, measure: str) -> Mapping[str, Any]:
    found: Mapping[str, Any]
    (found,) = (
        entry
        for entry in studies.records[record].values["outcomes"].values()
        if entry["measure"] == measure and entry["src"] in studies.records[record].values["narrated_in"]
    )
    return found


@pytest.mark.parametrize("section", NARRATED)
def test_every_narration_of_a_section_is_a_record(studies: Collection, section: str) -> None:
    records = [record.values for record in studies.records.values() if record.values["section"] == section]
    assert sorted(values["cited_as"] for values in records) == sorted(NARRATED[section])


def test_no_record_is_from_another_section(studies: Collection) -> None:
    assert {record.values["section"] for record in studies.records.values()} == NARRATED.keys()


@pytest.mark.parametrize(("record", "path", "expected"), STATED)
def test_a_record_holds_what_the_source_states(
    studies: Collection, record: str, path: str, expected: tuple[Any, Any]
) -> None:
    assert expected in stated(studies, record, path)


@pytest.mark.parametrize(("record", "measure", "key", "number", "unit"), FIGURES)
def test_an_outcome_holds_the_figure_that_the_source_prints(
    studies: Collection, record: str, measure: str, key: str, number: object, unit: str
) -> None:
    fact = outcome(studies, record, measure)[key]
    assert (fact["value"], fact["unit"]) == (number, unit)


@pytest.mark.parametrize(("measure", "p"), [("severe_infection", "=0.04"), ("cumulative_survival", "=0.03")])
def test_the_only_two_p_values_of_the_source_stand_beside_their_arms(
    studies: Collection, measure: str, p: str
) -> None:
    found = outcome(studies, "lin2017", measure)
    assert (found["p"]["value"], found["comparison"]) == (p, "between_arms")
    assert [
        (record.id, entry["measure"])
        for record in studies.records.values()
        for entry in record.values["outcomes"].values()
        if entry["p"] != "NR"
    ] == [("lin2017", "severe_infection"), ("lin2017", "cumulative_survival")]


@pytest.mark.parametrize("measure", ["mean_survival", "survival_rate"])
def test_survival_that_rose_from_one_figure_to_another_has_no_arms(studies: Collection, measure: str) -> None:
    found = outcome(studies, "guo2019", measure)
    assert (found["comparison"], found["treated"], found["control"]) == ("ambiguous", "NR", "NR")


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ("lin2017", "infusions"),
        ("mohamadnejad2013", "n.control"),
        ("mohamadnejad2007", "n.treated"),
        ("guo2019-3.3", "n.treated"),
    ],
)
def test_a_count_that_the_source_does_not_print_says_how_it_was_derived(
    studies: Collection, record: str, path: str
) -> None:
    (value,) = studies.find(studies.records[record], path)
    assert value.basis == "derived"
    assert value.detail("formula")


def test_the_arms_of_the_long_follow_up_add_up_to_all_patients(studies: Collection) -> None:
    (total,), (treated,), (control,) = (
        stated(studies, "shi2021", f"n.{arm}") for arm in ("total", "treated", "control")
    )
    assert (treated[0], control[0], treated[0] + control[0]) == (108, 111, total[0])


@pytest.mark.parametrize(
    ("record", "expected"),
    [("mohamadnejad2007", {"pbc": 1, "aih": 1}), ("guo2019-3.3", {"pbc": 2, "aih": 4})],
)
def test_patients_are_counted_by_etiology_where_the_source_does(
    studies: Collection, record: str, expected: Mapping[str, int]
) -> None:
    entries = studies.records[record].values["n"]["by_etiology"]
    assert {entry["etiology"]: entry["patients"]["value"] for entry in entries} == expected


@pytest.mark.parametrize(("record", "path"), NOT_REPORTED)
def test_what_the_text_leaves_open_is_not_reported(studies: Collection, record: str, path: str) -> None:
    assert [value.missing for value in studies.find(studies.records[record], path)] == ["NR"]


@pytest.mark.parametrize("record", ["guo2019-3.3", "garg2012-4.4"])
def test_a_narration_that_its_number_hardly_fits_is_kept_apart(studies: Collection, record: str) -> None:
    assert studies.records[record].values["citation_status"] == "wrong_number_suspected"


def test_only_the_second_study_under_one_number_lacks_a_reference(studies: Collection) -> None:
    missing = [record for record in studies.records.values() if record.values["citation_status"] == "missing"]
    assert [(record.id, record.values["title_says"]) for record in missing] == [("wang2013-bm", "NA")]


@pytest.mark.parametrize(
    ("later", "earlier"),
    [("salama2010", "salama2014"), ("shi2021", "lin2012"), ("guo2019-3.3", "mohamadnejad2007")],
)
def test_a_study_that_the_source_gives_to_the_team_before_names_it(
    studies: Collection, later: str, earlier: str
) -> None:
    assert studies.records[later].values["same_team_as"] == [earlier]


def test_every_value_has_a_place_that_exists(
    studies: Collection, collections: Mapping[str, Collection]
) -> None:
    bibliography, _ = load_bibliography(ROOT / "references.bib", ROOT)
    places = {place.id for source in read_source_maps(collections) for place in source.places}
    titles = {f"{citekey}/{TITLE_PLACE}" for citekey in bibliography.by_citekey}
    facts = [
        (record, path, place)
        for record in studies.records.values()
        for path, _, place in find_facts(record.values)
    ]
    assert {record.id for record, _, _ in facts} == studies.records.keys()  # an empty walk does not pass
    assert [
        (record.id, path)
        for record, path, place in facts
        if place not in (titles if path[0] == "title_says" else places & set(record.values["narrated_in"]))
    ] == []


def test_every_number_of_a_record_is_a_figure_of_its_place(
    studies: Collection, collections: Mapping[str, Collection]
) -> None:
    printed = {
        place.id: {number for figure in place.figures for number in numbers_in(figure)}
        for source in read_source_maps(collections)
        for place in source.places
    }
    assert [
        (record.id, number)
        for record in studies.records.values()
        for place, number in text_numbers(record)
        if number not in printed[place]
    ] == []


def test_every_figure_in_the_clinical_sections_is_in_a_record(
    studies: Collection, collections: Mapping[str, Collection]
) -> None:
    held = {pair for record in studies.records.values() for pair in text_numbers(record)}
    assert [
        (place.id, figure)
        for source in read_source_maps(collections)
        for place in source.places
        if re.match(r"feng2023/3\.", place.id)
        for figure in place.figures
        if any((place.id, number) not in held for number in numbers_in(figure))
    ] == []


def test_every_record_was_extracted_twice_independently(studies: Collection) -> None:
    seconds = {record.id: record.values["extraction"]["second"] for record in studies.records.values()}
    assert [record for record, second in seconds.items() if second in MISSING_CODES] == []


def text_numbers(record: Record) -> Iterator[tuple[str, float]]:
    """The numbers that a record takes from the text, with their places; derived ones are not printed."""
    for path, fact, place in find_facts(record.values):
        if path[0] != "title_says" and fact.get("basis") != "derived":
            yield from ((place, number) for number in numbers_of(fact["value"]))


def numbers_of(value: object) -> Sequence[float]:
    if isinstance(value, Mapping):
        return [float(part) for part in value.values() if is_number(part)]
    if isinstance(value, str) and re.fullmatch(r"[=<>≤≥]\d?\.\d+", value):
        return [float(value[1:])]
    return [float(value)] if is_number(value) else []


def numbers_in(figure: str) -> set[float]:
    """``1×10⁵–10×10⁵ /kg`` is 100 000 and 1 000 000."""
    found = re.findall(r"(\d+(?:\.\d+)?)(?:×10([⁰¹²³⁴-⁹]+))?", figure)
    return {float(factor) * 10 ** int(unicodedata.normalize("NFKC", power) or 0) for factor, power in found}


# Counts that pages say in words of their own

PAGES_THAT_COUNT = {
    "topics/safety": (
        "For {silent} of the {records} it says nothing: {silent_3_1} of {all_3_1} in section 3.1, "
        "{silent_3_2} of {all_3_2} in section 3.2, {silent_3_3} of {all_3_3} in section 3.3",
        "The site has {records} records, 1 for each account of a study in the review, "
        "from {references} references",
        "Counted by reference, {silent_references} of {references} have no such statement",
    ),
    "topics/routes-and-doses": (
        "Of the {records} study narrations on this site, {route} have a route in the text",
    ),
    "topics/standards": (
        "Of these, {route} state a route, {dose} a dose, {infusions} the number of infusions, "
        "{follow_up} a length of follow-up, {comparator} a control group or a comparison treatment, "
        "and {randomised} that patients were randomised",
    ),
}


@pytest.mark.site
def test_counts_that_pages_state_over_the_records_are_those_of_the_records(real_site: Site):
    records = [record.values for record in real_site.collections["studies"].records.values()]
    silent = [values for values in records if values["adverse_events"] == "NR"]
    told = {values["reference"] for values in records if values["adverse_events"] != "NR"}
    references = {values["reference"] for values in records}
    counts = {
        "records": len(records),
        "references": len(references),
        "silent": len(silent),
        "silent_references": len(references - told),
        "randomised": sum(values["design"]["allocation"] != "NR" for values in records),
        **{
            field: sum(values[field] != "NR" for values in records)
            for field in ("route", "dose", "infusions", "follow_up", "comparator")
        },
    }
    for section in ("3.1", "3.2", "3.3"):
        name = section.replace(".", "_")
        counts[f"all_{name}"] = sum(values["section"] == section for values in records)
        counts[f"silent_{name}"] = sum(values["section"] == section for values in silent)
    for page_id, sentences in PAGES_THAT_COUNT.items():
        for sentence in sentences:
            assert sentence.format(**counts) in real_site.pages["en", page_id].source.text
