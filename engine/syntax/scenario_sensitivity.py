"""What a scenario asks of sensitivity as written: how far each parameter is moved, and which numbers are watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ..text.source import Span
from .policy import Word


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """`of` are numbers of a run and `parameters` those that are moved, members among them; of either none is all.

    step    the part of itself by which a number is moved
    points  by how much a share is moved, 5 points being 1/20
    days    by how many days a date is moved
    """

    step: Fraction
    points: Fraction
    days: int
    of: tuple[Word, ...]
    parameters: tuple[Word, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Frontier:
    """Of the runs of a sweep, those that reach most at their cost: two numbers of a run."""

    cost: Word
    reach: Word
    span: Span = field(compare=False, repr=False)
