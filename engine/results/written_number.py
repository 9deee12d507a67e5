"""Numbers as this engine writes them into files, read back from files that anybody may have written.

An exponent of nine digits would fill the memory with zeros; here there are none, and no more digits than a number has.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_FRACTION = re.compile(r"-?[0-9]{1,200}(/[0-9]{1,200})?")
_DECIMAL = re.compile(r"-?[0-9]{1,200}(\.[0-9]{1,60})?")


def written_fraction(said: object) -> Fraction:
    """A number that stands as `7` or `-2/3`. Raises ValueError for all else."""
    return _read(_FRACTION, said)


def written_decimal(said: object) -> Fraction:
    """A number that stands in plain decimals, as a text or out of a column of decimals. Raises ValueError for all
    else.
    """
    if isinstance(said, Decimal):
        exponent = said.as_tuple().exponent
        if not isinstance(exponent, int) or abs(exponent) > 60:
            raise ValueError("not a number that was written here")
        return Fraction(said)
    return _read(_DECIMAL, said)


def _read(form: re.Pattern[str], said: object) -> Fraction:
    if not isinstance(said, str) or not form.fullmatch(said):
        raise ValueError("not a number that was written here")
    return Fraction(said)
