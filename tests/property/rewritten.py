"""Small rewritings of expressions at random: some say the same in other words, some say more, less or something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any, TypeAlias

from engine.syntax import expr as ast
from engine.syntax.expr import Expr, fresh_id
from engine.syntax.walk import Node, children, transform

Way: TypeAlias = Callable[[Random, Any], Any]


def rewritten(chance: Random, expr: Expr, own_names: bool = True) -> Expr | None:
    """A copy of an expression with one to three of its nodes written otherwise; nothing where there is nothing to
    rewrite. With `own_names` the columns of the small world may come in.
    """
    found: Any = transform(expr, _copied)
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = [(node, way) for node in _nodes(found) for way in _ways(node)]
        places = [(node, way) for node, way in places if own_names or way not in NAMING]
        if not places:
            return None
        node, way = chance.choice(places)
        put = way(chance, node)
        found = _with(found, node, put)
    return transform(found, _copied)  # type: ignore[no-any-return]


def _copied(node: Node) -> Node:
    return replace(node, id=fresh_id())


def _nodes(root: Any) -> Iterator[Any]:
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        todo += reversed(children(node))


def _with(root: Any, node: Any, put: Any) -> Any:
    return transform(root, lambda one: put if one.id == node.id else one)


def _ways(node: Any) -> tuple[Way, ...]:
    ways = _WAYS.get(type(node), ())
    return (*ways, *_TESTS) if isinstance(node, TESTS) else ways


TESTS = (ast.Comparison, ast.Between, ast.In, ast.IsKnown, ast.Not, ast.And, ast.Or)


# -- the same in other words --------------------------------------------------------------------------------------


def _twice_not(chance: Random, node: Any) -> Any:
    return ast.Not(ast.Not(node))


def _turned(chance: Random, node: ast.Comparison) -> Any:
    signs: dict[str, Any] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
    return replace(node, op=signs[node.op], left=node.right, right=node.left)


def _denied(chance: Random, node: ast.Comparison) -> Any:
    signs: dict[str, Any] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
    return ast.Not(replace(node, op=signs[node.op]))


def _shuffled(chance: Random, node: Any) -> Any:
    operands = list(node.operands)
    chance.shuffle(operands)
    return replace(node, operands=tuple(operands))


def _nested(chance: Random, node: Any) -> Any:
    first, *rest = node.operands
    return replace(node, operands=(first, replace(node, operands=tuple(rest)))) if len(rest) > 1 else node


def _de_morgan(chance: Random, node: Any) -> Any:
    other = ast.Or if isinstance(node, ast.And) else ast.And
    return ast.Not(other(tuple(ast.Not(one) for one in node.operands)))


def _spelled_out(chance: Random, node: ast.In) -> Any:
    tests = tuple(ast.Comparison("=", transform(node.value, _copied), one) for one in node.options)
    inside = tests[0] if len(tests) == 1 else ast.Or(tests)
    return ast.Not(inside) if node.negated else inside


def _two_tests(chance: Random, node: ast.Between) -> Any:
    low = ast.Comparison(">=", node.value, node.low)
    return ast.And((low, ast.Comparison("<" if node.half_open else "<=", transform(node.value, _copied), node.high)))


def _changed_branches(chance: Random, node: ast.If) -> Any:
    return ast.If(ast.Not(node.test), node.otherwise, node.then)


def _commuted(chance: Random, node: ast.Arithmetic) -> Any:
    if node.op not in "+*" or isinstance(node.right, ast.Duration):
        return node
    return replace(node, left=node.right, right=node.left)


def _bracketed(chance: Random, node: ast.Arithmetic) -> Any:
    left = node.left
    if not isinstance(left, ast.Arithmetic) or left.op != node.op or node.op not in "+*":
        return node
    if isinstance(node.right, ast.Duration):
        return node
    return replace(node, left=left.left, right=replace(left, left=left.right, right=node.right))


def _times(chance: Random, node: ast.PartOf) -> Any:
    return ast.Arithmetic("*", node.whole, node.share)


def _other_order(chance: Random, node: ast.Call) -> Any:
    if node.function not in ("min", "max"):
        return node
    return replace(node, arguments=tuple(reversed(node.arguments)))


# -- more, less, something else -----------------------------------------------------------------------------------


def _weakened(chance: Random, node: ast.Comparison) -> Any:
    signs: dict[str, tuple[Any, ...]] = {
        "<": ("<=", "!="), "<=": ("<",), ">": (">=",), ">=": (">", "="), "=": ("<=", ">="), "!=": ("<",)
    }  # fmt: skip
    return replace(node, op=chance.choice(signs[node.op]))


def _fewer(chance: Random, node: Any) -> Any:
    operands = list(node.operands)
    operands.pop(chance.randrange(len(operands)))
    return operands[0] if len(operands) == 1 else replace(node, operands=tuple(operands))


def _more(chance: Random, node: Any) -> Any:
    return replace(node, operands=(*node.operands, chance.choice((ast.Name("t"), ast.Name("u"), ast.Truth(True)))))


def _one_more(chance: Random, node: Any) -> Any:
    return chance.choice((ast.And, ast.Or))((node, ast.Name(chance.choice("tu"))))


def _moved(chance: Random, node: Any) -> Any:
    steps = (Decimal(1), Decimal(-1), Decimal("0.5"), Decimal(20))
    return replace(node, value=max(node.value + chance.choice(steps), Decimal(0)))


def _fewer_options(chance: Random, node: ast.In) -> Any:
    return replace(node, options=node.options[1:]) if len(node.options) > 1 else node


def _filtered(chance: Random, node: ast.Rows) -> Any:
    if node.where is None:
        return replace(node, where=ast.Comparison(">", ast.Name("k"), ast.Number(Decimal(1))))
    return chance.choice((replace(node, where=None), replace(node, where=ast.And((node.where, ast.Name("t"))))))


def _other_fallback(chance: Random, node: ast.OrElse) -> Any:
    return node.value


def _other_rounding(chance: Random, node: ast.Call) -> Any:
    swap = {"min": "max", "floor": "ceiling", "any": "all"}
    return replace(node, function=swap[node.function]) if node.function in swap else node


_LOGIC: tuple[Way, ...] = (_shuffled, _nested, _de_morgan, _fewer, _more)
_TESTS: tuple[Way, ...] = (_twice_not, _one_more)
_WAYS: dict[type, tuple[Way, ...]] = {
    ast.Comparison: (_turned, _denied, _weakened),
    ast.And: _LOGIC,
    ast.Or: _LOGIC,
    ast.In: (_spelled_out, _fewer_options),
    ast.Between: (_two_tests,),
    ast.If: (_changed_branches,),
    ast.Arithmetic: (_commuted, _bracketed),
    ast.PartOf: (_times,),
    ast.Call: (_other_order, _other_rounding),
    ast.Number: (_moved,),
    ast.Percent: (_moved,),
    ast.Money: (_moved,),
    ast.OrElse: (_other_fallback,),
    ast.Rows: (_filtered,),
}

NAMING: tuple[Way, ...] = (_more, _one_more, _filtered)
"""Those that bring in names of the small world."""
