"""From a policy, the files of scenarios and a dataset to what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as Date
from pathlib import Path

from ...execution.memory_tables import MemoryTables
from ...text.diagnostic import Diagnostics
from ...text.errors import PolicyError
from ...types.checked import CheckedPolicy
from .checked_scenario import check_scenarios
from .grounds import grounds_of
from .journal import Journal
from .read_scenario import read_scenario
from .simulation import Simulation, simulate
from .unfinished import question_hash


def simulate_files(
    checked: CheckedPolicy,
    data: str | Path | MemoryTables,
    scenarios: Iterable[str | Path],
    as_of: Date | None,
    journal: Callable[[str], Journal],
    version: str,
) -> Simulation:
    """What comes of scenarios. `journal` gives that of a question, by its hash. Raises PolicyError where one of them or
    the data are at fault.
    """
    diagnostics = Diagnostics()
    read = [one for path in scenarios if (one := read_scenario(path, diagnostics)) is not None]
    asked = None if diagnostics.has_errors else check_scenarios(checked, read, diagnostics)
    grounds = None if asked is None else grounds_of(checked, data, asked, as_of, diagnostics)
    if asked is None or grounds is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    plain = grounds.plain
    book = journal(question_hash(plain.checked, plain.dataset, plain.as_of, asked.scenarios, version))
    return simulate(plain.checked, plain.dataset, plain.as_of, asked, book, grounds)
