"""Each aggregate over its members: counts and sums of a grouped query, and what they come to for the row that asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..plan.plan import Aggregate, Node
from ..text.errors import EngineBug
from ..types.digits import ROW_DIGITS
from . import sql_tree as sql
from .physical import NARROW_DIGITS
from .sql_members import Gathered, Members, members, numbered, placed
from .sql_number import Number, add, divide, multiply, widened
from .sql_percentile import percentile
from .sql_tree import Tree
from .sql_value import Value, each, ends, number, wholly_missing


def aggregate(gathered: Gathered, node: Aggregate) -> Value:
    """The aggregate as a value of the row that asks, to be fitted to its type."""
    found = members(gathered, node.over)
    if node.function in _UNGUARDED:
        result = _UNGUARDED[node.function](found, node)
    elif node.function in _FUNCTIONS:
        found.guards += found.possible
        result = _FUNCTIONS[node.function](found, node)
    else:
        raise EngineBug(f"no database computes the aggregate `{node.function}`")
    return _guarded(gathered, result, found.guards)


def _guarded(gathered: Gathered, result: Value, guards: Sequence[Tree]) -> Value:
    if not guards:
        return result
    test = gathered.asking.scope.bind(sql.every(guards))
    guarded = each(result, lambda tree: sql.case((test, tree)))
    return guarded if result.na is None else replace(guarded, na=sql.case((test, result.na), otherwise=sql.FALSE))


# -- tests and counts -------------------------------------------------------------------------------------------


def _kleene(members: Members, node: Aggregate) -> Value:
    """Or over (filter and test), and over (not filter or test): one that decides, else none that is open."""
    gathered, inside = members.gathered, members.inside
    test = sql.TRUE if node.value is None else gathered.child.truth(node.value)
    if node.function == "any":
        tree = gathered.bind(test if inside == sql.TRUE else sql.every((inside, test)))
        decided, otherwise = gathered.some(tree), sql.FALSE
    else:
        tree = gathered.bind(test if inside == sql.TRUE else sql.some((sql.negate(inside), test)))
        decided, otherwise = gathered.some(sql.negate(tree)), sql.TRUE
    result = sql.FALSE if node.function == "all" else sql.TRUE
    return Value(node.type, sql.case((decided, result), (gathered.none(sql.is_null(tree)), otherwise)))


def _counted(node: Aggregate, low: Tree, high: Tree | None) -> Value:
    whole = replace(node.type, kind="number", whole=ROW_DIGITS, scale=0, bounded=high is not None)
    return Value(whole, low, high)


def _count(members: Members, node: Aggregate) -> Value:
    sure = members.gathered.count(members.inside)
    if members.inside == sql.TRUE:
        return _counted(node, sure, None)
    possible = members.gathered.count(sql.is_null(members.inside))
    return _counted(node, sure, members.gathered.asking.scope.bind(sql.binary(sure, "+", possible)))


def _share(members: Members, node: Aggregate) -> Value:
    """From the sure of all to the sure and the unknown of all; missing over nothing, which a division by 0 is."""
    assert node.value is not None
    gathered, scope = members.gathered, members.gathered.asking.scope
    test = gathered.child.truth(node.value)
    every = Number(gathered.count(members.inside), ROW_DIGITS, 0)
    sure = Number(gathered.count(sql.every((members.inside, test))), ROW_DIGITS, 0)
    unknown = Number(gathered.count(sql.every((members.inside, sql.is_null(test)))), ROW_DIGITS, 0)
    low = divide(sure, every, node.type.scale, scope)
    high = divide(replace(add(sure, "+", unknown, scope.spelling), digits=ROW_DIGITS), every, node.type.scale, scope)
    return _numeric(node, low, high)


def _numeric(node: Aggregate, low: Number, high: Number | None = None) -> Value:
    digits = max(low.digits, low.digits if high is None else high.digits)
    whole = replace(node.type, kind="number", whole=digits - low.scale, scale=low.scale, bounded=high is not None)
    return Value(whole, low.tree, None if high is None else high.tree)


def _count_distinct(members: Members, node: Aggregate) -> Value:
    assert node.value is not None
    value = members.gathered.child.exact(node.value)
    members.guards.append(members.of_all(sql.is_not_null(value)))
    counted = members.gathered.statistic(sql.grouped("COUNT", members.only(value), distinct=True))
    zero = sql.integer(0, members.gathered.asking.scope.spelling)
    return _counted(node, sql.call("COALESCE", counted, zero), None)


# -- sums -------------------------------------------------------------------------------------------------------


def _total(members: Members, summand: Number) -> Number:
    """The sum of what the rows that are in have, none of it missing; 0 over nothing."""
    gathered = members.gathered
    spelling = gathered.child.scope.spelling
    digits = summand.digits + ROW_DIGITS
    wide = widened(replace(summand, tree=members.only(summand.tree)), digits, spelling)
    found = gathered.statistic(sql.cast(sql.grouped("SUM", wide.tree), _kind(digits, gathered), spelling))
    zero = sql.integer(0, spelling, digits > NARROW_DIGITS)
    return Number(gathered.asking.scope.bind(sql.call("COALESCE", found, zero)), digits, summand.scale)


def _kind(digits: int, gathered: Gathered) -> str:
    spelling = gathered.child.scope.spelling
    return spelling.wide if digits > NARROW_DIGITS else spelling.narrow


def _summand(members: Members, node: Node) -> Number:
    value = members.gathered.child.value(node)
    found = number(value, members.gathered.child.exact(node))
    members.guards.append(members.of_all(sql.is_not_null(found.tree)))
    return found


def _sum(members: Members, node: Aggregate) -> Value:
    assert node.value is not None
    return _numeric(node, _total(members, _summand(members, node.value)))


def _mean(members: Members, node: Aggregate) -> Value:
    assert node.value is not None
    total = _total(members, _summand(members, node.value))
    rows = Number(members.gathered.count(members.inside), ROW_DIGITS, 0)
    return _numeric(node, divide(total, rows, node.type.scale, members.gathered.asking.scope))


def _weighted_mean(members: Members, node: Aggregate) -> Value:
    assert node.value is not None and node.weight is not None
    value, weight = _summand(members, node.value), _summand(members, node.weight)
    product = multiply(weight, value, members.gathered.child.scope.spelling)
    over, under = _total(members, product), _total(members, weight)
    return _numeric(node, divide(over, under, node.type.scale, members.gathered.asking.scope))


def moments(gathered: Gathered, node: Aggregate) -> tuple[Value, ...]:
    """What the host needs for a standard deviation: rows, sum and sum of squares; the first is missing if it is."""
    assert node.value is not None
    found = members(gathered, node.over)
    summand = _summand(found, node.value)
    square = multiply(summand, summand, gathered.child.scope.spelling)
    count = _counted(node, gathered.count(found.inside), None)
    sums = [_numeric(node, _total(found, part)) for part in (summand, square)]
    guards = [*found.guards, *found.possible, gathered.some(found.inside)]
    return (_guarded(gathered, count, guards), *sums)


# -- single rows ------------------------------------------------------------------------------------------------


def _one(members: Members, node: Aggregate) -> Value:
    """The value of the first, last or only row, as it is: it may be a bound or not applicable."""
    assert node.value is not None
    gathered = members.gathered
    picked = members.inside
    if node.function == "the":
        one = sql.integer(1, gathered.asking.scope.spelling)
        members.guards.append(sql.binary(gathered.count(members.inside), "=", one))
    else:
        order = placed(members, node.order)
        if node.function == "last":
            order = [(value, not descending) for value, descending in order]
        place = gathered.bind(numbered(members, order))
        first = sql.integer(1, gathered.child.scope.spelling)
        picked = sql.every((members.inside, sql.binary(place, "=", first)))
    value = each(
        gathered.child.value(node.value),
        lambda tree: gathered.statistic(sql.grouped("MAX", sql.case((picked, tree)))),
    )
    return value if value.na is None else replace(value, na=sql.call("COALESCE", value.na, sql.FALSE))


def _extreme(members: Members, node: Aggregate) -> Value:
    """Least or greatest of the low ends and of the high ends; an open end is infinitely far out."""
    assert node.value is not None
    gathered, function = members.gathered, node.function.upper()
    value = gathered.child.value(node.value)
    members.guards.append(members.of_all(sql.negate(wholly_missing(value))))
    low, high = (gathered.statistic(sql.grouped(function, members.only(end))) for end in ends(value))
    if value.high is None:
        return replace(value, main=low)
    wins = value.main if node.function == "min" else value.high
    closed = members.of_all(sql.is_not_null(wins))
    if node.function == "min":
        return replace(value, main=sql.case((closed, low)), high=high)
    return replace(value, main=low, high=sql.case((closed, high)))


Function = Callable[[Members, Aggregate], Value]


_UNGUARDED: Mapping[str, Function] = {"any": _kleene, "all": _kleene, "count": _count}
_FUNCTIONS: Mapping[str, Function] = {
    "share": _share,
    "sum": _sum,
    "mean": _mean,
    "weighted_mean": _weighted_mean,
    "min": _extreme,
    "max": _extreme,
    "median": percentile,
    "percentile": percentile,
    "count_distinct": _count_distinct,
    "first": _one,
    "last": _one,
    "the": _one,
}
