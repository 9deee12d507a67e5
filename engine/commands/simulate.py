"""`specie simulate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import __version__, api
from .exit import Exit
from .options import AS_OF, DATA, DIAGNOSTICS, POLICY, day_of, one_of
from .progress import progress_of_parts
from .terminal import Diagnosis, complaints, say, width, write

if TYPE_CHECKING:
    from ..results.simulate.simulation import Simulation

Format = StrEnum("Format", ["text", "markdown", "json", "html"])
"""How the simulation is shown."""


def simulate(
    policy: POLICY,
    scenarios: Annotated[
        list[Path], typer.Argument(metavar="SCENARIO...", help="Files of scenarios; several are put together.")
    ],
    data: DATA,
    as_of: AS_OF = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write tables, a page and simulation.json here.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How it is shown.", **one_of(Format))] = Format.text,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Run a policy with other values, rules or data, or look for the value with which something comes out.

    \b
    Example: specie simulate policies/example/credentials-of-value.yaml \\
        examples/scenarios/higher-amounts.scenario.yaml --data examples/state
    """
    day = day_of(as_of)
    try:
        with complaints(diagnostics):
            with progress_of_parts() as told:
                found = api.simulate(policy, data, scenarios, day, out=out, progress=told, resumed=_resumed)
            if out is not None:
                api.write_simulation(found, out)
    except KeyboardInterrupt as stop:
        _say_stopped(stop, out)
        raise typer.Exit(Exit.STOPPED) from None
    write(_shown(found, format), format.value)
    if out is not None:
        say(f"written to {out}: {', '.join(sorted(file.name for file in out.iterdir()))}")
        _say_left(out)
    raise typer.Exit(Exit.DONE)


def _say_left(out: Path) -> None:
    """What of other simulations is kept beside a folder that is written now."""
    from ..results.simulate.unfinished import unfinished_folder

    if unfinished_folder(out).is_dir():
        name = unfinished_folder(out).name
        say(f"{name} beside it holds what was finished of another simulation that was stopped")


def _resumed(runs: int) -> None:
    say(f"resuming: {_runs(runs)} finished before")


def _runs(count: int) -> str:
    return f"{count:,} {'run was' if count == 1 else 'runs were'}"


def _say_stopped(stop: KeyboardInterrupt, out: Path | None) -> None:
    """What is kept of a simulation that was interrupted, and how it goes on."""
    from ..results.simulate.journal import Stopped
    from ..results.simulate.unfinished import unfinished_folder

    if out is None:
        say("specie: stopped; without --out nothing is kept")
        return
    if isinstance(stop, Stopped) and not stop.runs:
        say("specie: stopped before the first run was finished")
        return
    done = f"{_runs(stop.runs)} finished and kept" if isinstance(stop, Stopped) else "all runs were finished and kept"
    say(f"specie: stopped; {done} in {unfinished_folder(out).name} beside {out.name}")
    say("run the same command again to go on from there")


def _shown(found: Simulation, format: Format) -> str:
    if format is Format.json:
        from ..views.simulation_json import simulation_json

        return simulation_json(found, __version__)
    from ..views.article import article_markdown, article_text
    from ..views.simulation_article import simulation_article

    if format is Format.text:
        return article_text(simulation_article(found), width())
    if format is Format.markdown:
        return article_markdown(simulation_article(found))
    from ..views.article_html import article_html

    return article_html(simulation_article(found))
