"""Medians and percentiles by counting rows, in whole numbers only."""

from __future__ import annotations

from dataclasses import replace

from ..plan.plan import Aggregate
from ..types.digits import ROW_DIGITS
from . import sql_tree as sql
from .physical import NARROW_DIGITS, digits_of
from .sql_members import Members, apart
from .sql_number import Number, add, aligned, multiply, remainder, whole_quotient, widened
from .sql_scope import Scope
from .sql_tree import Tree
from .sql_value import Value, ends, exact, number, wholly_missing


def percentile(members: Members, node: Aggregate) -> Value:
    """The value at a level between 0 and 1, interpolated, or of the nearest rank; the median is at one half.

    Of bounds it is that of the low ends (open is least) and that of the high ends (open is greatest).
    """
    assert node.value is not None
    child = members.gathered.child
    value = child.value(node.value)
    members.guards.append(members.of_all(sql.negate(wholly_missing(value))))
    level = _level(members, node)
    found = [_of_ends(members, node, number(value, end), level, place) for place, end in enumerate(ends(value))]
    low, high = found if value.high is not None else (found[0], None)
    kind = replace(
        value.type,
        whole=max(end.digits for end in found) - found[0].scale,
        scale=found[0].scale,
        bounded=high is not None,
    )
    return Value(kind, low.tree, None if high is None else high.tree)


def _level(members: Members, node: Aggregate) -> Number:
    """The level as a value of each row of the child; missing outside 0 to 1."""
    scope, spelling = members.gathered.child.scope, members.gathered.child.scope.spelling
    if node.level is None:
        return Number(sql.integer(5, spelling), 1, 1)
    rows, joined = members.gathered.child.outer or (members.gathered.child, None)
    value = rows.value(node.level)
    found = number(value, exact(value))
    if joined is not None:
        found = replace(found, tree=scope.expose(joined, rows.scope.bind(found.tree)))
    found = replace(found, tree=scope.bind(found.tree), digits=digits_of(node.level.type))
    zero, one = sql.integer(0, spelling, found.wide), sql.integer(10**found.scale, spelling, found.wide)
    inside = sql.every((sql.binary(found.tree, ">=", zero), sql.binary(found.tree, "<=", one)))
    return replace(found, tree=scope.bind(sql.case((inside, found.tree))))


def _of_ends(members: Members, node: Aggregate, end: Number, level: Number, is_high: int) -> Number:
    gathered, scope = members.gathered, members.gathered.child.scope
    spelling = scope.spelling
    flags = [sql.integer(place, spelling) for place in ((0, 1) if not is_high else (1, 0))]
    flag = scope.bind(sql.case((sql.is_null(end.tree), flags[0]), otherwise=flags[1]))
    within = [*gathered.by, *apart(members)]
    at = _counted(scope, sql.window(sql.call("ROW_NUMBER"), within, [(flag, False), (end.tree, False)]))
    rows = _counted(scope, sql.window(sql.counted(members.inside), list(gathered.by), []))
    if node.option == "nearest_rank":
        weight = _is_rank(scope, at, rows, level)
        result = end
        weighed = end.tree
    else:
        weight = _weight(scope, at, rows, level)
        weighing = Number(weight.tree, max(weight.digits, 1), 0)
        result = replace(multiply(end, weighing, spelling), scale=end.scale + level.scale)
        weighed = result.tree
    touched = scope.bind(sql.every((members.inside, sql.binary(weight.tree, ">", _zero(weight, scope)))))
    digits = end.digits + (0 if node.option == "nearest_rank" else level.scale + 1)
    summand = widened(replace(result, tree=sql.case((touched, weighed))), digits, spelling)
    kind = spelling.wide if digits > NARROW_DIGITS or result.wide else spelling.narrow
    total = gathered.statistic(sql.cast(sql.grouped("SUM", summand.tree), kind, spelling))
    closed = gathered.none(sql.every((touched, sql.is_null(end.tree))))
    wide_digits = max(digits, NARROW_DIGITS + 1) if kind == spelling.wide else digits
    return Number(sql.case((closed, total)), wide_digits, result.scale)


def _counted(scope: Scope, tree: Tree) -> Number:
    return Number(scope.bind(sql.cast(tree, scope.spelling.narrow, scope.spelling)), ROW_DIGITS, 0)


def _zero(number: Number, scope: Scope) -> Tree:
    return sql.integer(0, scope.spelling, number.wide)


def _weight(scope: Scope, at: Number, rows: Number, level: Number) -> Number:
    """How much a row counts, out of 10**scale of the level: the place (n − 1)·level lies between two rows."""
    spelling = scope.spelling
    one = Number(sql.integer(1, spelling), 1, 0)
    before = replace(add(rows, "-", one, spelling), digits=ROW_DIGITS)
    place = replace(multiply(before, replace(level, scale=0), spelling), scale=0)
    place = replace(place, tree=scope.bind(place.tree))
    unit = Number(sql.integer(10**level.scale, spelling, level.scale >= NARROW_DIGITS), level.scale + 1, 0)
    whole, part = whole_quotient(place, unit, scope), remainder(place, unit, scope)
    part = replace(part, tree=scope.bind(part.tree))
    under, first = aligned((replace(add(whole, "+", one, spelling), scale=0), at), spelling)
    under = replace(under, tree=scope.bind(under.tree))
    following = add(under, "+", one, spelling)
    following, second = aligned((following, at), spelling)
    rest = add(unit, "-", part, spelling)
    rest, part = aligned((rest, part), spelling)
    weight = sql.case(
        (sql.binary(first.tree, "=", under.tree), rest.tree),
        (sql.binary(second.tree, "=", following.tree), part.tree),
        otherwise=_zero(part, scope),
    )
    digits = max(level.scale + 1, NARROW_DIGITS + 1) if part.wide else level.scale + 1
    return Number(scope.bind(weight), digits, 0)


def _is_rank(scope: Scope, at: Number, rows: Number, level: Number) -> Number:
    """1 for the row whose place is level·n rounded up, at least the first; 0 for all others."""
    spelling = scope.spelling
    product = replace(multiply(rows, replace(level, scale=0), spelling), scale=0)
    less_one = Number(sql.integer(10**level.scale - 1, spelling, level.scale > NARROW_DIGITS), level.scale + 1, 0)
    unit = Number(sql.integer(10**level.scale, spelling, level.scale >= NARROW_DIGITS), level.scale + 1, 0)
    rank = whole_quotient(add(product, "+", less_one, spelling), unit, scope)
    rank = replace(rank, tree=scope.bind(rank.tree))
    lowest = sql.case(
        (sql.binary(rank.tree, "<", sql.integer(1, spelling, rank.wide)), sql.integer(1, spelling, rank.wide)),
        otherwise=rank.tree,
    )
    wanted, place = aligned((replace(rank, tree=scope.bind(lowest)), at), spelling)
    hit = sql.case(
        (sql.binary(place.tree, "=", wanted.tree), sql.integer(1, spelling)), otherwise=sql.integer(0, spelling)
    )
    return Number(scope.bind(hit), 1, 0)
