"""Draws that depend on a seed, a name and a row's number alone: no state, no order, integers only.

A row's word is the output of SplitMix64 (Steele, Lea and Flood 2014, the finalizer of
`java.util.SplittableRandom`) at the
position of the row in the sequence that begins at the key of seed and name. So rows can be made in any order, in any
batches and on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
"""Row numbers, indices, days: whole numbers."""

Truths: TypeAlias = NDArray[np.bool_]

_MASK = (1 << 64) - 1
_GAMMA = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB
_FNV_BASIS = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3
_ROUNDS = 4


def mixed(word: int) -> int:
    """The finalizer of SplitMix64 on one word of 64 bits."""
    word = ((word ^ (word >> 30)) * _MIX_1) & _MASK
    word = ((word ^ (word >> 27)) * _MIX_2) & _MASK
    return word ^ (word >> 31)


def key(seed: int, name: str) -> int:
    """Where the sequence of a name begins: FNV-1a of its bytes, mixed with the seed."""
    found = _FNV_BASIS
    for byte in name.encode():
        found = ((found ^ byte) * _FNV_PRIME) & _MASK
    return mixed(found ^ mixed((seed + _GAMMA) & _MASK))


def words(seed: int, name: str, rows: Ints) -> NDArray[np.uint64]:
    """One word of 64 bits for each row."""
    found = rows.astype(np.uint64)
    found += np.uint64(1)
    found *= np.uint64(_GAMMA)
    found += np.uint64(key(seed, name))
    return _mix(found)


def _mix(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer on every word, in place."""
    word ^= word >> np.uint64(30)
    word *= np.uint64(_MIX_1)
    word ^= word >> np.uint64(27)
    word *= np.uint64(_MIX_2)
    word ^= word >> np.uint64(31)
    return word


def below(seed: int, name: str, rows: Ints, end: Any) -> Ints:
    """A number from 0 to below `end` for each row; `end` is a number or one for each row, at most 2**31."""
    high = words(seed, name, rows) >> np.uint64(32)
    high *= np.asarray(end).astype(np.uint64)
    return (high >> np.uint64(32)).astype(np.int64)


def chance(seed: int, name: str, rows: Ints, per_mille: Any) -> Truths:
    """True in `per_mille` of 1,000 rows; a number or one for each row."""
    return np.asarray(below(seed, name, rows, 1000) < per_mille)


def pick(seed: int, name: str, rows: Ints, weights: Sequence[int]) -> Ints:
    """The index of one of the `weights` for each row, as often as it weighs."""
    ends = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(ends, below(seed, name, rows, int(ends[-1])), side="right").astype(np.int64)


def shuffled(seed: int, name: str, rows: Ints, end: int) -> Ints:
    """Where each row from 0 to below `end` goes in a permutation of them: every number comes once.

    A Feistel network on the next power of two; what falls outside walks on until it is inside.
    """
    bits = max(2, (end - 1).bit_length())
    found = rows.astype(np.uint64)
    _network(seed, name, found, bits)
    outside = np.flatnonzero(found >= np.uint64(end))
    while len(outside):
        walked = found[outside]
        _network(seed, name, walked, bits)
        found[outside] = walked
        outside = outside[walked >= np.uint64(end)]
    return found.astype(np.int64)


def _network(seed: int, name: str, numbers: NDArray[np.uint64], bits: int) -> None:
    """One pass of the network over numbers of `bits` bits, in place."""
    right_bits = bits // 2
    left_bits = bits - right_bits
    left, right = numbers >> np.uint64(right_bits), numbers & np.uint64((1 << right_bits) - 1)
    for turn in range(_ROUNDS):
        drawn = words(seed, f"{name}/{turn}", right.astype(np.int64))
        left, right = right, left ^ (drawn & np.uint64((1 << left_bits) - 1))
        left_bits, right_bits = right_bits, left_bits
    numbers[:] = (left << np.uint64(right_bits)) | right
