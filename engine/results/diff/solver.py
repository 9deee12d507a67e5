"""The solver: the one file that speaks with z3. It answers whether some values make a formula true, and with which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any, Final

NEVER: Final = "never"
"""No values make the formula true."""

OPEN: Final = "open"
"""The time was up before it could be told."""


def library() -> Any:
    """The module z3, loaded when something is to be proved. Raises ImportError where it is not installed."""
    import z3

    return z3


@dataclass(slots=True)
class Solver:
    """Asks z3, for so many seconds in all."""

    z3: Any
    seconds: int
    started: int = 0

    def __post_init__(self) -> None:
        self.started = self._now()

    def _now(self) -> int:
        return int(monotonic() * 1000)

    @property
    def left(self) -> int:
        """The milliseconds that are left."""
        return self.seconds * 1000 - (self._now() - self.started)

    def ask(self, facts: Iterable[Any], formula: Any, wishes: Sequence[Sequence[Any]] = ((),)) -> Any:
        """A model of the formula under the facts, `NEVER`, or `OPEN`. Of `wishes` the first that can be had is."""
        solver = self.z3.Solver()
        solver.set("random_seed", 0)
        solver.add(*facts)
        solver.add(formula)
        found = self._check(solver)
        if found is not None:
            return found
        model = solver.model()
        for wish in wishes:
            solver.push()
            solver.add(*wish)
            if self._check(solver) is None:
                return solver.model()
            solver.pop()
        return model

    def _check(self, solver: Any) -> Any:
        left = self.left
        if left <= 0:
            return OPEN
        solver.set("timeout", left)
        found = solver.check()
        if found == self.z3.sat:
            return None
        return NEVER if found == self.z3.unsat else OPEN


def fraction(model: Any, term: Any) -> Fraction:
    """The number that a model gives a term."""
    found = model.eval(term, model_completion=True)
    if hasattr(found, "as_fraction"):
        return Fraction(found.as_fraction())
    return Fraction(found.as_long())


def truth(model: Any, term: Any) -> bool:
    """Whether a model makes a term true."""
    return str(model.eval(term, model_completion=True)) == "True"
