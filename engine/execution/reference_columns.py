"""Exact values of the reference interpreter in the layout of the columns that every backend gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from ..text.errors import EngineBug
from ..types.datatypes import MAX_DIGITS, Type
from .physical import NARROW_DIGITS, arrow_type, digits_of, is_number, physical_names, to_physical
from .values import NOT_APPLICABLE, Bound, Missing, Value


def encode(name: str, type_: Type, values: Sequence[Value]) -> list[tuple[str, Any]]:
    """The physical columns (name, Arrow array) that hold the values of a column.

    Raises EngineBug for a value that its type cannot hold: the checker must have counted its digits.
    """
    names = physical_names(name, type_)
    if type_.bounded:
        lows = [value.low if isinstance(value, Bound) else value for value in values]
        highs = [value.high if isinstance(value, Bound) else value for value in values]
        ends: tuple[Sequence[Value | None], ...] = (lows, highs)
        return [(to, _array(name, type_, part)) for to, part in zip(names, ends, strict=True)]
    if not type_.excusable:
        return [(name, _array(name, type_, values))]
    truths = [Missing() if value is NOT_APPLICABLE else value for value in values]
    excused = pa.array([value is NOT_APPLICABLE for value in values], pa.bool_())
    return [(names[0], _array(name, type_, truths)), (names[1], excused)]


def _array(name: str, type_: Type, values: Sequence[Value | None]) -> Any:
    room = 10 ** (NARROW_DIGITS if digits_of(type_) <= NARROW_DIGITS else MAX_DIGITS)
    found = []
    for value in values:
        if isinstance(value, Bound) or value is NOT_APPLICABLE:
            raise EngineBug(f"`{name}` is {value} somewhere, which its type does not know of")
        try:
            known = None if isinstance(value, Missing) else to_physical(value, type_)
        except EngineBug as bug:
            raise EngineBug(f"`{name}`: {bug}") from bug
        if known is not None and is_number(type_) and abs(known) >= room:
            raise EngineBug(f"`{name}` is {value}, which has more than {digits_of(type_)} digits")
        found.append(known)
    return pa.array(found, arrow_type(type_))
