"""What the runs of a simulation stand on: a policy, data, a day, and the values that are set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from ...execution.dataset import Dataset
from ...plan.in_force import Binding
from ...types.checked import CheckedPolicy
from .setting import Setting, bound


@dataclass(frozen=True, slots=True)
class Ground:
    """A policy on a dataset as of a day, with `settings` in the place of its values."""

    checked: CheckedPolicy
    dataset: Dataset
    as_of: Date
    settings: tuple[Setting, ...] = ()

    def binding(self, tried: Iterable[Setting] = ()) -> Binding:
        """The input cells, with what is tried besides. Raises PolicyError (X018) for a value that does not fit."""
        return bound(self.checked, self.as_of, (*self.settings, *tried))
