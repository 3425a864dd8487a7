import json

from macros.problems import (
    Problem,
    Severity,
    did_you_mean,
    format_github,
    format_json,
    format_text,
    has_errors,
)

PROBLEM = Problem(
    file="docs/zh/a.md",
    line=4,
    column=2,
    rule="citation-resolves",
    message="no reference 50%, really",
    hint="try x",
)


def test_a_person_reads_place_severity_message_rule_and_hint():
    assert format_text([PROBLEM]) == (
        "docs/zh/a.md:4:2: error: no reference 50%, really [citation-resolves]\n    hint: try x"
    )


def test_a_program_reads_a_list_of_objects_with_seven_keys():
    assert json.loads(format_json([PROBLEM])) == [
        {
            "file": "docs/zh/a.md",
            "line": 4,
            "column": 2,
            "rule": "citation-resolves",
            "message": "no reference 50%, really",
            "hint": "try x",
            "severity": "error",
        }
    ]


def test_no_problem_is_an_empty_json_list():
    assert json.loads(format_json([])) == []


def test_a_pull_request_is_marked_with_percent_signs_and_commas_escaped():
    problem = Problem(file="a,b.md", rule="r", message="50%\nmore", severity=Severity.WARNING)
    assert format_github([problem]) == "::warning file=a%2Cb.md,line=1,col=1,title=r::50%25%0Amore"


def test_warnings_alone_are_no_errors():
    warning = Problem(file="a", rule="r", message="m", severity=Severity.WARNING)
    assert not has_errors([warning])
    assert has_errors([warning, PROBLEM])


def test_nothing_is_suggested_for_a_word_like_no_other():
    assert did_you_mean("zzz", ["smith2020"]) == ""
