"""The order of rows by their key, and how columns are held so that putting them in order is quick."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import pyarrow as pa
import pyarrow.compute as pc

from .frame import Array

_SAMPLE = 20_000
_FEW = 10_000


def key_order(keys: Sequence[Array], rows: int) -> Array | None:
    """The rows in the order of their key (text by code points), rows with one key in the order that they have.

    Nothing where they are in order already. A missing part of a key comes last.
    """
    if rows < 2 or not keys or _ascending(keys, rows):
        return None
    if len(keys) == 1:
        numbers = _as_numbers(keys[0])
        return pc.sort_indices(keys[0] if numbers is None else numbers)
    parts = [values.dictionary_encode(null_encoding="encode") for values in keys]
    if prod(len(part.dictionary) for part in parts) < 2**62:
        place = pa.scalar(0, pa.int64())
        for part in parts:  # the places of the parts make one number, which is quicker to sort than texts are
            ranks = pc.subtract(pc.rank(part.dictionary, tiebreaker="dense").cast(pa.int64()), 1)
            place = pc.add(pc.multiply(place, len(part.dictionary)), ranks.take(part.indices))
        return pc.sort_indices(place)
    named = {str(n): values for n, values in enumerate(keys)}
    return pc.sort_indices(pa.table(named), sort_keys=[(name, "ascending") for name in named])


def shared_texts(cells: Array) -> Array:
    """Cells as a dictionary where a sample of them holds few different texts: it is lighter to move about."""
    if len(cells) <= _SAMPLE or not pa.types.is_string(cells.type):
        return cells
    return cells.dictionary_encode() if pc.count_distinct(cells.slice(0, _SAMPLE)).as_py() <= _FEW else cells


def _ascending(keys: Sequence[Array], rows: int) -> bool:
    """Whether each key comes after the one before; false where that is not certain."""
    after, same = pa.scalar(False), pa.scalar(True)
    for values in keys:
        low, high = values.slice(0, rows - 1), values.slice(1)
        after = pc.or_(after, pc.and_(same, pc.less(low, high)))
        same = pc.and_(same, pc.equal(low, high))
    return pc.all(pc.fill_null(after, False)).as_py() is True


def _as_numbers(texts: Array) -> Array | None:
    """Numbers in the order of texts such as A0017, which are alike but for their last digits; nothing for others."""
    if not pa.types.is_string(texts.type) or texts.null_count:
        return None
    first, last = pc.min_max(texts).as_py().values()
    alike = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    if not 0 < len(first) - alike <= 18 or not first[:alike].isascii():
        return None
    lengths = pc.min_max(pc.binary_length(texts)).as_py()
    if lengths["min"] != lengths["max"]:
        return None
    rest = pc.utf8_slice_codeunits(texts, alike)  # what the first and the last begin with, all begin with
    digits = pc.all(pc.and_(pc.string_is_ascii(rest), pc.utf8_is_digit(rest))).as_py()
    return rest.cast(pa.int64()) if digits else None
