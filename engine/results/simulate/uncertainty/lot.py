"""Draws that hang on the seed, the name of what is drawn, the key of the row and the number of the draw alone.

The draws 8·b to 8·b+7 of a cell are the eight big-endian words of 64 bits of BLAKE2b with 64 bytes and the person
`specie draw 1`, over the seed, the name (`column`, its table and itself; or `parameter` and its path), the key of the
row in texts, and b in eight bytes. Each text stands behind its length in bytes, which are eight bytes too.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct

WORD_BITS = 64
TOGETHER = 8
"""Draws of one cell that one digest gives."""

_PERSON = b"specie draw 1"
_WORDS = Struct(f">{TOGETHER}Q")


class Lot:
    """The draws of one cell."""

    def __init__(self, seed: int, name: Sequence[str], key: Sequence[str] = ()) -> None:
        self._start = blake2b(_framed([str(seed), *name, *key]), digest_size=64, person=_PERSON)

    def words(self, block: int) -> tuple[int, ...]:
        """The eight words of the draws from 8·block on, each below 2**64."""
        made = self._start.copy()
        made.update(block.to_bytes(8, "big"))
        return _WORDS.unpack(made.digest())

    def word(self, draw: int) -> int:
        """The word of a draw, which are counted from 0."""
        block, place = divmod(draw, TOGETHER)
        return self.words(block)[place]


def _framed(texts: Sequence[str]) -> bytes:
    coded = [text.encode() for text in texts]
    return b"".join(len(one).to_bytes(8, "big") + one for one in coded)
