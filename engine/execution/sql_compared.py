"""Whether rows meet a varied cell only as "less, equal, more"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from . import sql_tree as sql
from .sql_program import CELLS
from .sql_relation import Computed, Item, Joined, Relation, in_parentheses, renamed
from .sql_tree import Tree

MOST_NODES = 20_000
"""How large a tree over cells may be: each layer of columns that is written out in the next may double it."""

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


@dataclass(frozen=True, slots=True)
class Compared:
    """A column of the rows that is compared with `tree`, made of columns of the input cells."""

    column: str
    tree: Tree


def compared(relation: Relation) -> Compared | None:
    """The one column of the table and the one value made of cells that are compared, where rows meet cells in no other
    way and the column is read for nothing else than that, and whether it is there.
    """
    for item in relation.items:
        if isinstance(item, Joined) and (item.relation.table != CELLS or item.relation.items or item.on != sql.TRUE):
            return None
    cells = cells_among(relation.items)
    rest = [item for item in relation.items if isinstance(item, Computed) and item.name not in cells]
    made = {item.name for item in rest}
    trees = [*(item.tree for item in rest), *relation.own]
    found: set[tuple[str, Tree]] = set()
    for tree in trees:
        for column in tree.find_all(exp.Column):
            if column.name in cells:
                pair = _pair(column, cells, made)
                if pair is None:
                    return None
                found.add(pair)
    if len(found) != 1:
        return None
    ((name, tree),) = found
    if any(not _is_harmless(one, cells) for tree in trees for one in tree.find_all(exp.Column) if one.name == name):
        return None
    return Compared(name, tree)


def _pair(column: exp.Column, cells: Mapping[str, Tree | None], made: set[str]) -> tuple[str, Tree] | None:
    """The column of the table with which one of a cell is compared, and what of the cell."""
    side, above = _side(column)
    if not isinstance(above, _COMPARISONS) or not sql.columns_in(side) <= cells.keys():
        return None
    other = above.expression if side is above.this else above.this
    other = other.unnest()
    if not isinstance(other, exp.Column) or other.name in cells or other.name in made:
        return None
    written = _written(side.unnest(), cells)
    return None if written is None else (other.name, written)


def _side(column: exp.Column) -> tuple[Tree, Tree | None]:
    """The side of a comparison in which a column stands, and the comparison, if there is one."""
    side: Tree = column
    while side.parent is not None and not isinstance(side.parent, _COMPARISONS):
        if isinstance(side.parent, exp.Case | exp.If | exp.Connector | exp.Not | exp.Is | exp.AggFunc):
            return side, None
        side = side.parent
    return side, side.parent


def _is_harmless(column: exp.Column, cells: Mapping[str, Tree | None]) -> bool:
    """Whether a column is only compared with cells, or looked at whether it is there."""
    above = column.parent
    child: Tree = column
    while isinstance(above, exp.Paren):
        child, above = above, above.parent
    if isinstance(above, exp.Is) and child is above.this:
        return isinstance(above.expression, exp.Null)
    if not isinstance(above, _COMPARISONS):
        return False
    other = above.expression if child is above.this else above.this
    reads = sql.columns_in(other)
    return bool(reads) and reads <= cells.keys()


def cells_among(items: Sequence[Item]) -> dict[str, Tree | None]:
    """Columns that are made of input cells alone, as trees over the columns of these; without a tree where it would be
    too large.
    """
    found: dict[str, Tree | None] = {}
    for item in items:
        if isinstance(item, Joined):
            if item.relation.table == CELLS and not item.relation.items:
                found.update(item.relation.outputs)
            continue
        reads = sql.columns_in(item.tree)
        if reads and reads <= found.keys():
            found[item.name] = _written(item.tree, found)
    return found


def _written(tree: Tree, cells: Mapping[str, Tree | None]) -> Tree | None:
    """A tree over columns that are made of cells, as one over the cells; nothing where it would be too large."""
    names: dict[str, Tree] = {}
    sizes: dict[str, int] = {}
    for name in sql.columns_in(tree):
        cell = cells[name]
        if cell is None:
            return None
        names[name], sizes[name] = in_parentheses(cell), sql.size(cell)
    nodes = sql.size(tree) + sum(sizes[column.name] for column in tree.find_all(exp.Column))
    return renamed(tree, names) if nodes <= MOST_NODES else None


def ends_for(tree: Tree, name: str, cells: Mapping[str, Tree | None]) -> list[Tree] | None:
    """What of the cells a column is compared with in a tree; nothing where it is read in another way, or that is too
    large to be written out.
    """
    found: list[Tree] = []
    for column in tree.find_all(exp.Column):
        if column.name != name:
            continue
        if not _is_harmless(column, cells):
            return None
        child: Tree = column
        while isinstance(child.parent, exp.Paren):
            child = child.parent
        above = child.parent
        if isinstance(above, _COMPARISONS):
            other = above.expression if child is above.this else above.this
            written = _written(other.unnest(), cells)
            if written is None:
                return None
            found.append(written)
    return found
