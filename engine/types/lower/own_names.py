"""The names that an indicator brings along in its caps, steps, score and limits, and those of the year before in what
it applies to.

`n`, `denominator` and `rate` are its own numbers, `prior.rate` and `prior.n` those of the year before, and its steps go
by their names. In the numbers of a student group another indicator with a cohort is the one of the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...syntax import expr as ast
from ...syntax.accountability import Indicator
from ...syntax.expr import Expr
from ...syntax.walk import Node, transform, walk
from .spot import Spot

PRIOR = {"rate": "prior rate", "n": "n 1 earlier"}
"""What is known of the year before, and in which column it stands."""

TAKEN = (
    "n", "numerator", "denominator", "years", "rate", "score", "prior", "unrounded", "lowest", "highest", "status",
    "weight", "contribution", "included", "applies", "zero", "before limits",
)  # fmt: skip
"""What every indicator may have by itself; a cap and a step go by other names."""


def own(spot: Spot, expr: Expr, numbers: Mapping[str, str]) -> Expr:
    """An expression with the names of the indicator put in place: `numbers` are names and the columns that they are."""

    def change(node: Node) -> Node:
        prior = _prior(node)
        if prior:
            return ast.Name(spot.called(PRIOR.get(prior, prior)), span=node.span)
        if not isinstance(node, ast.Name):
            return node
        if node.name in numbers:
            return ast.Name(spot.called(numbers[node.name]), span=node.span)
        if spot.group and node.name in spot.grouped:
            return ast.Name(f"{node.name}, {spot.group}", span=node.span)
        return node

    return transform(expr, change)


def of_score(spot: Spot) -> dict[str, str]:
    """The names that a score, its steps and its limits may read."""
    rate = {} if spot.of.item.score is None else {"rate": "rate"}
    counted = {} if not spot.of.entity else {"n": "n", "denominator": "denominator"}
    return {**rate, **counted, **{step.name: step.name for step in spot.of.item.steps}}


def reads_prior(item: Indicator) -> bool:
    """Whether an indicator looks at its own rate of the year before."""
    return any(_prior(node) in PRIOR for rule in _rules(item) for node in walk(rule))


def _rules(item: Indicator) -> Iterator[Expr]:
    yield from (step.value for step in item.steps)
    rules = (item.applies_when, item.score, item.zero_when, item.at_least, item.at_most)
    yield from (rule for rule in rules if rule is not None)


def _prior(node: Node) -> str:
    """What a node reads of the year before; empty for anything else."""
    if isinstance(node, ast.Member) and node.base == ast.Name("prior") and node.name in PRIOR:
        return node.name
    return ""
