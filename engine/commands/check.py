"""`specie check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import DIAGNOSIS
from .terminal import Diagnosis, complain


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Policy files, or folders of them.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Hold this dataset to the contract too.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Say everything that can be known of policies without running them.

    Example: specie check policies/oh/in-demand-occupations.yaml
    """
    report = api.check(paths, data, processes=os.cpu_count() or 1)
    complain(report.diagnostics, format, out=True)
    if format is Diagnosis.full and not report.diagnostics:
        typer.echo(f"{report.files} {'policy' if report.files == 1 else 'policies'} checked, nothing to complain of")
    raise typer.Exit(Exit.ERRORS if report.has_errors or (strict and report.diagnostics) else Exit.DONE)
