"""The tests that decide about a row: criteria, eligibility, the priority list, lines of funding, checks of records."""

from __future__ import annotations

from collections.abc import Iterator

from ...syntax import expr as ast
from ...syntax.expr import Expr
from .linted import Linted


def verdicts(of: Linted) -> Iterator[tuple[str, Expr]]:
    """Each test whose being true is what a row is after, with the path of the thing that says it."""
    policy = of.policy
    for section, rules in (("criteria", policy.criteria), ("record_checks", policy.record_checks)):
        for rule in rules:
            for version in rule.versions:
                yield f"{section}.{rule.entity.text}.{rule.name}", version.body
    for verdict in policy.eligibility:
        yield f"eligibility.{verdict.name}", verdict.when
    if policy.priority_list is not None:
        yield "priority_list", policy.priority_list.when
    for line in policy.funding:
        if line.when is not None:
            yield f"funding.{line.name}", line.when


def parts(test: Expr) -> Iterator[Expr]:
    """The test, and whatever in it makes it true by being true itself: the operands of `and` and `or`, all the way."""
    yield test
    if isinstance(test, ast.And | ast.Or):
        for operand in test.operands:
            yield from parts(operand)
