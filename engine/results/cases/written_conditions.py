"""The expressions that a policy writes itself, and the atomic conditions in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from ...syntax import expr as ast
from ...syntax.expr import Expr, Place, Sentence
from ...syntax.policy import Policy
from ...syntax.walk import children
from ...text.source import Span

SECTIONS = (
    "relations", "student_groups", "tables", "points", "bands", "definitions", "criteria", "entities", "years",
    "determinations", "eligibility", "priority_list", "accountability", "funding", "totals",
)  # fmt: skip
"""Where rules are written. The data declares, and the values of parameters are cells."""

_NO_RULES = {"because", "undetermined_because", "replaces", "cite", "note", "title", "source"}
_CELLS = ("cells", "cut")
_TESTED = ("any", "all", "share")


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as it stands in a policy: the path of the thing it belongs to, and the tree.

    `cell` says that it stands in an input cell of a table or is the end of a band: it is tested as part of its row.
    """

    path: str
    expr: Any  # an expression, or an order or a set of rows
    cell: bool = False


def written(policy: Policy) -> Iterator[Written]:
    """Every expression of the policy's own file, in the order of its sections; what it extends is left out."""
    for section in SECTIONS:
        for found in _inside(getattr(policy, section), section):
            if is_own(policy, found.expr.span):
                yield found


def is_own(policy: Policy, span: Span) -> bool:
    """Whether a place lies in the policy's own file."""
    return span.source.name == policy.source.name


def _inside(thing: Any, path: str, cell: bool = False) -> Iterator[Written]:
    if isinstance(thing, Sentence):
        return
    if isinstance(thing, Place):
        yield Written(path, thing, cell)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _inside(one, path, cell)
    elif hasattr(thing, "__dataclass_fields__"):
        entity, name = getattr(thing, "entity", None), getattr(thing, "name", "")
        if isinstance(name, str) and name and name != path:
            of = f".{entity.text}" if path in ("definitions", "criteria") and entity is not None else ""
            path = f"{path}{of}.{name}"
        for field in fields(thing):
            if field.name not in _NO_RULES:
                step = {"caps": "capped"}.get(field.name, field.name)
                named = field.name in _NAMED
                below, inside = (f"{path}.{step}" if named else path), cell or field.name in _CELLS
                yield from _inside(getattr(thing, field.name), below, inside)


_NAMED = {
    "tiers", "quotas", "exceptions", "indicators", "domains", "ratings", "overrides", "limits", "caps", "weights",
}  # fmt: skip


def conditions(root: Any) -> Iterator[Expr]:
    """The atomic conditions in what is written: comparisons, and whatever else stands where a test does.

    Of a name only its type can say whether it is a condition; it is among them where it may be one.
    """
    todo: list[tuple[Any, bool]] = [(root, True)]
    while todo:
        node, tested = todo.pop()
        below = [(one, _is_tested(node, one, tested)) for one in children(node)]
        match node:
            case ast.Comparison() | ast.Between() | ast.In() | ast.IsKnown():
                yield node
            case ast.Name() | ast.Member() | ast.Aggregate() | ast.Among() if tested:
                yield node
            case ast.Call(function=function) if tested and function != "at_least":
                yield node
        todo += reversed(below)


def _is_tested(node: Any, one: Any, tested: bool) -> bool:
    """Whether a child stands where a test does."""
    match node:
        case ast.And() | ast.Or() | ast.Not():
            return True
        case ast.If(test=test):
            return one is test or tested
        case ast.OrElse():
            return tested
        case ast.Call(function="at_least"):
            return tested
        case ast.Rows(where=where) | ast.Among(where=where):
            return one is where
        case ast.Aggregate(function=function, what=what):
            return function in _TESTED and one is what
        case _:
            return False
