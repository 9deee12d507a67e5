"""What of a policy does not go along with the years: literal years and days in its rules, and amounts of earlier years
that stand in for later ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date

from ....plan.in_force import Binding, begun
from ....syntax import expr as ast
from ....syntax.expr import Expr
from ....syntax.walk import Node, children, walk
from ....types.checked import CellUse, CheckedEpoch, CheckedPolicy, ValueUse
from ...payments import fiscal_year_text


def bound_to_years(checked: CheckedPolicy, days: Sequence[Date]) -> tuple[str, ...]:
    """The rules in force on some days that hold a literal year or day against the data, as they are written. What is
    held against the day or the year of the run takes effect by itself, and is none of them.
    """
    found: dict[str, None] = {}
    for epoch in {each.starts: each for each in map(checked.epoch, days)}.values():
        for one in epoch.definitions:
            if one.expr is not None:
                for node in _literals(epoch, one.expr):
                    found[f"`{' '.join(node.span.text.split())}` of {one.path}"] = None
    return tuple(found)


def _literals(epoch: CheckedEpoch, expr: Expr) -> Iterator[Node]:
    """The comparisons of an expression with a literal year or day, and years that are literals by themselves."""
    for node in walk(expr):
        match node:
            case ast.Comparison() | ast.In() | ast.Between():
                sides = children(node)
                if any(_is_literal(epoch, side, sides) for side in sides) and any(
                    _is_data(epoch, side) for side in sides
                ):
                    yield node
            case ast.DayOf(year=ast.Number()):
                yield node.year


def _is_literal(epoch: CheckedEpoch, node: Node, beside: Sequence[Node]) -> bool:
    if isinstance(node, ast.DateLiteral):
        return True
    if isinstance(node, ast.Number):
        return 1900 <= node.value <= 2200 and any(_is_year(epoch, other) for other in beside if other is not node)
    return isinstance(node, ast.Name) and isinstance(epoch.uses.get(node.id), ValueUse) and _is_year(epoch, node)


def _is_year(epoch: CheckedEpoch, node: Node) -> bool:
    type = epoch.types.get(node.id)
    return type is not None and (type.kind == "year" or str(type.unit) == "year")


def _is_data(epoch: CheckedEpoch, node: Node) -> bool:
    """Whether a side hangs on the row, not on the run alone."""
    return any(
        not isinstance(epoch.uses[one.id], CellUse | ValueUse)
        for one in walk(node)
        if getattr(one, "id", 0) in epoch.uses
    )


def standing_in(checked: CheckedPolicy, bindings: Sequence[Binding]) -> tuple[str, ...]:
    """Appropriations that have no amount for the fiscal year of a run: of which earlier year theirs is."""
    policy = checked.policy
    found: list[str] = []
    for pot in policy.appropriations:
        years: dict[int, list[int]] = {}
        for binding in bindings:
            held = next((one for one in binding.resolved if one.name == pot.name), None)
            if held is not None and held.starts is not None:
                of, now = begun(held.starts, policy.fiscal_year), begun(binding.as_of, policy.fiscal_year)
                if of < now:
                    years.setdefault(of, []).append(now)
        for of, later in years.items():
            first, last = (fiscal_year_text(year) for year in (later[0], later[-1]))
            span = first if first == last else f"{first} to {last}"
            found.append(f"{pot.name} has no amount of its own for {span}: that of {fiscal_year_text(of)} stands in")
    return tuple(found)
