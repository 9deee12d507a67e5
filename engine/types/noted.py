"""Which parameters, years, tables and bands the check of a definition has read, noted as they are looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .checker import Checker

T = TypeVar("T")
KINDS = ("parameters", "years", "tables", "bands")


class _Noted(dict[str, T]):
    """A mapping of a checker that notes in `checker.reads` what is looked up in it."""

    def __init__(self, kind: str, known: Mapping[str, T], checker: Checker) -> None:
        super().__init__(known)
        self.kind, self.checker = kind, checker

    def __getitem__(self, name: str) -> T:
        self.checker.reads.add((self.kind, name))
        return super().__getitem__(name)


def note_reads(checker: Checker) -> None:
    """From now on `checker.reads` holds what is looked up, under its kind and name."""
    checker.parameters = _Noted("parameters", checker.parameters, checker)
    checker.years = _Noted("years", checker.years, checker)
    checker.tables = _Noted("tables", checker.tables, checker)
    checker.bands = _Noted("bands", checker.bands, checker)


def same_cell(one: Checker, two: Checker, kind: str, name: str) -> bool:
    """Whether something of one of the `KINDS` is the same in two epochs."""
    return bool(getattr(one, kind).get(name) == getattr(two, kind).get(name))
