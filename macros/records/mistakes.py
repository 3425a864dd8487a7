"""Mistakes: holding a value against a schema; the only importer of jsonschema.

jsonschema says what does not fit; here it becomes problems in the author's words, each at the line of
its author. What a schema may say is decided in ``schema``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema import ValidationError as Mistake
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from macros.problems import Problem, did_you_mean
from macros.records.model import MISSING_CODES, Path
from macros.source_text import YamlDocument

META_SCHEMA: Mapping[str, Any] = Draft202012Validator.META_SCHEMA
"""The schema of schemas."""

STANDARD_KEYWORDS = frozenset(
    {
        *(Draft202012Validator.VALIDATORS.keys() - {"$dynamicRef", "dependentSchemas", "unevaluatedItems"}),
        *("$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default"),
        *("then", "else"),
    }
)

RECORD_RULE = "record-matches-schema"


def find_mistakes(
    schema: Mapping[str, Any],
    file: str,
    document: YamlDocument,
    rule: str,
    locales: Sequence[str],
    path: Path = (),
) -> list[Problem]:
    """What a schema without ``$ref`` does not allow in a document, or in the part of it at a path.

    A text that lacks a language breaks ``text-has-all-locales``, everything else the rule given.
    """
    validator = _validator_class(tuple(locales))(schema)
    mistakes = _without_followers(validator.iter_errors(value_at(document.value, path)))
    for mistake in mistakes:
        mistake.path.extendleft(reversed(path))
    found = (problem for mistake in mistakes for problem in _describe(mistake, file, document, rule))
    return list(dict.fromkeys(found))


@cache
def _validator_class(locales: tuple[str, ...]) -> type[Validator]:
    def check_localized(
        _validator: Validator, is_wanted: bool, instance: Any, _schema: Any
    ) -> Iterator[Mistake]:
        if not is_wanted:
            return
        if not isinstance(instance, Mapping):
            yield Mistake(f"{_shown(instance)} must be a text in every language ({', '.join(locales)})")
            return
        for locale in locales:
            if locale not in instance:
                yield Mistake(f"there is no text in {locale}")
        for key, text in instance.items():
            if key not in locales:
                yield Mistake(f'"{key}" is not a language of this site', path=[key])
            elif not isinstance(text, str) or not text.strip():
                yield Mistake(f"the text in {key} is empty or not a text", path=[key])

    # The stubs of jsonschema leave ``extend`` without types.
    made: type[Validator] = extend(Draft202012Validator, {"x-localized": check_localized})  # type: ignore[no-untyped-call]
    return made


def _without_followers(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Without what only follows from a value being of the wrong kind altogether."""
    found = list(mistakes)
    mistyped = {tuple(mistake.absolute_path) for mistake in found if mistake.validator == "type"}
    return [
        mistake
        for mistake in found
        if mistake.validator == "type" or tuple(mistake.absolute_path) not in mistyped
    ]


def _describe(mistake: Mistake, file: str, document: YamlDocument, rule: str) -> Iterator[Problem]:
    if mistake.context:
        mistake = best_match([mistake]) or mistake
    path = tuple(mistake.absolute_path)
    if "propertyNames" in mistake.absolute_schema_path:
        path = (*path, str(mistake.instance))  # the key itself is wrong, not what stands under it
    if mistake.validator in ("additionalProperties", "unevaluatedProperties"):
        # jsonschema names all unknown keys in one error; each of them gets its own line.
        schema: Any = mistake.schema
        instance: Any = mistake.instance
        known = schema.get("properties", {})
        for key in [key for key in instance if key not in known]:
            message = f"{_name(path)}there is no field “{key}”"
            hint = did_you_mean(key, known) or f"known fields: {_listed(known)}"
            yield _at_line(file, document, (*path, key), rule, message, hint)
        return
    words = _WORDS.get(str(mistake.validator))
    message, hint = words(mistake) if words else (mistake.message, "")
    hint = "" if hint is _MISSING_HINT and rule != RECORD_RULE else hint
    rule = "text-has-all-locales" if mistake.validator == "x-localized" else rule
    yield _at_line(file, document, path, rule, _name(path) + message, hint)


def _at_line(file: str, document: YamlDocument, path: Path, rule: str, message: str, hint: str) -> Problem:
    line, column = document.place_of(path)
    return Problem(file=file, line=line, column=column, rule=rule, message=message, hint=hint)


def _name(path: Path) -> str:
    """The field as its author calls it: without list positions and the ``value`` key of facts."""
    names = [str(key) for key in path if not isinstance(key, int)]
    if names[-1:] == ["value"]:
        names.pop()
    return f"{'.'.join(names)}: " if names else ""


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"“{value if len(value) <= 60 else value[:59] + '…'}”"
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list) else str(value).lower()


def _listed(names: Iterable[Any], most: int = 12) -> str:
    shown = [str(name) for name in names]
    rest = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + rest


_MISSING_HINT = f"write a value, or {', '.join(MISSING_CODES[:-1])} or {MISSING_CODES[-1]}"

_KINDS: Mapping[str, str] = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping (key: value)",
    "null": "empty",
}


def _words_for_type(mistake: Mistake) -> tuple[str, str]:
    wanted: Any = mistake.validator_value
    kinds = " or ".join(_KINDS[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))
    hint = _MISSING_HINT if mistake.instance is None else ""
    return f"{_shown(mistake.instance)} is not {kinds}", hint


def _words_for_enum(mistake: Mistake) -> tuple[str, str]:
    wanted: Any = mistake.validator_value
    allowed = [str(value) for value in wanted]
    shown = _shown(mistake.instance)
    if set(allowed) == set(MISSING_CODES):
        place = f"write {{value: {mistake.instance}, src: …}}" if isinstance(mistake.instance, str) else ""
        return f"{shown} is neither a value with its place nor one of {', '.join(allowed)}", place
    return f"{shown} is not one of {_listed(allowed)}", did_you_mean(str(mistake.instance), allowed)


def _words_for_required(mistake: Mistake) -> tuple[str, str]:
    # jsonschema says only in its sentence which of the fields this error is about.
    name = mistake.message.rpartition(" is a required property")[0].strip("'\"")
    return f"the field “{name}” is missing", _MISSING_HINT


_WORDS: Mapping[str, Callable[[Mistake], tuple[str, str]]] = {
    "type": _words_for_type,
    "enum": _words_for_enum,
    "required": _words_for_required,
    "const": lambda mistake: (f"{_shown(mistake.instance)} is not {_shown(mistake.validator_value)}", ""),
    "pattern": lambda mistake: (
        f"{_shown(mistake.instance)} does not have the form {mistake.validator_value}",
        "",
    ),
    "minimum": lambda mistake: (f"{mistake.instance} is less than {mistake.validator_value}", ""),
    "maximum": lambda mistake: (f"{mistake.instance} is more than {mistake.validator_value}", ""),
    "exclusiveMinimum": lambda mistake: (
        f"{mistake.instance} is not more than {mistake.validator_value}",
        "",
    ),
    "minItems": lambda _: ("the list is too short", _MISSING_HINT),
    "minProperties": lambda _: ("the mapping is empty", _MISSING_HINT),
    "minLength": lambda _: ("the text is empty", _MISSING_HINT),
    "uniqueItems": lambda _: ("the list names something twice", ""),
}


def value_at(value: Any, path: Path) -> Any:
    """The part of a value at a path of keys and positions; None if there is none."""
    for key in path:
        is_there = isinstance(value, list) if isinstance(key, int) else isinstance(value, Mapping)
        if not is_there or (isinstance(value, Mapping) and key not in value):
            return None
        value = value[key]
    return value
