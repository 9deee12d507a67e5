"""How a function of the language is declared: one record from which checker, documentation and tests read."""

from __future__ import annotations

from dataclasses import dataclass

EXAMPLE_PARTS = (
    {"n": "1", "w": "3", "good": "true"},
    {"n": "2", "w": "1", "good": "true"},
    {"n": "4", "w": "1", "good": "false"},
)
"""The rows of which the examples of functions over rows speak, as `parts` of one thing."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    written     how it is written, with the names of its arguments
    says        what it gives, in one plain sentence
    missing     what it does with what is missing
    direction   of the result in each argument: `+` rises, `-` falls, `0` does not depend on its order, `?` unknown
    range       what the result lies in, in words; empty where it follows from the arguments
    examples    (expression, result) pairs that the tests run; those over rows read `EXAMPLE_PARTS`, and a
                function among rows gives a result for each of them
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
