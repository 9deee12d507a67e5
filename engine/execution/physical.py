"""How values are laid out in the columns of every backend: exact integers with a scale, bounds as two columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from ..text.errors import EngineBug
from ..types.datatypes import Type
from .values import Scalar

NARROW_DIGITS = 18
"""Digits that fit a 64-bit integer."""


def is_number(type: Type) -> bool:
    """Whether values of a type are integers with a scale; a length of time counts months or days."""
    return type.kind in ("number", "year", "duration")


def digits_of(type: Type) -> int:
    """Digits of the integers of a type; a year and a length of time are narrow."""
    return type.digits if type.kind == "number" else NARROW_DIGITS


def physical_names(name: str, type: Type) -> tuple[str, ...]:
    """The columns that hold a value of a type: one; two ends of a bound; a truth and whether it is not applicable."""
    if type.bounded:
        return f"{name}__low", f"{name}__high"
    return (name, f"{name}__na") if type.excusable else (name,)


def arrow_type(type: Type) -> Any:
    """The Arrow type of each column of a type, except `…__na`, which is a bool."""
    if is_number(type):
        return pa.int64() if digits_of(type) <= NARROW_DIGITS else pa.decimal128(38, 0)
    return {"truth": pa.bool_(), "date": pa.date32()}.get(type.kind, pa.string())


def arrow_fields(columns: Sequence[tuple[str, Type]]) -> Any:
    """The schema of columns in this layout."""
    fields = []
    for name, type in columns:
        first, *rest = physical_names(name, type)
        fields.append(pa.field(first, arrow_type(type)))
        fields += [pa.field(other, arrow_type(type) if type.bounded else pa.bool_()) for other in rest]
    return pa.schema(fields)


def to_integer(value: Fraction, scale: int) -> int:
    """The integer that stands for a number at a scale. Raises EngineBug where the number has more decimals."""
    scaled = value * 10**scale
    if scaled.denominator != 1:
        raise EngineBug(f"{value} has more than {scale} decimals")
    return int(scaled.numerator)


def to_physical(value: Scalar | None, type: Type) -> Any:
    """What stands in a column for a known value, or nothing for a missing one."""
    if value is None:
        return None
    if isinstance(value, Fraction) and is_number(type):
        value = to_integer(value, type.scale)
    if is_number(type) and digits_of(type) > NARROW_DIGITS:
        return Decimal(value)  # type: ignore[arg-type]
    return value


def column_table(columns: Sequence[tuple[str, Type]], rows: Sequence[Sequence[Scalar | None]]) -> Any:
    """A table of known or missing values, none of them a bound or not applicable."""
    certain = [(name, type.certain()) for name, type in columns]
    arrays = [
        pa.array([to_physical(row[place], type) for row in rows], arrow_type(type))
        for place, (_, type) in enumerate(certain)
    ]
    return pa.table(arrays, schema=arrow_fields(certain))
