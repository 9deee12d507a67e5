"""The key `uncertainty` of scenarios held to the policy: columns that it reads, numbers that fit, one way for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from ...model.digits import scaled_range
from ...model.table import Column, Table
from ...plan.in_force import CellValue, cell_value
from ...syntax import expr as ast
from ...syntax.cases import Override
from ...syntax.expr import Expr
from ...syntax.scenario import Scenario
from ...syntax.scenario_uncertainty import ColumnSpread, Ends, ParameterSpread
from ...text.diagnostic import Diagnostics
from ...text.source import Span
from ...text.suggest import nearest
from ...types.checked import CheckedPolicy
from ..columns_read import columns_read
from .axis import cells_of, path_of, type_of
from .uncertainty.drawn import CheckedUncertainty, DrawnColumn, DrawnParameter
from .uncertainty.spread import Even, Normal, Spread, Triangular

_FORMS: dict[type[Expr], str] = {
    ast.Money: "an amount such as `$30,000`",
    ast.Percent: "a percent such as `10%`",
    ast.Number: "a bare number",
}
_LENGTH = 9_999
"""The greatest count of a length of time."""


def check_uncertainty(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], taken: Collection[str], diagnostics: Diagnostics
) -> CheckedUncertainty | None:
    """What all scenarios together draw; nothing where none of them draws. `taken` are the paths that have a value.

    Complaints: draws, seeds and spreads that are not the same (X080), columns that cannot be drawn (X081), numbers that
    make no spread (X082), columns of errors that are none (X083), parameters that are set as well (X066).
    """
    given = [(one, one.uncertainty) for one in scenarios if one.uncertainty is not None]
    if not given:
        return None
    first, spoken = given[0]
    columns: dict[str, tuple[Scenario, DrawnColumn]] = {}
    parameters: dict[str, tuple[Scenario, DrawnParameter]] = {}
    read = columns_read(checked) if any(asked.columns for _, asked in given) else {}
    for scenario, asked in given:
        if (asked.draws, asked.seed) != (spoken.draws, spoken.seed):
            _conflict(asked.span, f"{asked.draws:,} draws from the seed {asked.seed} are asked for",
                      f"{spoken.draws:,} from {spoken.seed}", first, diagnostics)  # fmt: skip
        for one in asked.columns:
            column = _column(checked, one, read, diagnostics)
            if column is None:
                continue
            other, known = columns.setdefault(column.name, (scenario, column))
            if replace(known, because="") != replace(column, because=""):
                _conflict(one.span, f"`{column.name}` spreads so", "otherwise", other, diagnostics)
        for each in asked.parameters:
            parameter = _parameter(checked, scenario, each, diagnostics)
            if parameter is None:
                continue
            if parameter.path in taken:
                help = "take it out of one of them"
                diagnostics.report("X066", each.span, help=help, name=parameter.name, one="set", other="drawn")
            source, before = parameters.setdefault(parameter.path, (scenario, parameter))
            if replace(before, because="") != replace(parameter, because=""):
                _conflict(each.span, f"`{parameter.name}` spreads so", "otherwise", source, diagnostics)
    return CheckedUncertainty(
        spoken.draws,
        spoken.seed,
        tuple(columns[name][1] for name in sorted(columns)),
        tuple(parameters[path][1] for path in sorted(parameters)),
        spoken.span,
    )


def _conflict(span: Span, one: str, other: str, scenario: Scenario, diagnostics: Diagnostics) -> None:
    help = "let one of the scenarios say it, or both the same"
    diagnostics.report("X080", span, help=help, one=one, other=other, scenario=scenario.name.text)


# -- columns --------------------------------------------------------------------------------------------------------


def _column(
    checked: CheckedPolicy, one: ColumnSpread, read: Mapping[str, Collection[str]], diagnostics: Diagnostics
) -> DrawnColumn | None:
    name = f"{one.table.text}.{one.column.text}"
    table = checked.tables.get(one.table.text)
    column = None if table is None else table.column(one.column.text)
    problem, help = "", ""
    if table is None:
        near = nearest(one.table.text, checked.tables)
        problem = f"there is no table `{one.table.text}`"
        help = f"did you mean `{near}`?" if near else "`specie data describe` lists the tables"
    elif column is None:
        near = nearest(one.column.text, [each.name for each in table.columns])
        problem = f"`{table.name}` has no column `{one.column.text}`"
        help = f"did you mean `{near}`?" if near else "`specie data describe` lists the columns"
    elif column.type != "number" or column.name in table.key:
        problem, help = "it holds no numbers", "name a column of numbers"
    elif column.name not in read.get(table.name, ()):
        told = [f"`{table.name}.{each}`" for each in sorted(read.get(table.name, ()))
                if (found := table.column(each)) is not None and found.type == "number"]  # fmt: skip
        problem = "the policy does not read it"
        help = f"of this table it reads {', '.join(told)}" if told else "name a column that its rules use"
    if table is None or column is None or problem:
        diagnostics.report("X081", one.span, help=help, name=name, problem=problem)
        return None
    own = Diagnostics()
    drawn = DrawnColumn(
        table.name,
        column,
        error=_error(table, one, own),
        bounded=_bounded(column, name, one, own),
        missing=_missing(column, name, one.missing, own),
        reason=one.reason,
        exact=one.exact,
        because=one.because,
        span=one.span,
    )
    diagnostics.extend(own.sorted())
    return None if own.has_errors else drawn


def _error(table: Table, one: ColumnSpread, diagnostics: Diagnostics) -> Fraction | str | None:
    if one.error_in is not None:
        from ...execution.dataset_error import is_error_column

        held = table.column(one.error_in.text)
        if held is None or not is_error_column(held):
            fitting = [each.name for each in table.columns if is_error_column(each)]
            near = nearest(one.error_in.text, fitting)
            help = f"did you mean `{near}`?" if near else "name a column of the table that holds percents, or write one"
            found = one.error_in.text
            diagnostics.report("X083", one.error_in.span, help=help, table=table.name, column=found)
        return one.error_in.text
    if one.error is None:
        return None
    value = cell_value(one.error)
    assert isinstance(value, Fraction)
    return value


def _bounded(
    column: Column, name: str, one: ColumnSpread, diagnostics: Diagnostics
) -> tuple[int | None, int | None] | None:
    if one.bounded is None:
        return None
    if not column.bounded:
        help = "take `where_bounded` out"
        diagnostics.report("X082", one.bounded.span, help=help, name=name, problem="it never holds a bound")
        return None
    first, last = (_end(column, name, end, diagnostics) for end in (one.bounded.first, one.bounded.last))
    return first, last


def _missing(column: Column, name: str, ends: Ends | None, diagnostics: Diagnostics) -> tuple[int, int] | None:
    if ends is None:
        return None
    first, last = (_end(column, name, end, diagnostics) for end in (ends.first, ends.last))
    if first is None or last is None:
        return None
    if first >= last:
        help = "`from` is the least value, `to` the greatest"
        diagnostics.report("X082", ends.span, help=help, name=name, problem="`from` is not below `to`")
        return None
    return first, last


def _end(column: Column, name: str, literal: Expr | None, diagnostics: Diagnostics) -> int | None:
    """An end as an integer at the scale of the column."""
    if literal is None:
        return None
    inner = literal.operand if isinstance(literal, ast.Negate) else literal
    money = column.unit.startswith("USD")
    wanted: type[Expr] = ast.Money if money else ast.Percent if column.unit == "ratio" else ast.Number
    problem = f"`{literal.span.text.strip()}` is none of its values"
    if not isinstance(inner, wanted):
        help = f"write {_FORMS[wanted]}"
        diagnostics.report("X082", literal.span, help=help, name=name, problem=problem)
        return None
    value = cell_value(literal)
    assert isinstance(value, Fraction)
    at_scale = value * 10**column.scale
    low, high = scaled_range(column)
    if at_scale.denominator != 1 or not low <= at_scale <= high:
        ends = f"from {Fraction(low, 10**column.scale)} to {Fraction(high, 10**column.scale)}"
        help = f"it holds numbers {ends} with {column.scale} decimals"
        diagnostics.report("X082", literal.span, help=help, name=name, problem=problem)
        return None
    return int(at_scale)


# -- parameters -----------------------------------------------------------------------------------------------------


def _parameter(
    checked: CheckedPolicy, scenario: Scenario, one: ParameterSpread, diagnostics: Diagnostics
) -> DrawnParameter | None:
    path, type = path_of(one.parameter, one.member), type_of(checked, one.parameter)
    own = Diagnostics()
    drawn = DrawnParameter(path, type, one.kind, starts=scenario.starts, because=one.because)
    if one.kind == "listed":
        values: list[tuple[CellValue, int]] = []
        for each in one.values:
            values += [(value, each.weight) for value in cells_of(checked, each.value, own).values()]
        diagnostics.extend(own.sorted())
        return None if own.has_errors or not values else replace(drawn, values=tuple(values))
    if type.kind not in ("number", "duration", "unknown"):
        help = "list its values under `one_of`"
        diagnostics.report("X065", one.span, help=help, name=path.removeprefix("parameters."), type=type)
        return None
    numbers: dict[str, Fraction] = {}
    for key, literal in one.numbers:
        cells = cells_of(checked, Override(one.parameter, one.member, literal, literal.span), own)
        numbers.update((key, Fraction(value)) for value in cells.values() if isinstance(value, Fraction | int))
    if own.has_errors or len(numbers) < len(one.numbers):
        diagnostics.extend(own.sorted())
        return None
    scale = type.scale if type.kind == "number" else 0
    problem = _problem(one.kind, numbers)
    if problem:
        help = "`from` is the least value, `to` the greatest, and what is likely lies between them"
        help = "a standard deviation is more than nothing" if one.kind == "normal" and "standard" in problem else help
        diagnostics.report("X082", one.span, help=help, name=drawn.name, problem=problem)
        return None
    whole = 10 ** (type.whole + scale) - 1
    least, most = (0, _LENGTH) if type.kind == "duration" else (-whole, whole)
    least = max(least, *(int(end * 10**scale) for end in (type.low, numbers.get("from")) if end is not None), least)
    most = min(most, *(int(end * 10**scale) for end in (type.high, numbers.get("to")) if end is not None), most)
    spread = _spread(one.kind, {key: value * 10**scale for key, value in numbers.items()}, least, most)
    return replace(drawn, scale=scale, spread=spread, numbers=tuple(numbers.items()))


def _problem(kind: str, numbers: Mapping[str, Fraction]) -> str:
    low, high = numbers.get("from"), numbers.get("to")
    if low is not None and high is not None and low >= high:
        return "`from` is not below `to`"
    if kind == "normal":
        return "" if numbers["standard_deviation"] > 0 else "its standard deviation is not positive"
    assert low is not None and high is not None
    return "" if low <= numbers.get("likely", low) <= high else "`likely` is not between `from` and `to`"


def _spread(kind: str, numbers: Mapping[str, Fraction], least: int, most: int) -> Spread:
    if kind == "normal":
        return Normal(numbers["mean"], numbers["standard_deviation"], least, most)
    low, high = int(numbers["from"]), int(numbers["to"])
    return Even(low, high) if kind == "even" else Triangular(low, int(numbers["likely"]), high)
