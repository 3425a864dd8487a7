"""Expressions: the filters of views, the invariants of schemas, the formulas of derived values.

Jinja's expressions, cut down to names, constants, comparisons and arithmetic in a sandbox: they are
data, so nothing that they say may call, reach or fill anything. A value that a record does not state
makes the whole expression unknown, not false and not an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.problems import did_you_mean
from macros.records.model import MISSING_CODES, PLACE_KEYS, Field, is_fact

_FACT_KEYS = ("value", "unit", "formula", "relation", "note")

_ALLOWED_NODES = (
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Neg,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.Test,
    nodes.Filter,
    nodes.Keyword,
    nodes.List,
    nodes.Tuple,
)

_ALLOWED_FILTERS = ("abs", "first", "last", "length", "list", "map", "max", "min", "round", "sum")


@dataclass(frozen=True, slots=True)
class Result:
    """What an expression came to for one record."""

    value: Any = None
    is_known: bool = True
    mistake: str = ""
    """Why it could not be worked out: it compares text with a number, divides by zero."""


@dataclass(frozen=True)
class Expression:
    """A parsed expression."""

    text: str
    paths: tuple[tuple[str, ...], ...]
    """The names that it uses, each with the keys asked of it."""

    def evaluate(self, values: Mapping[str, Any]) -> Result:
        """The expression's value where its names mean these values."""
        try:
            value = _compile(self.text)(dict(values))
            return Result(is_known=False) if isinstance(value, jinja2.Undefined) else Result(value)
        except jinja2.UndefinedError:
            return Result(is_known=False)
        except (TypeError, ValueError, ArithmeticError, SecurityError) as error:
            return Result(is_known=False, mistake=str(error))


@cache
def parse_expression(text: str) -> tuple[Expression | None, str]:
    """An expression, or what is wrong with it on one line."""
    try:
        body = _environment().parse("{{ " + text + " }}").body
        output = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
        if len(output) != 1 or isinstance(output[0], nodes.TemplateData):
            return None, "it must be one expression, without braces"
        for node in (output[0], *output[0].find_all(nodes.Node)):
            if not isinstance(node, _ALLOWED_NODES):
                return None, f"{type(node).__name__.lower()} is not allowed in it"
        _compile(text)
    except jinja2.TemplateSyntaxError as error:
        return None, str(error.message)
    return Expression(text, tuple(dict.fromkeys(_find_paths(output[0])))), ""


def find_unknown_names(
    expression: Expression, fields: Mapping[str, Field], scope: str, extra: Sequence[str] = ()
) -> Iterator[tuple[str, str]]:
    """Each name that no field has, in full, with a hint. ``scope`` is the path that names start from."""
    for path in expression.paths:
        if path[0] in extra:
            continue
        reached = scope
        for name in path:
            known = fields.get(reached)
            if known and known.is_many and reached != scope:
                break  # the next name is that of an entry, which only a record knows
            inside = f"{reached}.{name}" if reached else name
            if inside in fields:
                reached = inside
            elif name in PLACE_KEYS or (known and _can_have(known, name)):
                break
            else:
                above = f"{reached}." if reached else ""
                siblings = [p[len(above) :] for p in fields if p.startswith(above)]
                yield inside, did_you_mean(name, [name for name in siblings if "." not in name])
                break


def _can_have(known: Field, name: str) -> bool:
    """Whether a value may have a key that is no field: the keys of facts, anything in plain values."""
    return not known.has_fields and (name in _FACT_KEYS or not known.is_fact)


def _find_paths(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    chain = _chain(node)
    if chain:
        yield chain
        return
    for child in node.iter_child_nodes():
        yield from _find_paths(child)


def _chain(node: nodes.Node) -> tuple[str, ...]:
    """``a.b["c"]`` as ``("a", "b", "c")``; empty for anything else."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        above = _chain(node.node)
        return (*above, node.attr) if above else ()
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        above = _chain(node.node)
        return (*above, str(node.arg.value)) if above else ()
    return ()


class _Environment(ImmutableSandboxedEnvironment):
    """Reaches keys of mappings and positions of lists, and no attribute of anything."""

    intercepted_binops = frozenset(["*"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._reach(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self._reach(obj, argument)

    def _reach(self, obj: Any, key: Any) -> Any:
        if isinstance(obj, jinja2.Undefined) or (isinstance(obj, str) and obj in MISSING_CODES):
            return self.undefined(obj=obj, name=key)
        if isinstance(obj, Mapping) and key in obj:
            return obj[key]
        if isinstance(obj, list) and isinstance(key, int) and key < len(obj):
            return obj[key]
        return self.undefined(obj=obj, name=key)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        # 'x' * 3000000000 would fill the machine's memory.
        if not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError("only numbers can be multiplied")
        return super().call_binop(context, operator, left, right)


def _is_stated(value: Any) -> bool:
    content = value["value"] if is_fact(value) else value
    missing = isinstance(content, str) and content in MISSING_CODES
    return not isinstance(content, jinja2.Undefined) and not missing


@cache
def _environment() -> _Environment:
    environment = _Environment(undefined=jinja2.StrictUndefined)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _ALLOWED_FILTERS}
    environment.tests = {
        "in": environment.tests["in"],
        "stated": _is_stated,
        "missing": lambda value: not _is_stated(value),
        "starting_with": lambda value, start: str(value).startswith(str(start)),
    }
    return environment


@cache
def _compile(text: str) -> Any:
    return _environment().compile_expression(text, undefined_to_none=False)
