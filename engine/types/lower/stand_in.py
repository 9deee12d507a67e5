"""The type of what an indicator writes, before the columns that it reads are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.accountability import Indicator
from ...syntax.expr import Expr
from ...syntax.walk import Node, transform
from ..datatypes import Type
from .build import Build
from .own_names import PRIOR


@dataclass(frozen=True, slots=True)
class Types:
    """The types of expressions on a row of the cohort and on a level, from where `rows` are those of the cohort."""

    of_row: Callable[[Expr], Type]
    on_level: Callable[[Expr], Type]
    rows: str


def typed(item: Indicator, expr: Expr, types: Types) -> Expr:
    """An expression of an indicator with something of the same type for each of the names that it brings along."""
    make = Build(expr.span)
    rate = ast.Call("points", (ast.Percent(Decimal("33.3333333"), span=expr.span),), span=expr.span)
    count = make.over("count", None, types.rows, None) if types.rows else make.name("n")
    under = count
    if types.rows and item.denominator is not None and types.of_row(item.denominator).kind != "truth":
        under = make.over("sum", item.denominator, types.rows, None)
    numbers: dict[str, Expr] = {"n": count, "denominator": under, "rate": item.value or rate}
    prior: Mapping[str, Expr] = {"rate": rate, "n": count}

    def change(node: Node) -> Node:
        if isinstance(node, ast.Member) and node.base == ast.Name("prior") and node.name in PRIOR:
            return prior[node.name]
        return numbers.get(node.name, node) if isinstance(node, ast.Name) else node

    for step in item.steps:
        numbers[step.name] = transform(step.value, change)
    return transform(expr, change)
