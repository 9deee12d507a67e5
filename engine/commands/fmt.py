"""`specie fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import DIAGNOSIS
from .terminal import Diagnosis, complain, say


def fmt(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Policies, cases, datasets, or folders of them.")
    ],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; list the files that would change.")] = False,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Give policies, cases and datasets their one layout, comments kept; what they say stays the same.

    Example: specie fmt policies/oh/in-demand-occupations.yaml
    """
    report = api.format(paths, write=not check)
    complain(report.diagnostics, format)
    if format is Diagnosis.full:
        for file in report.changed:
            typer.echo(f"{'would change' if check else 'changed'} {file}")
        if not report.changed and not report.diagnostics and not report.faults:
            typer.echo(f"{report.files} {'file' if report.files == 1 else 'files'} as they should be")
    for fault in report.faults:
        say(f"specie: a fault of ours, please report it: {fault}")
    if report.faults:
        raise typer.Exit(Exit.OUR_FAULT)
    raise typer.Exit(Exit.ERRORS if report.has_errors or (check and report.changed) else Exit.DONE)
