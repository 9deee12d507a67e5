"""The door to simulations: what comes of scenarios, and the folder that this leaves behind. `api` has it all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .text.diagnostic import Diagnostics
from .text.errors import PolicyError
from .types.check_files import checked_without_fault

if TYPE_CHECKING:
    from .execution.memory_tables import MemoryTables
    from .results.simulate.simulation import Simulation


def simulate(
    policy: str | Path, data: str | Path | MemoryTables, scenarios: Iterable[str | Path], as_of: Date | None = None
) -> Simulation:
    """What comes of scenarios (docs/simulate.md): the policy as it is, with what they set, with each value that they
    try, and what they look for. Raises PolicyError where the policy, the data or a scenario is at fault.
    """
    from .results.simulate.simulate_files import simulate_files

    return simulate_files(checked_without_fault(policy), data, scenarios, as_of)


def write_simulation(simulation: Simulation, out: str | Path) -> None:
    """Write tables, simulation.html and simulation.json into a folder. Raises PolicyError as `write`."""
    from .results.simulate.record import write_simulation as written
    from .views.article_html import article_html
    from .views.simulation_article import simulation_article

    diagnostics = Diagnostics()
    page = article_html(simulation_article(simulation)).encode()
    if not written(simulation, page, Path(out), __version__, diagnostics):
        raise PolicyError(diagnostics.sorted())
