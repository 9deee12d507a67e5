"""Cells before anything is believed: their texts and, where a file knows more than texts, what each of them is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from .frame import Array

TEXT, NUMBER, FLOAT, PERCENT, TRUTH, DATE, ERROR, OTHER = range(8)
"""What a cell is: a text; a number written exactly; a binary number, read as its shortest decimal; the same, shown as
percent; yes or no; a day; an error of a spreadsheet; anything else."""

KIND_WORDS = {
    NUMBER: "the number", FLOAT: "the number", PERCENT: "the number", TRUTH: "the truth value", DATE: "the date",
}  # fmt: skip
"""How a message calls what is no text."""

UNCOMPUTED = "formula"
"""The text of a cell with a formula whose value the workbook does not keep; it counts as an error."""

NEAR = Decimal("1e-9")
"""How far a binary number may lie from the decimals of its column."""

_CONTEXT = Context(prec=400)


def as_texts(cells: Array) -> Array:
    """Cells as an array of strings, whether or not they come as a dictionary."""
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells


def plain(number: Decimal) -> str:
    """A finite number as digits and a point, without zeros at the end: 1E+3 is 1000, 5.0 is 5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def settle_floats(texts: Array, kinds: Array, places: int, percent: bool) -> Array:
    """The texts in which binary numbers that lie within `NEAR` of so many decimals stand on them.

    Others stay as they are, and have too many decimals. Where files hold `percent`, a cell shown as 5.2% is 5.2.
    """
    shown = pc.equal(kinds, PERCENT)
    if percent:
        texts = _each(texts, shown, _hundredfold)
    binary = pc.or_(pc.equal(kinds, FLOAT), shown)
    fits = pc.match_substring_regex(texts, rf"^[+-]?[0-9]+(\.[0-9]{{0,{places}}}0*)?$")
    return _each(texts, pc.and_(binary, pc.invert(fits)), lambda text: _settled(text, places))


def pad_codes(texts: Array, kinds: Array | None, width: int) -> tuple[Array, Array | None]:
    """Whole numbers as codes of so many digits, with zeros before them; other cells stay as they are."""
    texts = as_texts(texts)
    whole = pc.match_substring_regex(texts, r"^\s*[0-9]+\s*$")
    if kinds is not None:
        whole = pc.and_(whole, pc.less_equal(kinds, FLOAT))
        kinds = pc.if_else(whole, pa.scalar(TEXT, pa.int8()), kinds)
    return pc.if_else(whole, pc.utf8_lpad(pc.utf8_trim_whitespace(texts), width, "0"), texts), kinds


def _each(texts: Array, rows: Array, change: Callable[[str], str]) -> Array:
    """The texts with those where `rows` is true changed, each different one once."""
    rows = pc.and_(pc.fill_null(rows, False), pc.is_valid(texts))
    if not pc.any(rows).as_py():
        return texts
    coded = texts.filter(rows).dictionary_encode()
    changed = pa.array([change(text) for text in coded.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(texts, rows, changed.take(coded.indices))


def _settled(text: str, places: int) -> str:
    try:
        number = Decimal(text)
        nearest = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, _CONTEXT)
    except InvalidOperation:
        return text
    near = min(NEAR, Decimal(1).scaleb(-places - 1))
    return plain(nearest if abs(number - nearest) <= near else number)


def _hundredfold(text: str) -> str:
    try:
        return plain(Decimal(text).scaleb(2, _CONTEXT))
    except InvalidOperation:
        return text
