"""`specie test`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import BACKEND, DIAGNOSTICS, Backend, able
from .terminal import Diagnosis, complain, width


def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH…]", help="Policies, files of cases, or folders of them; default: this folder."),
    ] = None,
    backend: BACKEND = Backend.reference,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Run the policies' own cases, and say which rules no case hit.

    A case gives rows and says what should come out: NAME.cases.yaml stands beside NAME.yaml.

    Example: specie test policies
    """
    from ..views.cases import render_cases

    able(backend)
    report = api.test(paths or [Path()], backend.value)
    complain(report.diagnostics, diagnostics)
    if diagnostics in (Diagnosis.full, Diagnosis.concise):
        typer.echo(render_cases(report, width()), nl=False)
    raise typer.Exit(Exit.ERRORS if report.has_errors else Exit.DONE)
