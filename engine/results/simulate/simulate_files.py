"""From a policy, the files of scenarios and a dataset to what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as Date
from pathlib import Path

from ...execution.memory_tables import MemoryTables
from ...text.diagnostic import Diagnostics
from ...text.errors import PolicyError
from ...types.checked import CheckedPolicy
from ..equity.student_groups import read_with_groups
from ..policy_data import completed, day_of_run, read_data
from .checked_scenario import check_scenarios
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
    read_all = read_with_groups if asked is not None and asked.equity else read_data
    welcome = None if asked is None or asked.uncertainty is None else asked.uncertainty.welcome()
    dataset = None if asked is None else read_all(checked, data, diagnostics, welcome)
    day = None if dataset is None else day_of_run(checked, dataset, as_of, diagnostics)
    if asked is None or dataset is None or day is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    whole = completed(checked, dataset)
    book = journal(question_hash(whole, dataset, day, asked.scenarios, version))
    return simulate(whole, dataset, day, asked, book)
