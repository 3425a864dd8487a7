from pathlib import Path

import pytest

from macros.source_text import SourceText, parse_yaml, read_source, split_front_matter


def yaml(text: str):
    return parse_yaml(SourceText("data/x.yml", text))


def rules(problems):
    return [(problem.line, problem.rule) for problem in problems]


def test_a_place_is_counted_from_one():
    source = SourceText("a.md", "ab\n\ncd")
    assert [source.place(offset) for offset in (0, 2, 3, 4, 5)] == [(1, 1), (1, 3), (2, 1), (3, 1), (3, 2)]


def test_windows_line_ends_and_a_byte_order_mark_are_read_as_if_they_were_not_there(tmp_path: Path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    source, problems = read_source(tmp_path / "a.md", tmp_path)
    assert source == SourceText("a.md", "one\ntwo\n")
    assert not problems


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tmp_path: Path):
    (tmp_path / "a.md").write_bytes("好\n".encode() + "肝脏".encode("gb18030"))
    source, problems = read_source(tmp_path / "a.md", tmp_path)
    assert source is None
    assert rules(problems) == [(2, "file-is-utf8")]


def test_a_symbolic_link_is_refused(tmp_path: Path):
    (tmp_path / "secret").write_text("s")
    (tmp_path / "a.md").symlink_to(tmp_path / "secret")
    assert rules(read_source(tmp_path / "a.md", tmp_path)[1]) == [(1, "file-is-not-a-link")]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\x00", "\x1b"])
def test_characters_that_nobody_sees_are_reported(tmp_path: Path, character: str):
    (tmp_path / "a.md").write_text(f"one\ntw{character}o", encoding="utf-8")
    assert rules(read_source(tmp_path / "a.md", tmp_path)[1]) == [(2, "text-is-visible")]


def test_yaml_values_keep_their_types_and_lines():
    document, problems = yaml("a: 1\nb:\n  - no\n  - {c: 1.5, d: '2'}\ne: true\nf: 2024-05-01\n")
    assert not problems
    assert document.value == {"a": 1, "b": ["no", {"c": 1.5, "d": "2"}], "e": True, "f": "2024-05-01"}
    assert document.line_of(["b", 1, "d"]) == 4
    assert document.place_of(["b", 1, "d"]) == (4, 14)


def test_a_place_that_is_not_there_is_that_of_what_surrounds_it():
    document, _ = yaml("a:\n  b: 1\n")
    assert document.line_of(["a", "missing"]) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x\n", 1),
        ("a: 1\na: 2\n", 2),
        ("base: 1\nb:\n  <<: {c: 1}\n", 3),
        ("a: !!python/object/apply:os.system [ls]\n", 1),
        ("a: [1\nb: 2\n", 2),
        ("a: 1\n---\nb: 2\n", 3),
        ("- " * 60 + "x\n", 1),
        ("a: b: c\n", 1),
    ],
    ids=["anchor", "repeated key", "merge key", "tag", "unclosed", "two documents", "deep", "not YAML"],
)
def test_yaml_that_could_mislead_or_harm_is_refused_at_its_line(text: str, line: int):
    document, problems = yaml(text)
    assert document is None
    assert rules(problems) == [(line, "yaml-parses")]


def test_a_yaml_bomb_is_refused_before_it_grows():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert rules(yaml(bomb)[1]) == [(1, "yaml-parses")]


def test_front_matter_lines_are_lines_of_the_file():
    source = SourceText("docs/a.md", "---\ntitle: x\ntitle: y\n---\nbody")
    _, body_start, problems = split_front_matter(source)
    assert source.text[body_start:] == "body"
    assert rules(problems) == [(3, "yaml-parses")]


def test_a_rule_between_paragraphs_is_no_front_matter():
    assert split_front_matter(SourceText("a.md", "text\n\n---\n\nmore\n---\n")) == ({}, 0, [])
