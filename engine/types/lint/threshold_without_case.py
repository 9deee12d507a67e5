"""L059: a threshold for a column of the data that no case meets exactly."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...text.case_words import plain
from ..checked import DataUse
from .linted import Linted


def thresholds_without_case(of: Linted) -> None:
    """Report each parameter to which a rule compares a column, and none of whose numbers stands in the cases beside the
    policy: no row there is exactly at it.
    """
    if not of.cases:
        return
    items = {item.name: item for item in of.policy.parameters if item.by is None}
    told = set[str]()
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison) or node.op in ("=", "!="):
            continue
        for bar, other in ((node.right, node.left), (node.left, node.right)):
            item = items.get(bar.name) if isinstance(bar, ast.Name) else None
            if item is None or item.name in told or not isinstance(of.use_of(other), DataUse):
                continue
            numbers = {number for dated in item.values for _, value in dated.members for number in _numbers(value)}
            if numbers and not numbers & of.cases:
                told.add(item.name)
                help = "add a case with a row that is exactly at it, and one just below"
                of.report(f"parameters.{item.name}", "L059", item.span, help=help, name=item.name)


def _numbers(value: Expr | None) -> tuple[str, ...]:
    """A number as files of cases write it, without its sign: a percent with its sign or as a part of one."""
    match value:
        case ast.Number() | ast.Money():
            return (plain(str(abs(value.value))),)
        case ast.Percent():
            return plain(str(abs(value.value))), plain(str(abs(value.value) / 100))
        case _:
            return ()
