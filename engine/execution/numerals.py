"""From the digits that people write to exact integers at a scale, a column at a time and without floats."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from ..model.table import Column
from .frame import Array, arrow_type

_NUMERAL = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$"
_PARTS = r"^(?P<sign>[+-]?)0*(?P<whole>[0-9]*)\.?(?P<part>[0-9]*?)0*$"
_GROUPED = r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"


@dataclass(frozen=True, slots=True)
class Numerals:
    """Values at the column's scale, null where there was no text or no such number; the masks say which is wrong."""

    values: Array
    no_number: Array
    too_fine: Array
    too_long: Array


def decimals(column: Column) -> int:
    """How many decimals a cell of the column may have as written: two fewer than kept where files hold percent."""
    return column.scale - 2 if column.stored == "percent" else column.scale


def read_numerals(texts: Array, column: Column, *, thousands: bool = False) -> Numerals:
    """Trimmed texts (null where there is nothing to read) as scaled integers of the column's type."""
    if thousands:
        grouped = pc.match_substring_regex(texts, _GROUPED)
        texts = pc.if_else(grouped, pc.replace_substring(texts, ",", ""), texts)
    numeral = pc.fill_null(pc.match_substring_regex(texts, _NUMERAL), False)
    given = pc.is_valid(texts)
    texts = pc.if_else(numeral, texts, pa.scalar(None, pa.string()))
    parts = pc.extract_regex(texts, _PARTS)
    whole, part = pc.struct_field(parts, "whole"), pc.struct_field(parts, "part")
    places, kind = decimals(column), arrow_type(column)
    longest = 18 if kind == pa.int64() else 38
    too_fine = pc.fill_null(pc.greater(pc.utf8_length(part), places), False)
    too_long = pc.fill_null(pc.greater(pc.utf8_length(whole), longest - places), False)
    minus = pc.if_else(pc.equal(pc.struct_field(parts, "sign"), "-"), "-", "")
    digits = pc.binary_join_element_wise(minus, "0", whole, pc.utf8_rpad(part, places, "0"), "")
    fits = pc.and_(numeral, pc.invert(pc.or_(too_fine, too_long)))
    values = pc.if_else(fits, digits, pa.scalar(None, pa.string())).cast(kind)
    return Numerals(values, pc.and_(given, pc.invert(numeral)), too_fine, too_long)
