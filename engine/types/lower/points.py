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
from ...syntax.choice_tables import Points, PointsLine, PointsVersion
from ...syntax.expr import Expr
from ...syntax.policy import RuleVersion
from ..check_in_force import by_version
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
    columns = [
        (low, "step", [_worked_out(item, one, make, False) for one in item.versions]),
        (high, "step", [_worked_out(item, one, make, True) for one in item.versions]),
    ]
    lines = [_line(item, at, make) for at in range(len(item.versions))]
    if any(line is not None for line in lines):
        nothing = make.missing("points worked out")
        columns.append((f"{item.name}: {LINE}", "points", [nothing if line is None else line for line in lines]))
    if any(one.add for one in item.versions):
        added = [_which(list(one.add), make, additions_before(item, at)) for at, one in enumerate(item.versions)]
        columns.append((f"{item.name}: {ADDED}", "points", added))
    found = [_column(item, name, role, _in_force(item, bodies)) for name, role, bodies in columns]
    whole = ast.Operate("bound", (make.name(low), make.name(high)), span=item.span)
    found.insert(2, _column(item, item.name, "definition", (RuleVersion(body=whole, span=item.span),)))
    return found


def _column(item: Points, name: str, role: str, versions: tuple[RuleVersion, ...]) -> Pending:
    made = lowered(
        f"points.{item.name}", item.entity.text, name, versions[0].body, item.span, role=role, title=item.title,
        cite=item.cite,
    )  # fmt: skip
    return replace(made, versions=versions, entity_span=item.entity.span)


def _in_force(item: Points, bodies: list[Expr]) -> tuple[RuleVersion, ...]:
    """What the versions come to, each from its start on; one choice among them where each row has its own."""
    if item.in_force_by is not None:
        return (RuleVersion(body=renewed(by_version(item, bodies, None, item.span)), span=item.span),)
    return tuple(
        RuleVersion(body=renewed(body), starts=one.starts, cite=one.cite, cite_span=one.cite_span, span=one.span)
        for one, body in zip(item.versions, bodies, strict=True)
    )


def lines_before(item: Points, at: int) -> int:
    """How many lines with a test stand in the versions before one: its own are numbered behind them."""
    return sum(line.when is not None for one in item.versions[:at] for line in one.lines)


def additions_before(item: Points, at: int) -> int:
    """How many additions stand in the versions before one."""
    return sum(len(one.add) for one in item.versions[:at])


def _worked_out(item: Points, version: PointsVersion, make: Build, most: bool) -> Expr:
    """The lines, then the additions, then the cap; `most` is the highest end."""
    lines = [line for line in version.lines if line.when is not None]
    rest = next((line.points for line in version.lines if line.when is None), None)
    found = _TAKE[item.take](lines, rest, make, most)
    for line in version.add:
        found = make.plus(found, _counted(line, make, most))
    if version.at_most is not None:
        found = ast.Call("min", (found, version.at_most), span=version.at_most.span)
    return found


def _line(item: Points, at: int, make: Build) -> Expr | None:
    """The number of the line of a version that gives the points, 0 for `otherwise` (less than 0 in later versions: how
    many there are before it); of lines that are added up, which hold. Nothing where only the points of each line would
    tell.
    """
    version, before = item.versions[at], lines_before(item, at)
    lines = [line for line in version.lines if line.when is not None]
    if item.take == "sum":
        return _which(lines, make, before) if lines else None
    order = list(range(len(lines)))
    if item.take == "highest":
        worth = [_written(line.points) for line in version.lines]
        known = [number for number in worth if number is not None]
        least = min(known, default=Decimal(0))
        rest = [_written(line.points) for line in version.lines if line.when is None]
        if len(known) < len(worth) or any(number is None or number > least for number in rest):
            return None
        of_line = [_written(line.points) or Decimal(0) for line in lines]
        order.sort(key=lambda at: -of_line[at])
    numbered = [(place, lines[place].when) for place in order]
    choices = [(when, make.number(before + place + 1)) for place, when in numbered if when is not None]
    return make.choice(*choices, otherwise=make.number(-at)) if choices else None


def _which(lines: list[PointsLine], make: Build, before: int = 0) -> Expr:
    """Which lines hold, as a sum of powers of two: 1 for the first, 2 for the second, 4 for the third, in the order of
    all versions, of which `before` lines stand in earlier ones.
    """
    found: Expr | None = None
    for at, line in enumerate(lines):
        if line.when is not None:
            one = make.choice((line.when, make.number(2 ** (before + at))), otherwise=make.number(0))
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
