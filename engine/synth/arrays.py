"""From numbers to Arrow columns: codes with their zeros, words, days, truths, school years, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from ..model.school_year import school_year_text
from .draws import Ints, Truths

Array: TypeAlias = Any
"""An Arrow array (the library comes without types)."""

_EPOCH = Date(1970, 1, 1).toordinal()
_FIRST_YEAR = 1990
_YEARS = pa.array([school_year_text(_FIRST_YEAR + n) for n in range(100)], pa.string())


def day(year: int, month: int, of_month: int) -> int:
    """A date as the number of days since 1970-01-01."""
    return Date(year, month, of_month).toordinal() - _EPOCH


def codes(prefix: str, numbers: Ints, width: int, missing: Truths | None = None) -> Array:
    """`prefix` and each number with zeros in front up to `width` digits, so that text order is the order of numbers."""
    count, start = len(numbers), len(prefix)
    letters = np.empty((count, start + width), dtype=np.uint8)
    letters[:, :start] = np.frombuffer(prefix.encode(), dtype=np.uint8)
    rest = numbers
    for place in range(start + width - 1, start - 1, -1):
        rest, digit = np.divmod(rest, 10)
        letters[:, place] = digit + ord("0")
    ends = np.arange(count + 1, dtype=np.int32) * np.int32(start + width)
    made = pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(letters))
    return made if missing is None else _without(made, missing)


def width(count: int, least: int) -> int:
    """How many digits the numbers 1 to `count` take, and at least `least`."""
    return max(least, len(str(count)))


def words_of(values: Sequence[str], indices: Ints, missing: Truths | None = None) -> Array:
    """The text at each index."""
    return pa.array(values, pa.string()).take(pa.array(indices, pa.int64(), mask=missing))


def only_where(text: str, rows: Truths) -> Array:
    """One text in the rows where `rows` is true, nothing in the others."""
    return words_of([text], np.zeros(len(rows), dtype=np.int64), ~rows)


def whole(numbers: Ints, missing: Truths | None = None) -> Array:
    """Whole numbers of 32 bits."""
    return pa.array(numbers.astype(np.int32), pa.int32(), mask=missing)


def truths(values: Truths, missing: Truths | None = None) -> Array:
    """Yes and no."""
    return pa.array(values, pa.bool_(), mask=missing)


def days(numbers: Ints, missing: Truths | None = None) -> Array:
    """Dates from the number of days since 1970-01-01."""
    return pa.array(numbers.astype(np.int32), pa.int32(), mask=missing).view(pa.date32())


def school_years(begins: Ints, missing: Truths | None = None) -> Array:
    """School years as people write them, from the years in which they begin."""
    return _YEARS.take(pa.array(begins - _FIRST_YEAR, pa.int64(), mask=missing))


def decimals(scaled: Ints, scale: int, digits: int, missing: Truths | None = None) -> Array:
    """Exact numbers from integers at a scale: 1250 at scale 2 is 12.50."""
    gone = np.zeros(len(scaled), dtype=np.bool_) if missing is None else missing
    values = [
        None if absent else Decimal(number).scaleb(-scale)
        for number, absent in zip(scaled.tolist(), gone.tolist(), strict=True)
    ]
    return pa.array(values, pa.decimal128(digits, scale))


def _without(made: Array, missing: Truths) -> Array:
    """The array with nothing in the rows that are missing."""
    return made.take(pa.array(np.arange(len(made), dtype=np.int64), pa.int64(), mask=missing))
