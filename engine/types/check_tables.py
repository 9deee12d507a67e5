"""Decision tables, points and bands on their own: kinds of value, gaps and overlaps."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from ..syntax.accountability import Accountability
from ..syntax.choice_tables import BandRow, Bands, DecisionTable, Interval, Points, TableRow, TableVersion
from ..syntax.expr import Expr, Invalid
from ..text.diagnostic import Label
from . import complaints
from .check_names import renewed
from .check_parameters import literal_value
from .checker import Checker
from .datatypes import number
from .lower.spoken import for_group
from .pending import MOST_LINES
from .table_gaps import report_gaps
from .table_result import check_word, in_unit, result_type
from .units import PLAIN, Unit, parse_unit

BAND_DIGITS = 12
_ENDS = "`from` and `up to` take their end in, `over` and `under` leave it out"


def check_tables(checker: Checker) -> None:
    """Report what is wrong with the policy's decision tables, points and bands, whether or not a rule uses them."""
    long: list[DecisionTable | Bands] = [*checker.policy.tables, *checker.policy.bands]
    for item in long:
        for version in item.versions:
            if len(version.rows) > MOST_LINES:
                complaints.too_many_lines(checker.diagnostics, version.span, item.name, len(version.rows))
    for table in checker.policy.tables:
        _check_decision_table(checker, table)
    if checker.policy.accountability is not None:
        _check_weights(checker, checker.policy.accountability)
    for points in checker.policy.points:
        _check_points(checker, points)
    for bands in checker.policy.bands:
        _check_bands(checker, bands)


def _unit(checker: Checker, text: str, span: object) -> Unit | None:
    unit = parse_unit(text)
    if unit is None:
        complaints.unknown_unit(checker.diagnostics, span, text)  # type: ignore[arg-type]
    return unit


def _result(checker: Checker, expr: Expr, unit: Unit, scope: tuple[str, ...]) -> None:
    found = checker.infer_number(expr, scope)
    if found.kind == "number" and found.literal and found.unit == PLAIN and unit.is_money:
        complaints.number_for_money(checker.diagnostics, expr, number(unit, 1, 0))
    elif found.kind == "number" and found.unit != unit and not (found.literal and not unit.is_money):
        checker.diagnostics.report("T016", expr.span, text=complaints.text_of(expr), found=found, unit=unit)


def _check_decision_table(checker: Checker, table: DecisionTable) -> None:
    wanted = result_type(checker, table)
    for version in table.versions:
        for row in version.rows:
            if row.result is None or wanted is None:
                continue
            if wanted.kind == "number":
                _result(checker, in_unit(row.result, table.gives.text), wanted.unit, ())
            else:
                check_word(checker, row.result, wanted, table.name)
        _check_overlaps(checker, table.name, version)


def _check_overlaps(checker: Checker, name: str, table: TableVersion) -> None:
    """Report rows that fit one value (T020); a last line that fits anything is for all others."""
    last = {at for at, row in enumerate(table.rows) if table.for_all_others(row)}
    for index, row in enumerate(table.rows[:MOST_LINES]):
        for before, other in enumerate(table.rows[:index]):
            if (index in last) != (before in last):
                continue
            if all(_may_meet(one, two) for one, two in zip(other.cells, row.cells, strict=True)):
                help = "let one of the two name other values, or take it out; exactly one row fits each value"
                others = (Label(other.span, "also fits"),)
                checker.diagnostics.report("T020", row.span, others=others, help=help, name=name)
                break


def _may_meet(one: object, two: object) -> bool:
    """Whether some value fits both cells."""
    if one is None or two is None:
        return True
    if isinstance(one, Interval) and isinstance(two, Interval):
        return not (_before(one, two) or _before(two, one))
    if isinstance(one, Interval) or isinstance(two, Interval):
        interval, value = (one, two) if isinstance(one, Interval) else (two, one)
        point = Interval(low=value, high=value, low_in=True, high_in=True)  # type: ignore[arg-type]
        assert isinstance(interval, Interval)
        return not (_before(interval, point) or _before(point, interval))
    return _value(one) == _value(two)  # type: ignore[arg-type]


def _value(expr: Expr | None) -> object:
    return None if expr is None else literal_value(expr)


def _before(one: Interval, two: Interval) -> bool:
    """Whether all of `one` lies below all of `two`."""
    high, low = _value(one.high), _value(two.low)
    if not isinstance(high, Fraction) or not isinstance(low, Fraction):
        return False
    return high < low or (high == low and not (one.high_in and two.low_in))


def _check_weights(checker: Checker, section: Accountability) -> None:
    """A table of weights is a decision table, with a result for each indicator."""
    level = section.levels[0].text if section.levels else ""
    for written in section.weights if level in checker.world.entities else ():
        if not written.rows:
            continue
        rows = tuple(TableRow(cells=row.cells, result=None, span=row.span) for row in written.rows)
        table = TableVersion(span=written.span, inputs=written.inputs, rows=rows)
        if len(rows) > MOST_LINES:
            complaints.too_many_lines(checker.diagnostics, written.span, "weights", len(rows))
        _check_overlaps(checker, "weights", table)
        inputs = [renewed(for_group(read, "", ())) for _, read in written.inputs]
        report_gaps(checker, "weights", table, [checker.infer(read, (level,)) for read in inputs])


def _check_points(checker: Checker, points: Points) -> None:
    entity = points.entity.text
    if entity not in checker.world.entities:
        complaints.unknown_name(
            checker.diagnostics, points.entity.span, entity, "among the entities", checker.world.entities
        )
        return
    for version in points.versions:
        for line in (*version.lines, *version.add):
            if line.when is not None:
                checker.infer_test(line.when, (entity,))
            checker.infer_number(line.points, (entity,))
        if version.at_most is not None:
            checker.infer_number(version.at_most, (entity,))


def _check_bands(checker: Checker, bands: Bands) -> None:
    of = _unit(checker, bands.of.text, bands.of.span)
    gives = _unit(checker, bands.gives.text, bands.gives.span)
    if of is None or gives is None:
        return
    checker.local = number(of, BAND_DIGITS, 9)
    for version in bands.versions:
        for row in version.rows:
            _result(checker, row.gives, gives, ())
    checker.local = None
    for version in bands.versions:
        ordered = sorted((row for row in version.rows if _sortable(row)), key=_start)
        for one, two in pairwise(ordered):
            _check_neighbors(checker, bands.name, one, two)


def _sortable(row: BandRow) -> bool:
    return row.cut.low is not None or row.cut.high is not None


def _start(row: BandRow) -> tuple[bool, Fraction, bool]:
    low = _value(row.cut.low)
    return (row.cut.low is not None, low if isinstance(low, Fraction) else Fraction(0), not row.cut.low_in)


def _check_neighbors(checker: Checker, name: str, one: BandRow, two: BandRow) -> None:
    if any(isinstance(end, Invalid) for row in (one, two) for end in (row.cut.low, row.cut.high)):
        return
    high, low = _value(one.cut.high), _value(two.cut.low)
    also = (Label(one.span, "the band before"),)
    both_in = one.cut.high_in and two.cut.low_in
    if not isinstance(high, Fraction) or not isinstance(low, Fraction) or high > low or (high == low and both_in):
        checker.diagnostics.report("T020", two.span, others=also, help=_ENDS, name=name)
    elif high < low or not (one.cut.high_in or two.cut.low_in):
        ends = [f"`{complaints.text_of(end)}`" for end in (one.cut.high, two.cut.low) if end is not None]
        where = f"at {ends[0]}" if high == low else f"between {ends[0]} and {ends[1]}"
        start = f"{'over' if one.cut.high_in else 'from'} {ends[0].strip('`')}"
        cure = f"let it begin where the band before ends: `{start}`"
        checker.diagnostics.report("T021", two.span, others=also, help=(cure, _ENDS), name=name, where=where)
