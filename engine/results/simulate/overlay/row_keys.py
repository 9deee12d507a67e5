"""Keys of rows as texts, for a whole table at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ....execution.frame import Array, Frame
from ....execution.joined_frame import one_array

BETWEEN = "\x1f"
"""What stands between the parts of a key."""


def texts_of_keys(parts: Sequence[Any]) -> Array:
    """The keys whose parts are given column by column."""
    texts = [one_array(part).cast(pa.string()) for part in parts]
    return texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, BETWEEN)


def keys_of_frame(frame: Frame) -> Array:
    """The key of every row of a frame."""
    return texts_of_keys([frame.columns[key].values for key in frame.keys])


def rows_with(frame: Frame, keys: Array) -> list[int]:
    """The rows of a frame with these keys."""
    found = pc.is_in(keys_of_frame(frame), value_set=keys)
    return [int(row) for row in pc.indices_nonzero(found).to_pylist()]
