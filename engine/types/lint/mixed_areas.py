"""L045: a statistic over rows of the whole state and of its regions alike."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ..checked import RowsUse
from .linted import Linted
from .reads import bodies_of, reads

MIXING = (
    "share", "sum", "mean", "weighted_mean", "median", "percentile", "stdev_sample", "stdev_population",
)  # fmt: skip


def mixed_areas(of: Linted) -> None:
    """Report each statistic over rows that are kept for an area each, where neither the tie to the rows nor the filter
    says which areas are meant.
    """
    bodies = bodies_of(of)
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Aggregate) or node.function not in MIXING:
            continue
        use = of.use_of(node.rows)
        if not isinstance(use, RowsUse) or use.edges is not None:
            continue
        keys = _areas(of, use.entity)
        if not keys or (use.relation is not None and {child for child, _ in use.relation.match} & keys):
            continue
        if not reads(keys | {"area"}, [node.rows.where, node.what], bodies):
            help = "say which: `where area = jurisdiction.area`, or `where area.level = region`"
            of.report(one.path, "L045", node.span, help=help, text=print_expr(node), rows=print_expr(node.rows.path))


def _areas(of: Linted, entity: str) -> set[str]:
    """The columns of the key of a table that say for which area a row is."""
    info = of.checked.epochs[-1].world.entities.get(entity)
    if info is None:
        return set()
    return {name for name in info.key if info.columns[name].kind == "row" and info.columns[name].name == "area"}
