"""L020: a part of a condition that another part says already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from ...text.fix import Fix
from .line_never_reached import implies
from .linted import Linted
from .rewrite import left_out

Idle: TypeAlias = "tuple[Expr, Expr, Fix | None]"
"""A part that adds nothing, the part that says it, and how to take it out."""


def said_twice(of: Linted) -> None:
    """Report each part of `and`, `or`, `in` and `at_least` that adds nothing to another one."""
    for one in of.written:
        for part, other, fix in _idle(one.node):
            text, said = print_expr(part), print_expr(other)
            others = (Label(other.span, "said here"),)
            help = "take it out, or write what was meant in its place"
            of.report(one.path, "L020", part.span, others=others, help=help, fix=fix, text=text, other=said)


def _idle(node: object) -> Iterator[Idle]:
    """The parts of a node that add nothing."""
    match node:
        case ast.And(operands=parts):
            yield from _absorbed(node, parts, True)
        case ast.Or(operands=parts):
            yield from _absorbed(node, parts, False)
        case ast.In(options=parts):
            for at, part in enumerate(parts):
                if part in parts[:at]:
                    yield part, parts[parts.index(part)], left_out(part, parts[at - 1], node)
        case ast.Call(function="at_least", arguments=(_, *tests)):
            for at, part in enumerate(tests):
                if part in tests[:at]:
                    yield part, tests[tests.index(part)], None  # it counts twice, which may change the answer


def _absorbed(node: ast.And | ast.Or, parts: tuple[Expr, ...], stricter: bool) -> Iterator[Idle]:
    """The parts that another one stands for: in `and` the stricter one does, in `or` the wider one."""
    gone: set[int] = set()
    for at, part in enumerate(parts):
        for place, other in enumerate(parts):
            if place == at or place in gone:
                continue
            if (implies(other, part) if stricter else implies(part, other)) and (part != other or place < at):
                gone.add(at)
                yield part, other, _fix(node, parts, at, other)
                break


def _fix(node: ast.And | ast.Or, parts: tuple[Expr, ...], at: int, other: Expr) -> Fix | None:
    """Taking a part out changes nothing where both speak of the same: then they are *not applicable* together."""
    return left_out(parts[at], parts[at - 1], node) if at and _alike(parts[at], other) else None


def _alike(part: Expr, other: Expr) -> bool:
    return part == other or (isinstance(part, ast.Comparison) and isinstance(other, ast.Comparison))


def without_idle(node: ast.And | ast.Or) -> Expr:
    """The condition without the parts that can be taken out of it."""
    parts = node.operands
    idle = [part.id for part, other, _ in _absorbed(node, parts, isinstance(node, ast.And)) if _alike(part, other)]
    kept = tuple(part for part in parts if part.id not in idle)
    return kept[0] if len(kept) == 1 else replace(node, operands=kept)
