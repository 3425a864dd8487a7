"""Schemas: what ``schema.yml`` says a record may hold.

A schema is JSON Schema 2020-12 with keywords of ours: ``x-title`` (fields), ``x-values`` (labels
beside an ``enum``), ``x-units`` (how units compare), ``x-localized`` (text in every language of the
site), ``x-refers-to``, ``x-layer``, ``x-invariants`` and, of a whole collection, ``x-role``.
Parts that several collections share stand in ``data/definitions.yml`` and are used by
``$ref: ../definitions.yml#/$defs/…``. Holding a record against a schema happens in ``mistakes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.locales import LocalizedText
from macros.problems import Problem, did_you_mean
from macros.records.expressions import find_unknown_names, parse_expression
from macros.records.mistakes import META_SCHEMA, STANDARD_KEYWORDS, find_mistakes, value_at
from macros.records.model import (
    GLOSSARY,
    MISSING_CODES,
    PLACE_KEYS,
    SOURCE_MAP,
    Field,
    Invariant,
    Path,
    Term,
    Vocabulary,
)
from macros.source_text import YamlDocument

DEFINITIONS = "../definitions.yml"
"""How a schema calls the file whose parts all collections share."""

_TEXT = {"x-localized": True}

_OUR_KEYWORDS: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "x-title": _TEXT,
        "x-description": _TEXT,
        "x-values": {"type": "object", "additionalProperties": _TEXT},
        "x-units": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {
                    "singular": _TEXT,
                    "base": {"type": "string"},
                    "factor": {"type": "number", "exclusiveMinimum": 0},
                    "closed": {"type": "boolean"},
                },
                "additionalProperties": False,
            },
        },
        "x-localized": {"type": "boolean"},
        "x-layer": {"type": "boolean"},
        "x-role": {"enum": [GLOSSARY, SOURCE_MAP]},
        "x-refers-to": {"type": "string"},
        "x-invariants": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"expression": {"type": "string"}, "message": _TEXT},
                "required": ["expression", "message"],
                "additionalProperties": False,
            },
        },
    },
}

_KNOWN_KEYWORDS = STANDARD_KEYWORDS | _OUR_KEYWORDS["properties"].keys()

_ANNOTATIONS = _OUR_KEYWORDS["properties"].keys() - {"x-localized"}
"""Keywords that demand nothing of a record."""

_ONE_SCHEMA = ("items", "additionalProperties", "propertyNames", "contains", "if", "then", "else", "not")
_MANY_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED_SCHEMAS = ("properties", "patternProperties", "$defs")


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema, or the shared definitions, as read."""

    file: str
    document: YamlDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A schema made ready: its fields, its vocabularies, and what it checks records with."""

    title: LocalizedText
    role: str
    fields: Mapping[str, Field]
    vocabularies: Mapping[str, Vocabulary]
    invariants: tuple[Invariant, ...]
    tree: Mapping[str, Any] = field(repr=False)
    """The whole schema without ``$ref``, titles and labels: what records are checked against."""


class _Node(dict[str, Any]):
    """A part of a schema that knows where it was written and what its definition is called."""

    def __init__(self, values: Mapping[str, Any], file: str, line: int, name: str) -> None:
        super().__init__(values)
        self.file, self.line, self.name = file, line, name


def check_schema_file(source: SchemaFile, locales: Sequence[str]) -> tuple[bool, list[Problem]]:
    """Whether records can be held against a schema, and what is wrong with it.

    A schema whose only faults are in its labels is still used, so that mistakes in records show too.
    """
    document = source.document
    problems = find_mistakes(META_SCHEMA, source.file, document, "schema-is-valid", locales)
    labels: list[Problem] = []
    for path, node in _schema_nodes(document.value, ()):
        found = find_mistakes(_OUR_KEYWORDS, source.file, document, "schema-is-valid", locales, path)
        problems += found
        labels += _check_keywords(source, path, node)
        if all(problem.rule == "text-has-all-locales" for problem in found):
            labels += _check_labels(source, path, node)
    is_usable = all(problem.rule == "text-has-all-locales" for problem in problems)
    return is_usable and isinstance(document.value, Mapping), [*problems, *labels]


def _check_keywords(source: SchemaFile, path: Path, node: Mapping[str, Any]) -> Iterator[Problem]:
    for keyword in node:
        if keyword not in _KNOWN_KEYWORDS:
            message = f"“{keyword}” is not a keyword of schemas"
            yield _problem(source, (*path, keyword), message, did_you_mean(keyword, _KNOWN_KEYWORDS))


def _check_labels(source: SchemaFile, path: Path, node: Mapping[str, Any]) -> Iterator[Problem]:
    """Every value of an ``enum`` has a label, and nothing else has one."""
    codes = [code for code in node.get("enum", ()) if isinstance(code, str)]
    labels = node.get("x-values", {})
    if "$ref" in node and not labels:
        return  # a choice among codes that have their labels there
    for code in codes:
        if code not in labels and code not in MISSING_CODES:
            yield _problem(source, (*path, "enum"), f"the value “{code}” has no label in x-values")
    for keyword in ("x-values", "x-units"):
        for code in node.get(keyword, {}):
            if code not in codes:
                message = f"{keyword} names “{code}”, which is not in enum"
                yield _problem(source, (*path, keyword, code), message, did_you_mean(code, codes))


def _schema_nodes(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every part of a document that is itself a schema."""
    if not isinstance(value, Mapping):
        return
    yield path, value
    for keyword in _ONE_SCHEMA:
        yield from _schema_nodes(value.get(keyword), (*path, keyword))
    for keyword in _MANY_SCHEMAS:
        inner = value.get(keyword)
        for index, item in enumerate(inner if isinstance(inner, list) else ()):
            yield from _schema_nodes(item, (*path, keyword, index))
    for keyword in _NAMED_SCHEMAS:
        named = value.get(keyword)
        for name, item in (named if isinstance(named, Mapping) else {}).items():
            yield from _schema_nodes(item, (*path, keyword, name))


def build_schema(
    name: str, source: SchemaFile, definitions: SchemaFile | None
) -> tuple[Schema | None, list[Problem]]:
    """The schema of a collection, from files without mistakes of their own; None if it cannot be used."""
    expander = _Expander({"": source} | ({DEFINITIONS: definitions} if definitions else {}))
    tree = expander.expand("", ())
    if expander.problems:
        return None, expander.problems
    reader = _FieldReader()
    reader.read(tree, "")
    title = tree.get("x-title")
    if title is None:
        reader.problems.append(
            _problem(source, (), f"the collection “{name}” has no x-title", "write it in both languages")
        )
    problems = [*reader.problems, *_check_invariants(reader)]
    return (
        Schema(
            title=title or {},
            role=tree.get("x-role", ""),
            fields=reader.fields,
            vocabularies=reader.vocabularies,
            invariants=tuple(invariant for invariant, _ in reader.invariants),
            tree=_bare(tree),
        ),
        problems,
    )


class _Expander:
    """Puts in the place of every ``$ref`` what it names, so that one plain tree is left."""

    def __init__(self, files: Mapping[str, SchemaFile]) -> None:
        self._files = files
        self._done: dict[tuple[str, Path], Any] = {}
        self.problems: list[Problem] = []

    def expand(self, file: str, path: Path, trail: tuple[tuple[str, Path], ...] = ()) -> Any:
        """What stands at a path of a file."""
        key = (file, path)
        if key not in self._done:
            self._done[key] = self._expand(file, path, (*trail, key))
        return self._done[key]

    def _expand(self, file: str, path: Path, trail: tuple[tuple[str, Path], ...]) -> Any:
        value = value_at(self._files[file].document.value, path)
        if isinstance(value, list):
            return [self.expand(file, (*path, index), trail) for index in range(len(value))]
        if not isinstance(value, Mapping):
            return value
        source = self._files[file]
        inside = {
            key: self.expand(file, (*path, key), trail) for key in value if key not in ("$ref", "$defs")
        }
        definition = str(path[-1]) if path[-2:-1] == ("$defs",) else ""
        node = _Node(inside, source.file, source.document.line_of(path), definition)
        if isinstance(value.get("$ref"), str):
            target = self._target(file, path, value["$ref"], trail)
            if target is not None:
                # Not merged: a definition that is closed must not be opened by what stands beside it.
                node["allOf"] = [target, *node.get("allOf", ())]
        return node

    def _target(self, file: str, path: Path, ref: str, trail: tuple[tuple[str, Path], ...]) -> Any:
        other, _, pointer = ref.partition("#")
        place: Path = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
        other = other or file
        if other not in self._files:
            message = f"there is no file “{other}” to refer to"
            self._refuse(file, path, message, f"use “#/$defs/…” or “{DEFINITIONS}#/$defs/…”")
        elif value_at(self._files[other].document.value, place) is None:
            known = self._files[other].document.value.get("$defs", {})
            hint = did_you_mean(str(place[-1]) if place else "", known)
            self._refuse(file, path, f"“{ref}” is not defined", hint)
        elif (other, place) in trail:
            self._refuse(file, path, f"“{ref}” contains itself")
        else:
            return self.expand(other, place, trail)
        return None

    def _refuse(self, file: str, path: Path, message: str, hint: str = "") -> None:
        self.problems.append(_problem(self._files[file], (*path, "$ref"), message, hint))


def _bare(node: Any) -> Any:
    """The same demands without labels and without steps in between: what 10,000 records pass through."""
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if not isinstance(node, _Node):
        return node
    bare = {key: _bare(inner) for key, inner in node.items() if key not in _ANNOTATIONS}
    return bare["allOf"][0] if bare.keys() == {"allOf"} and len(bare["allOf"]) == 1 else bare


class _FieldReader:
    """Finds the fields, vocabularies and invariants of an expanded schema."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self.vocabularies: dict[str, Vocabulary] = {}
        self.invariants: list[tuple[Invariant, _Node]] = []
        self.problems: list[Problem] = []
        self._names: dict[tuple[str, int], str] = {}

    def read(self, node: _Node, path: str) -> None:
        """The fields below a part of the schema, in the order in which they are written."""
        self._read_invariants(node, path)
        for name, inner in _properties(node).items():
            if isinstance(inner, _Node) and name not in PLACE_KEYS:
                self._read_field(inner, f"{path}.{name}" if path else name)

    def _read_field(self, node: _Node, path: str) -> None:
        many = _many_of(node)
        part = many or node
        named = _properties(part)
        is_fact = "value" in named
        content = named["value"] if is_fact else part
        has_fields = bool(named) and not is_fact
        title = _keyword(node, "x-title")
        if title is None:
            self.problems.append(_node_problem(node, f"the field “{path}” has no x-title"))
        self.fields[path] = Field(
            path=path,
            title=title or {},
            vocabulary=None if has_fields else self._vocabulary(content, path),
            details=dict(self._details(named, path)) if is_fact else {},
            is_fact=is_fact,
            is_many=many is not None,
            has_fields=has_fields,
            is_layer=bool(_keyword(node, "x-layer")),
            refers_to=_keyword(content, "x-refers-to") or "",
        )
        if has_fields:
            self.read(part, path)

    def _details(self, named: Mapping[str, Any], path: str) -> Iterator[tuple[str, Vocabulary]]:
        for name in ("unit", "basis", "relation"):
            vocabulary = self._vocabulary(named.get(name), f"{path}.{name}")
            if vocabulary is not None:
                yield name, vocabulary

    def _vocabulary(self, node: Any, path: str) -> Vocabulary | None:
        """The codes of a value, or of the items of a list of them."""
        if not isinstance(node, _Node):
            return None
        owner = _owner(node, "x-values") or _owner(_keyword(node, "items"), "x-values")
        if owner is None:
            return None
        # The field that has a vocabulary first gives it its name, if it is no definition.
        name = self._names.setdefault((owner.file, owner.line), owner.name or path)
        if name not in self.vocabularies:
            labels, units = owner["x-values"], owner.get("x-units", {})
            self.vocabularies[name] = Vocabulary(
                name=name, terms={code: _term(code, labels[code], units.get(code, {})) for code in labels}
            )
        return self.vocabularies[name]

    def _read_invariants(self, node: _Node, path: str) -> None:
        for written in _keyword(node, "x-invariants") or ():
            invariant = Invariant(scope=path, expression=written["expression"], message=written["message"])
            self.invariants.append((invariant, written))


def _term(code: str, label: LocalizedText, unit: Mapping[str, Any]) -> Term:
    return Term(
        code=code,
        label=label,
        singular=unit.get("singular", {}),
        base=unit.get("base", code),
        factor=unit.get("factor", 1.0),
        is_closed=unit.get("closed", False),
    )


def _check_invariants(reader: _FieldReader) -> Iterator[Problem]:
    for invariant, node in reader.invariants:
        expression, mistake = parse_expression(invariant.expression)
        if expression is None:
            yield _node_problem(node, f"the expression “{invariant.expression}” cannot be read: {mistake}")
            continue
        for name, hint in find_unknown_names(expression, reader.fields, invariant.scope, ("id",)):
            message = f"the expression “{invariant.expression}” names “{name}”, which is not a field"
            yield _node_problem(node, message, hint)


def _layers(node: Any) -> Iterator[_Node]:
    """A part of a schema and all that holds for the same value: what it refers to, then and else."""
    if isinstance(node, _Node):
        yield node
        for inner in (*node.get("allOf", ()), node.get("then"), node.get("else")):
            yield from _layers(inner)


def _owner(node: Any, keyword: str) -> _Node | None:
    return next((layer for layer in _layers(node) if keyword in layer), None)


def _keyword(node: Any, keyword: str) -> Any:
    owner = _owner(node, keyword)
    return owner[keyword] if owner is not None else None


def _properties(node: Any) -> dict[str, Any]:
    """The properties of a value; what is said nearest to the field is asked first."""
    found: dict[str, Any] = {}
    for layer in _layers(node):
        for name, inner in layer.get("properties", {}).items():
            nearer = found.get(name)
            found[name] = _both(nearer, inner) if isinstance(nearer, _Node) else inner
    return found


def _both(nearer: _Node, farther: Any) -> _Node:
    """One schema for a field that is described at two places."""
    if not isinstance(farther, _Node):
        return nearer
    parts = [*nearer.get("allOf", ()), farther]
    return _Node({**nearer, "allOf": parts}, nearer.file, nearer.line, nearer.name)


def _many_of(node: _Node) -> _Node | None:
    """What each part is, of a list or of a mapping of parts with names of their own."""
    for keyword in ("items", "additionalProperties"):
        owner = _owner(node, keyword)
        if owner is not None and isinstance(owner[keyword], _Node) and "x-localized" not in owner[keyword]:
            part: _Node = owner[keyword]
            return part if keyword == "additionalProperties" or _properties(part) else None
    return None


def _problem(source: SchemaFile, path: Path, message: str, hint: str = "") -> Problem:
    line = source.document.line_of(path)
    return Problem(file=source.file, line=line, rule="schema-is-valid", message=message, hint=hint)


def _node_problem(node: _Node, message: str, hint: str = "") -> Problem:
    return Problem(file=node.file, line=node.line, rule="schema-is-valid", message=message, hint=hint)
