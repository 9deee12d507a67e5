"""From the cells of a column, as text, to its values: gaps, masks, bounds, types, ranges, allowed values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from ..model.digits import scaled_range
from ..model.school_year import school_year_begins
from ..model.table import Column
from .dataset_file import ColumnSource, Mask
from .frame import Array, ColumnData, arrow_type
from .numerals import decimals, read_numerals
from .raw_cells import ERROR, TEXT, as_texts, settle_floats

_BOUND = r"^(?P<side>>=|<=|at_least|at_most)\s*(?P<end>.*)$"
_TRUTHS = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False, "1": True, "0": False}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEVER = pa.scalar(False)
_FEW = 1_000
"""Up to so many cells are read one by one; of more, each different one is read once where there are few of them."""
_OF_FEW_VALUES = ("number", "date", "truth", "school_year", "enum")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Rows that break a rule: `rows` is true where they do; `texts` is what their cells hold, `kinds` what they are."""

    code: str
    column: Column
    rows: Array
    texts: Array
    wanted: str = ""
    read_as: Array | None = None
    kinds: Array | None = None

    def at(self, rows: Array) -> Wrong:
        """The same of other rows."""
        kinds = None if self.kinds is None else self.kinds.take(rows)
        read_as = None if self.read_as is None else pa.DictionaryArray.from_arrays(rows, self.read_as)
        texts = pa.DictionaryArray.from_arrays(rows, self.texts)
        return Wrong(self.code, self.column, self.rows.take(rows), texts, self.wanted, read_as, kinds)


def read_cells(
    column: Column,
    cells: Array,
    source: ColumnSource,
    footnotes: Array | None = None,
    reasons: Array | None = None,
    kinds: Array | None = None,
) -> tuple[ColumnData, list[Wrong]]:
    """The values of a column and what is wrong with them.

    `cells` are texts without nulls, `footnotes` the codes of the source's footnote column, `reasons` why a cell
    is missing, `kinds` what the cells are if not texts. Wrong: an unknown footnote (D018), type (D020), too many
    decimals (D021), out of range (D022), no allowed value (D023); a text that is read otherwise than it stands
    (D028); a number where a text belongs (D033); an error of a spreadsheet (D034).
    """
    uniform = kinds is None or len(set(pc.min_max(kinds).as_py().values())) == 1
    shared = pa.types.is_dictionary(cells.type)
    few = shared or column.type in _OF_FEW_VALUES
    if footnotes is None and reasons is None and uniform and len(cells) > _FEW and few:
        coded = cells if shared else cells.dictionary_encode()
        if 2 * len(coded.dictionary) < len(cells):
            distinct, at = coded.dictionary, coded.indices
            of_distinct = None if kinds is None else kinds.slice(0, len(distinct))
            data, wrong = _read(column, distinct, source, None, None, of_distinct)
            return data.take(at), [one.at(at) for one in wrong]
    return _read(column, as_texts(cells), source, footnotes, reasons, kinds)


def _read(
    column: Column,
    cells: Array,
    source: ColumnSource,
    footnotes: Array | None,
    reasons: Array | None,
    kinds: Array | None,
) -> tuple[ColumnData, list[Wrong]]:
    wrong: list[Wrong] = []
    tidy = _tidy(cells)
    absent = pc.equal(tidy, "")
    gaps = set(source.missing) | (set() if source.footnote else set(source.masks))
    masked = pc.is_in(tidy, value_set=pa.array(sorted(gaps), pa.string())) if gaps else _NEVER
    if gaps:
        absent = pc.or_(absent, masked)
    if kinds is not None and pc.any(pc.equal(kinds, ERROR)).as_py():
        errors = pc.and_(pc.equal(kinds, ERROR), pc.invert(absent))
        wrong.append(Wrong("D034", column, errors, cells))
        absent = pc.or_(absent, errors)
    texts = pc.if_else(absent, pa.scalar(None, pa.string()), tidy) if pc.any(absent).as_py() else tidy
    codes = tidy if footnotes is None else pc.utf8_trim_whitespace(footnotes)
    if footnotes is not None:
        known = pc.is_in(codes, value_set=pa.array(sorted(source.masks), pa.string()))
        wrong.append(Wrong("D018", column, pc.and_(masked, pc.invert(known)), codes))
    if kinds is not None and column.type not in _OF_FEW_VALUES:
        foreign = pc.and_(pc.not_equal(kinds, TEXT), pc.is_valid(texts))
        wrong.append(Wrong("D033", column, foreign, cells, kinds=kinds))
    if tidy is not cells and column.type not in ("number", "date", "truth", "school_year"):
        untidy = pc.and_(pc.is_valid(texts), pc.not_equal(cells, tidy))
        wrong.append(Wrong("D028", column, untidy, cells, read_as=tidy))
    read = texts
    if kinds is not None and column.type == "number":
        read = settle_floats(texts, kinds, decimals(column), column.stored == "percent")
    if column.type == "number" and column.bounded:
        low, high = _bounds(column, read, texts, source.thousands, wrong)
        for code, mask in source.masks.items():
            low, high = _bounded_by(mask, pc.and_(masked, pc.equal(codes, code)), column, low, high)
        missing = pc.and_(pc.is_null(low), pc.is_null(high))
        return ColumnData(column, low, high, _why(missing, masked, tidy, codes, source, reasons)), wrong
    values = _exact(column, read, texts, source.thousands, wrong)
    return ColumnData(column, values, None, _why(pc.is_null(values), masked, tidy, codes, source, reasons)), wrong


def _tidy(cells: Array) -> Array:
    """Texts without blanks around them, in the composed form of Unicode; the array itself where they are so."""
    tidy = pc.utf8_trim_whitespace(cells)
    if pc.all(pc.string_is_ascii(cells)).as_py() is False:
        tidy = pc.utf8_normalize(tidy, form="NFC")
    return cells if tidy.equals(cells) else tidy


def _exact(column: Column, texts: Array, shown: Array, thousands: bool, wrong: list[Wrong]) -> Array:
    match column.type:
        case "number":
            return _numbers(column, texts, shown, thousands, wrong)
        case "date":
            return _by_distinct(column, texts, _day, "a date such as 2026-07-01", wrong)
        case "truth":
            return _by_distinct(column, texts, lambda text: _TRUTHS.get(text.lower()), "yes or no", wrong)
        case "school_year":
            return _by_distinct(column, texts, school_year_begins, "a school year such as 2026-27", wrong)
        case "enum":
            allowed = pc.is_in(texts, value_set=pa.array(column.values, pa.string()))
            wrong.append(Wrong("D023", column, pc.and_(pc.is_valid(texts), pc.invert(allowed)), texts))
            return texts
        case _:
            return texts


def _numbers(column: Column, texts: Array, shown: Array, thousands: bool, wrong: list[Wrong]) -> Array:
    """Exact numbers, each within the range of the column; `shown` are the cells as they stand."""
    read = read_numerals(texts, column, thousands=thousands)
    wrong.append(Wrong("D020", column, read.no_number, shown, _wanted_number(column)))
    places = decimals(column)
    said = "1 decimal" if places == 1 else f"{places} decimals"
    wrong.append(Wrong("D021", column, read.too_fine, shown, said))
    least, most = (
        pa.scalar(end, pa.int64()).cast(read.values.type)
        if abs(end) < 10**18
        else pa.scalar(Decimal(end), read.values.type)
        for end in scaled_range(column)
    )
    beyond = pc.or_(pc.less(read.values, least), pc.greater(read.values, most))
    outside = pc.or_(pc.fill_null(beyond, False), read.too_long)
    wrong.append(Wrong("D022", column, outside, shown, _wanted_range(column)))
    return read.values


def _bounds(column: Column, texts: Array, shown: Array, thousands: bool, wrong: list[Wrong]) -> tuple[Array, Array]:
    """Low and high ends of cells such as `1200`, `>=239200` and `at_most 5`."""
    parts = pc.extract_regex(texts, _BOUND)
    side, end = pc.struct_field(parts, "side"), pc.struct_field(parts, "end")
    values = _numbers(column, pc.coalesce(end, texts), shown, thousands, wrong)
    nothing = pa.scalar(None, values.type)
    upper = pc.fill_null(pc.is_in(side, value_set=pa.array(["<=", "at_most"])), False)
    lower = pc.fill_null(pc.is_in(side, value_set=pa.array([">=", "at_least"])), False)
    return pc.if_else(upper, nothing, values), pc.if_else(lower, nothing, values)


def _bounded_by(mask: Mask, rows: Array, column: Column, low: Array, high: Array) -> tuple[Array, Array]:
    """The ends with those that a mask gives to its rows."""
    for end in (mask.at_least, mask.at_most):
        if end is None:
            continue
        shift = column.scale - 2 if column.stored == "percent" else column.scale
        value = pa.scalar(Decimal(int(end.scaleb(shift))), pa.decimal128(38, 0)).cast(low.type)
        if end is mask.at_least:
            low = pc.if_else(rows, value, low)
        else:
            high = pc.if_else(rows, value, high)
    return low, high


def _by_distinct(
    column: Column, texts: Array, parse: Callable[[str], object], wanted: str, wrong: list[Wrong]
) -> Array:
    """Values of a column in which few different texts stand: each is parsed once."""
    distinct = texts.dictionary_encode()
    parsed = [parse(text) for text in distinct.dictionary.to_pylist()]
    values = pa.array(parsed, arrow_type(column)).take(distinct.indices)
    wrong.append(Wrong("D020", column, pc.and_(pc.is_valid(texts), pc.is_null(values)), texts, wanted))
    return values


def _day(text: str) -> Date | None:
    try:
        return Date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _why(
    missing: Array, masked: Array, tidy: Array, codes: Array, source: ColumnSource, reasons: Array | None
) -> Array | None:
    """The reason of every missing cell; nothing where none is missing."""
    if not pc.any(missing).as_py():
        return None
    why = pa.scalar("blank")
    if source.missing or source.masks:
        why = pc.if_else(masked, pc.binary_join_element_wise("published as ", tidy, ""), why)
    for code, mask in source.masks.items():
        if mask.why:
            why = pc.if_else(pc.and_(masked, pc.equal(codes, code)), mask.why, why)
    if reasons is not None:
        said = pc.utf8_trim_whitespace(reasons)
        why = pc.if_else(pc.not_equal(said, ""), said, why)
    return pc.if_else(missing, why, pa.scalar(None, pa.string()))


def _wanted_number(column: Column) -> str:
    if column.bounded:
        return "a number, nor a bound such as >=239200"
    return "a number of percent such as 5.2" if column.stored == "percent" else "a number"


def _wanted_range(column: Column) -> str:
    factor = 100 if column.stored == "percent" else 1
    unit = " percent" if column.stored == "percent" else ""
    low, high = (None if end is None else f"{end * factor:,f}" for end in (column.at_least, column.at_most))
    if low is not None and high is not None:
        return f"from {low} to {high}{unit}"
    if low is not None:
        return f"{low}{unit} or more"
    return f"{high}{unit} or less" if high is not None else "a number of at most 18 digits"
