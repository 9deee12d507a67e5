"""L053: a sentence about a school, a district or a credential that tells of single students or teachers."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from .linted import Linted

TELLING = ("which", "first", "last", "the")
OF_A_ROW = ("criteria", "definitions", "record_checks")


def persons_named(of: Linted) -> None:
    """Report each `which(VALUE over …)`, `first`, `last` and `the` in a sentence of a thing that is no person, where
    the value is a personal column.
    """
    for one in of.written:
        node, path = one.node, one.path.split(".")
        if not isinstance(one.whole, ast.Sentence) or not isinstance(node, ast.Aggregate) or node.what is None:
            continue
        if node.function not in TELLING or path[0] not in OF_A_ROW or _is_person(of, path[1]):
            continue
        if _personal(of, node.what, _reached(of, node.rows.path, path[1])):
            help = "say how many there are: `count(…)`"
            of.report(one.path, "L053", node.span, help=help, text=print_expr(node), entity=path[1])


def _is_person(of: Linted, entity: str) -> bool:
    info = of.checked.epochs[-1].world.entities.get(entity)
    return info is None or any(name in info.personal for name in info.key)


def _personal(of: Linted, value: Expr, entity: str) -> bool:
    """Whether a value on a row of an entity, with or without dots, is a column about a person."""
    if isinstance(value, ast.Member):
        entity = _reached(of, value.base, entity)
    info = of.checked.epochs[-1].world.entities.get(entity)
    return info is not None and isinstance(value, ast.Name | ast.Member) and value.name in info.personal


def _reached(of: Linted, path: Expr, entity: str) -> str:
    """The entity of the rows to which a name or a walk leads; empty where it is another thing."""
    if isinstance(path, ast.Member):
        entity = _reached(of, path.base, entity)
    info = of.checked.epochs[-1].world.entities.get(entity)
    if info is None or not isinstance(path, ast.Name | ast.Member):
        return ""
    if entity == "state" and path.name in of.checked.epochs[-1].world.plurals:
        return of.checked.epochs[-1].world.plurals[path.name]
    tie = info.relations.get(path.name)
    return tie.to if tie is not None else ""
