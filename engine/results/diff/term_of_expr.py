"""From expressions as written to terms in normal form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from ...syntax import expr as ast
from ...syntax.expr import Expr, NodeId
from ...types.checked import CellUse, CheckedPolicy, DataUse, DefinitionUse, RelationUse, RowUse, Use, ValueUse
from ...types.datatypes import UNKNOWN, Type
from .normal_form import (
    added,
    all_of,
    any_of,
    chosen,
    compared,
    divided,
    equal,
    multiplied,
    negated,
    ordered,
)
from .term import NO, Key, Term, literal

SORTED = ("min", "max")


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the check of a policy found of its names: uses, types, the parameters there are."""

    uses: Mapping[NodeId, Use] = field(default_factory=dict)
    types: Mapping[NodeId, Type] = field(default_factory=dict)
    parameters: Mapping[str, Type] = field(default_factory=dict)

    @staticmethod
    def of(checked: CheckedPolicy) -> Meanings:
        """Those of a policy, at whichever date each is in force; where a type differs from one date to another it is
        the widest of all.
        """
        uses: dict[NodeId, Use] = {}
        types: dict[NodeId, Type] = {}
        for epoch in checked.epochs:
            uses.update(epoch.uses)
            for id, type in epoch.types.items():
                known = types.get(id)
                types[id] = type if known is None or known == type else _widest(known, type)
        return Meanings(uses, types, _parameters(checked))


def _parameters(checked: CheckedPolicy) -> dict[str, Type]:
    """The types of parameters, each with the least of its values as its lower end."""
    found: dict[str, Type] = {}
    for item in checked.policy.parameters:
        type = checked.parameters[item.name].type
        written = [value for dated in item.values for _, value in dated.members]
        numbers = [one.value for one in written if isinstance(one, (ast.Number, ast.Percent, ast.Money))]
        if type.kind == "number" and numbers and len(numbers) == sum(1 for one in written if one is not None):
            type = replace(type, low=Fraction(min(numbers)))
        found[item.name] = type
    return found


def _widest(one: Type, other: Type) -> Type:
    """A type that says no more than both."""
    if one.kind != other.kind:
        return UNKNOWN
    lows, highs = (one.low, other.low), (one.high, other.high)
    return replace(
        one,
        nullable=one.nullable or other.nullable,
        bounded=one.bounded or other.bounded,
        excusable=one.excusable or other.excusable,
        quotient=one.quotient or other.quotient,
        low=min(lows) if None not in lows else None,  # type: ignore[type-var]
        high=max(highs) if None not in highs else None,  # type: ignore[type-var]
    )


def term_of(expr: Any, meanings: Meanings) -> Term:
    """The normal form of an expression, of rows or of an order; nothing is `no`."""
    if expr is None:
        return NO
    if isinstance(expr, tuple):
        return Term("several", _each(expr, meanings))
    made = _MAKE[type(expr)](expr, meanings)
    found = meanings.types.get(getattr(expr, "id", 0))
    if found is None or (made.key is not None and made.key[0] == "cell" and made.type is not None):
        return made
    return Term(made.op, made.args, made.value, found)


def _each(exprs: tuple[Any, ...], meanings: Meanings) -> tuple[Term, ...]:
    return tuple(term_of(one, meanings) for one in exprs)


def _number(expr: Any, meanings: Meanings) -> Term:
    use = meanings.uses.get(expr.id)
    if isinstance(use, ValueUse):
        return Term("word", (), str(use.value))
    value = Fraction(expr.value)
    if isinstance(expr, ast.Percent):
        return literal(value / 100)
    return literal(value, f"USD/{expr.per}" if isinstance(expr, ast.Money) else "")


def _text(expr: ast.Text, meanings: Meanings) -> Term:
    return Term("word", (), expr.value)


def _key(name: str, use: Use | None, meanings: Meanings) -> tuple[Key, int] | None:
    """What a name means, and of which row; nothing where it is a value."""
    match use:
        case ValueUse():
            return None
        case CellUse(path=path):
            return ("cell", path), 0
        case DefinitionUse(entity=entity, name=column, level=level):
            return ("column", entity, column), level
        case DataUse(entity=entity, column=column, level=level):
            return ("data", entity, column), level
        case RelationUse(entity=entity, relation=relation, level=level):
            return ("relation", entity, relation.name), level
        case RowUse(entity=entity, level=level):
            return ("row", entity), level
        case _:
            return (("cell", f"parameters.{name}") if name in meanings.parameters else ("name", name)), 0


def _name(expr: ast.Name, meanings: Meanings) -> Term:
    use = meanings.uses.get(expr.id)
    found = _key(expr.name, use, meanings)
    if found is None:
        assert isinstance(use, ValueUse)
        return Term("word", (), str(use.value))
    known = meanings.parameters.get(expr.name) if found[0][0] == "cell" else None
    return Term("leaf", (), found, known)


def _member(expr: ast.Member, meanings: Meanings) -> Term:
    use = meanings.uses.get(expr.id)
    if isinstance(use, CellUse):
        return Term("leaf", (), (("cell", use.path), 0))
    found = _key(expr.name, use, meanings) if use is not None else (("name", expr.name), 0)
    if found is None:
        return Term("word", (), expr.name)
    return Term("walk", (term_of(expr.base, meanings),), found)


def _arithmetic(expr: ast.Arithmetic, meanings: Meanings) -> Term:
    left, right = term_of(expr.left, meanings), term_of(expr.right, meanings)
    match expr.op:
        case "+":
            return added((left, right))
        case "-":
            return added((left, negative(right)))
        case "*":
            return multiplied((left, right))
        case _:
            return divided(left, right)


def negative(term: Term) -> Term:
    """`-x`."""
    number = term.number
    if number is not None:
        return literal(-number, term.value[1])
    return multiplied((literal(Fraction(-1)), term))


def _comparison(expr: ast.Comparison, meanings: Meanings) -> Term:
    left, right = term_of(expr.left, meanings), term_of(expr.right, meanings)
    match expr.op:
        case "=":
            return equal(left, right)
        case "!=":
            return negated(equal(left, right))
        case op:
            return compared(op, left, right)


def _between(expr: ast.Between, meanings: Meanings) -> Term:
    value, low, high = _each((expr.value, expr.low, expr.high), meanings)
    return all_of((compared(">=", value, low), compared("<" if expr.half_open else "<=", value, high)))


def _in(expr: ast.In, meanings: Meanings) -> Term:
    value = term_of(expr.value, meanings)
    inside = any_of(tuple(equal(value, term_of(option, meanings)) for option in expr.options))
    return negated(inside) if expr.negated else inside


def _call(expr: ast.Call, meanings: Meanings) -> Term:
    arguments = _each(expr.arguments, meanings)
    if expr.function in SORTED:
        arguments = ordered(arguments)
    elif expr.function == "at_least":
        arguments = (arguments[0], *ordered(arguments[1:]))
    return Term("call", arguments, expr.function)


def _rows(expr: ast.Rows, meanings: Meanings) -> Term:
    top = literal(Fraction(expr.top)) if expr.top else NO
    return Term("rows", (*_each((expr.path, expr.where), meanings), top, term_of(expr.top_by, meanings)))


def _aggregate(expr: ast.Aggregate, meanings: Meanings) -> Term:
    rows = term_of(expr.rows, meanings)
    more = _each((expr.what, expr.by, expr.weight, expr.level), meanings)
    return Term("over", (rows, *more), (expr.function, expr.option))


def _among(expr: ast.Among, meanings: Meanings) -> Term:
    within = Term("within", ordered(_each(expr.within, meanings)))
    return Term("among", (*_each((expr.what, expr.by, expr.where), meanings), within), expr.function)


def _order(expr: ast.Order, meanings: Meanings) -> Term:
    return Term(
        "order", tuple(term_of(key.value, meanings) for key in expr.keys), tuple(key.descending for key in expr.keys)
    )


def _operands(op: str, *names: str, value: Callable[[Any], Any] = lambda expr: None) -> Callable[[Any, Meanings], Term]:
    """How a form becomes an operator of its parts, in their order."""
    return lambda expr, meanings: Term(op, _each(tuple(getattr(expr, one) for one in names), meanings), value(expr))


_MAKE: dict[type, Callable[[Any, Meanings], Term]] = {
    ast.Number: _number,
    ast.Percent: _number,
    ast.Money: _number,
    ast.Duration: lambda expr, meanings: literal(Fraction(expr.count), expr.unit),
    ast.DateLiteral: lambda expr, meanings: literal(Fraction(expr.value.toordinal()), "date"),
    ast.Text: _text,
    ast.Truth: lambda expr, meanings: Term("truth", (), expr.value),
    ast.Missing: lambda expr, meanings: Term("missing"),
    ast.Name: _name,
    ast.Member: _member,
    ast.Negate: lambda expr, meanings: negative(term_of(expr.operand, meanings)),
    ast.Arithmetic: _arithmetic,
    ast.PartOf: lambda expr, meanings: multiplied(_each((expr.share, expr.whole), meanings)),
    ast.Comparison: _comparison,
    ast.Between: _between,
    ast.In: _in,
    ast.IsKnown: lambda expr, meanings: (
        Term("known", (term_of(expr.value, meanings),))
        if expr.known
        else negated(Term("known", (term_of(expr.value, meanings),)))
    ),
    ast.Not: lambda expr, meanings: negated(term_of(expr.operand, meanings)),
    ast.And: lambda expr, meanings: all_of(_each(expr.operands, meanings)),
    ast.Or: lambda expr, meanings: any_of(_each(expr.operands, meanings)),
    ast.OrElse: _operands("or_else", "value", "fallback"),
    ast.If: lambda expr, meanings: chosen(*_each((expr.test, expr.then, expr.otherwise), meanings)),
    ast.Call: _call,
    ast.AsOf: _operands("as_of", "value", "date"),
    ast.YearOf: _operands("year_of", "date", value=lambda expr: expr.kind),
    ast.DayOf: _operands("day_of", "year", value=lambda expr: (expr.day, expr.month)),
    ast.Rows: _rows,
    ast.Aggregate: _aggregate,
    ast.Among: _among,
    ast.Order: _order,
    ast.OrderKey: _operands("key", "value", value=lambda expr: expr.descending),
    ast.Reachable: lambda expr, meanings: Term("leaf", (), (("reachable", expr.relation, str(expr.or_itself)), 0)),
    ast.Sentence: lambda expr, meanings: Term(
        "sentence",
        tuple(Term("word", (), part) if isinstance(part, str) else term_of(part, meanings) for part in expr.parts),
    ),
}


def same_meaning(old: Expr, new: Expr, before: Meanings, after: Meanings) -> bool:
    """Whether two expressions have the same normal form."""
    return term_of(old, before) == term_of(new, after)
