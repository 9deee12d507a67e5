"""The door to simulations: what comes of scenarios, and the folder that this leaves behind. `api` has it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .text.diagnostic import Diagnostics
from .text.errors import PolicyError
from .types.check_files import checked_without_fault

if TYPE_CHECKING:
    from .execution.memory_tables import MemoryTables
    from .results.simulate.journal import Progress
    from .results.simulate.simulation import Simulation


def simulate(
    policy: str | Path, data: str | Path | MemoryTables, scenarios: Iterable[str | Path], as_of: Date | None = None, *,
    out: str | Path | None = None, progress: Progress | None = None, resumed: Callable[[int], None] | None = None,
) -> Simulation:  # fmt: skip
    """What comes of scenarios (docs/simulate.md): the policy as it is, with what they set, with each value that they
    try, and what they look for. Raises PolicyError where the policy, the data or a scenario is at fault.

    With `out`, into which `write_simulation` is to write, every finished run is kept beside it until then; a simulation
    that was stopped (Stopped) goes on from there, and `resumed` is told how many runs were finished. One that holds
    something else is refused before anything is run (X012).
    """
    from .results.folder import check_free
    from .results.simulate.journal import Journal, Stopped
    from .results.simulate.record import RECORD
    from .results.simulate.simulate_files import simulate_files
    from .results.simulate.unfinished import JournalFile

    diagnostics = Diagnostics()
    if out is not None and not check_free(Path(out), RECORD, "specie_simulation", "simulation", diagnostics):
        raise PolicyError(diagnostics.sorted())
    book = Journal(progress)

    def journal_of(question: str) -> Journal:
        nonlocal book
        if out is not None:
            book = JournalFile(Path(out), question, progress)
            if book.resumed and resumed is not None:
                resumed(book.resumed)
        return book

    try:
        return simulate_files(checked_without_fault(policy), data, scenarios, as_of, journal_of, __version__)
    except KeyboardInterrupt:
        raise Stopped(book.count, book.folder if isinstance(book, JournalFile) else None) from None
    finally:
        if isinstance(book, JournalFile) and not book.count:
            book.remove()


def write_simulation(simulation: Simulation, out: str | Path) -> None:
    """Write tables, page and simulation.json into a folder, and remove what was kept beside it of unfinished work.
    Raises PolicyError as `write`.
    """
    from .results.simulate.record import write_simulation as written
    from .results.simulate.unfinished import question_hash, remove_journal
    from .views.article_html import article_html
    from .views.article_json import FILE, article_json
    from .views.simulation_article import simulation_article

    diagnostics, article = Diagnostics(), simulation_article(simulation)
    pages = {"simulation.html": article_html(article).encode(), FILE: article_json(article).encode()}
    if not written(simulation, pages, Path(out), __version__, diagnostics):
        raise PolicyError(diagnostics.sorted())
    one = simulation
    question = question_hash(one.checked, one.dataset, one.as_of, one.asked.scenarios, __version__)
    remove_journal(Path(out), question)
