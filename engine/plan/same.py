"""A thing that is the same only as itself, as the key of what was made of it: to compare a whole policy or plan would
take longer than to make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[Thing]):
    """A thing as a key; it lives as long as the key does."""

    thing: Thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)
