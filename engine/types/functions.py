"""How a function of the language is declared: one record from which checker, documentation and tests read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    written     how it is written, with the names of its arguments
    says        what it gives, in one plain sentence
    missing     what it does with what is missing
    direction   of the result in each argument: `+` rises, `-` falls, `0` does not depend on its order, `?` unknown
    range       what the result lies in, in words; empty where it follows from the arguments
    examples    (expression, result) pairs that the tests run
    over_rows   whether it goes over many rows
    """

    name: str
    written: str
    says: str
    missing: str
    direction: str
    range: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    over_rows: bool = False
