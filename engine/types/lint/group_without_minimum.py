"""L051: a rate of a student group that is given however few students the group has."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.walk import walk
from .linted import Linted

RATES = ("share", "mean", "weighted_mean", "median", "percentile", "min", "max")


def groups_without_minimum(of: Linted) -> None:
    """Report each definition on a cross with student groups that gives a rate, a mean, a median or an extreme of
    students and compares no number of students with anything.
    """
    crossed = {item.name for item in of.policy.entities if "student_group" in {word.text for word in item.cross}}
    counts = {
        rule.name
        for rule in of.policy.definitions
        if rule.entity.text in crossed and any(_counts(version.body) for version in rule.versions)
    }
    for rule in of.policy.definitions if crossed else ():
        if rule.entity.text not in crossed:
            continue
        body = rule.versions[-1].body
        rated = any(isinstance(node, ast.Aggregate) and node.function in RATES for node in walk(body))
        if rated and not any(isinstance(node, ast.Comparison) and _held(node, counts) for node in walk(body)):
            path = f"definitions.{rule.entity.text}.{rule.name}"
            help = "begin with `if count(students) >= 10 then … else missing`, or with the minimum of the rule"
            of.report(path, "L051", rule.span, help=help, name=rule.name)


def _held(node: ast.Comparison, counts: set[str]) -> bool:
    """Whether a comparison is one of a number of rows, counted here or in a definition of the same row."""
    return any(
        _counts(side) or (isinstance(side, ast.Name) and side.name in counts) for side in (node.left, node.right)
    )


def _counts(expr: Expr) -> bool:
    return isinstance(expr, ast.Aggregate) and expr.function == "count"
