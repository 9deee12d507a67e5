"""Points as computed columns: the least and the most that the data leave possible, and the bound that they make.

Of points `P` come `P: lowest`, for which a line that is undetermined does not hold, `P: highest`, for which it
does, and
`P`, known where both agree. So the points of a row go from the highest line that is true to the highest that may be.
`P: line` says which line gave them, by its number, and `P: added` which additions hold, as a sum of powers of two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.choice_tables import Points, PointsLine
from ...syntax.expr import Expr
from ...syntax.policy import RuleVersion
from ..check_names import renewed
from ..pending import Pending, lowered
from .build import Build

LOWEST, HIGHEST = "lowest", "highest"
LINE, ADDED = "line", "added"


def ends_of(name: str) -> tuple[str, str]:
    """The columns that hold the least and the most that the points of this name may be."""
    return f"{name}: {LOWEST}", f"{name}: {HIGHEST}"


def lower_points(item: Points) -> list[Pending]:
    """The columns of points on their entity: both ends, then the number known within them."""
    make = Build(item.span)
    low, high = ends_of(item.name)
    whole = ast.Operate("bound", (make.name(low), make.name(high)), span=item.span)
    bodies = [
        (low, "step", _worked_out(item, make, False)),
        (high, "step", _worked_out(item, make, True)),
        (item.name, "definition", whole),
    ]
    line = _line(item, make)
    if line is not None:
        bodies.append((f"{item.name}: {LINE}", "points", line))
    if item.add:
        bodies.append((f"{item.name}: {ADDED}", "points", _which(list(item.add), make)))
    return [
        replace(
            lowered(
                f"points.{item.name}", item.entity.text, name, body, item.span, role=role, title=item.title,
                cite=item.cite,
            ),
            versions=(RuleVersion(body=renewed(body), span=item.span),),
            entity_span=item.entity.span,
        )
        for name, role, body in bodies
    ]  # fmt: skip


def _worked_out(item: Points, make: Build, most: bool) -> Expr:
    """The lines, then the additions, then the cap; `most` is the highest end."""
    lines = [line for line in item.lines if line.when is not None]
    rest = next((line.points for line in item.lines if line.when is None), None)
    found = _TAKE[item.take](lines, rest, make, most)
    for line in item.add:
        found = make.plus(found, _counted(line, make, most))
    if item.at_most is not None:
        found = ast.Call("min", (found, item.at_most), span=item.at_most.span)
    return found


def _line(item: Points, make: Build) -> Expr | None:
    """The number of the line that gives the points, 0 for `otherwise`; of lines that are added up, which hold. Nothing
    where only the points of each line would tell.
    """
    lines = [line for line in item.lines if line.when is not None]
    if item.take == "sum":
        return _which(lines, make) if lines else None
    order = list(range(len(lines)))
    if item.take == "highest":
        worth = [_written(line.points) for line in item.lines]
        known = [number for number in worth if number is not None]
        least = min(known, default=Decimal(0))
        rest = [_written(line.points) for line in item.lines if line.when is None]
        if len(known) < len(worth) or any(number is None or number > least for number in rest):
            return None
        of_line = [_written(line.points) or Decimal(0) for line in lines]
        order.sort(key=lambda at: -of_line[at])
    numbered = [(at, lines[at].when) for at in order]
    choices = [(when, make.number(at + 1)) for at, when in numbered if when is not None]
    return make.choice(*choices, otherwise=make.number(0)) if choices else None


def _which(lines: list[PointsLine], make: Build) -> Expr:
    """Which lines hold, as a sum of powers of two: 1 for the first, 2 for the second, 4 for the third."""
    found: Expr | None = None
    for at, line in enumerate(lines):
        if line.when is not None:
            one = make.choice((line.when, make.number(2**at)), otherwise=make.number(0))
            found = one if found is None else make.plus(found, one)
    return found if found is not None else make.number(0)


def _may(line: PointsLine, make: Build, yes: bool) -> Expr:
    """Whether a line holds, if what is undetermined holds (`yes`) or does not."""
    assert line.when is not None
    return make.or_else(line.when, make.truth(yes))


def _in_points(value: Expr) -> Expr:
    """A number written out as points, so that all that stands beside it is in points too."""
    number = _written(value)
    if number is None:
        return value
    return ast.Call("points", (ast.Percent(number, span=value.span),), span=value.span)


def _written(value: Expr) -> Decimal | None:
    if isinstance(value, ast.Negate):
        inner = _written(value.operand)
        return None if inner is None else -inner
    return value.value if isinstance(value, ast.Number) else None


def _highest(lines: list[PointsLine], rest: Expr | None, make: Build, most: bool) -> Expr:
    """The highest of the lines that hold. Where all points are written out, the lines from the highest down; the first
    that holds is the highest.
    """
    if not lines:
        return make.missing("no line holds") if rest is None else _in_points(rest)
    worth = [_written(line.points) for line in lines]
    fallback = None if rest is None else _written(rest)
    known = [number for number in worth if number is not None]
    if len(known) < len(lines) or (rest is not None and (fallback is None or fallback > min(known))):
        return _highest_of_any(lines, rest, make, most)
    order = sorted(range(len(lines)), key=lambda at: -known[at])
    last = order[-1] if rest is None else -1
    return make.choice(
        *(
            (_may(lines[at], make, most), _in_points(lines[at].points) if at == last else lines[at].points)
            for at in order
        ),
        otherwise=make.missing("no line holds") if rest is None else _in_points(rest),
    )


def _highest_of_any(lines: list[PointsLine], rest: Expr | None, make: Build, most: bool) -> Expr:
    """The highest of the lines that hold, where the points of a line are computed or the last line gives more."""
    points = [line.points for line in lines]
    least = _extreme("min", [_in_points(points[0]), *points[1:]], make)

    def best(yes: bool) -> Expr:
        each = [make.choice((_may(line, make, yes), line.points), otherwise=least) for line in lines]
        return _extreme("max", each, make)

    def any_line(yes: bool) -> Expr:
        return make.any_of(*(_may(line, make, yes) for line in lines))

    if rest is None:
        return make.choice((any_line(most), best(most)), otherwise=make.missing("no line holds"))
    none_holds = _in_points(rest)
    if most:
        open_end = _extreme("max", [none_holds, best(True)], make)
    else:
        each = [make.choice((_may(line, make, True), line.points), otherwise=none_holds) for line in lines]
        open_end = _extreme("min", [none_holds, *each], make)
    return make.choice((any_line(False), best(most)), (any_line(True), open_end), otherwise=none_holds)


def _extreme(function: str, values: list[Expr], make: Build) -> Expr:
    return values[0] if len(values) == 1 else ast.Call(function, tuple(values), span=make.span)


def _first(lines: list[PointsLine], rest: Expr | None, make: Build, most: bool) -> Expr:
    """The first line that holds: a line of which that is undetermined may be it, and so may those below."""
    found = make.missing("no line holds") if rest is None else _in_points(rest)
    better = "max" if most else "min"
    if not lines:
        return found
    points = [line.points for line in lines] + ([] if rest is None else [rest])
    out = _extreme("min" if most else "max", [_in_points(points[0]), *points[1:]], make)
    for line in reversed(lines):
        mine = make.choice((_may(line, make, True), line.points), otherwise=out)
        below = make.choice((_may(line, make, False), out), otherwise=found)
        found = ast.Call(better, (mine, below), span=make.span)
    return found


def _sum(lines: list[PointsLine], rest: Expr | None, make: Build, most: bool) -> Expr:
    """All lines that hold, together; `otherwise` counts where none does."""
    nothing = _in_points(ast.Number(Decimal(0), span=make.span))
    found = nothing
    for line in lines:
        found = make.plus(found, _counted(line, make, most))
    if rest is None or not lines:
        return found if rest is None else _in_points(rest)
    points = [line.points for line in lines]
    out = _extreme("min" if most else "max", [_in_points(points[0]), *points[1:]], make)
    better = "max" if most else "min"
    single = _extreme(
        better, [make.choice((_may(line, make, True), line.points), otherwise=out) for line in lines], make
    )
    # of lines that may hold, one at least: all that better the sum, or the one that does the least harm
    some = make.choice((make.compare(single, ">" if most else "<", nothing), found), otherwise=single)
    return make.choice(
        (make.any_of(*(_may(line, make, False) for line in lines)), found),
        (make.any_of(*(_may(line, make, True) for line in lines)), _extreme(better, [_in_points(rest), some], make)),
        otherwise=_in_points(rest),
    )


def _counted(line: PointsLine, make: Build, most: bool) -> Expr:
    """What a line adds: at the lowest end its points where it holds for certain, at the highest where it may.
    Points below
    nought are the other way round.
    """
    nought = make.number(0)
    number = _written(line.points)
    if number is not None:
        return make.choice((_may(line, make, most == (number >= 0)), line.points), otherwise=nought)
    end = ast.Call("max" if most else "min", (line.points, nought), span=make.span)
    return make.choice((_may(line, make, False), line.points), (_may(line, make, True), end), otherwise=nought)


_TAKE: dict[str, Callable[[list[PointsLine], Expr | None, Build, bool], Expr]] = {
    "highest": _highest,
    "first": _first,
    "sum": _sum,
}
