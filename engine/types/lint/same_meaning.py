"""A policy in its plainest words: two that read alike then mean the same. It is how a fix is proved."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ...syntax import expr as ast
from ...syntax.policy import Policy
from ...syntax.walk import Node, transform
from ...text.source import Source, Span
from .said_twice import without_idle


def plain(policy: Policy) -> Policy:
    """The policy without what nobody reads (sources, accepted findings), its conditions without words to spare."""
    found = _plain(replace(policy, sources=(), lint=()))
    assert isinstance(found, Policy)
    return found


def _plain(thing: Any) -> Any:
    if isinstance(thing, ast.Place):
        return transform(thing, _shortest)  # type: ignore[type-var]
    if isinstance(thing, tuple):
        return tuple(_plain(one) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, Span | Source | type):
        names = [one.name for one in fields(thing) if one.compare]
        return replace(thing, **{name: _plain(getattr(thing, name)) for name in names})
    return thing


def _shortest(node: Node) -> Node:
    match node:
        case ast.Not(operand=ast.Not(operand=operand)):
            return operand
        case ast.Not(operand=ast.Comparison(op="!=", left=left, right=right)):
            return ast.Comparison("=", left, right)
        case ast.Not(operand=ast.In(negated=True) as inner):
            return replace(inner, negated=False)
        case ast.Not(operand=ast.IsKnown(known=False) as inner):
            return replace(inner, known=True)
        case ast.Comparison(op="=" | "!=" as op, left=left, right=ast.Truth(value=value)):
            return left if value is (op == "=") else _shortest(ast.Not(left))
        case ast.In(options=options):
            return replace(node, options=tuple(dict.fromkeys(options)))
        case ast.And() | ast.Or():
            return without_idle(node)
        case _:
            return node
