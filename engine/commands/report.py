"""`specie report`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import DIAGNOSTICS, one_of
from .terminal import Diagnosis, complaints, say

Audience = StrEnum("Audience", ["public", "internal"])
"""Who reads the report."""


def report(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="What `evaluate --out`, `simulate --out` or `diff --out` has written."),
    ],
    audience: Annotated[
        Audience,
        typer.Option("--audience", help="public: no person, no small group; internal: all of it.", **one_of(Audience)),
    ] = Audience.public,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="OUT", help="Where it is written; default: DIR-report beside DIR.")
    ] = None,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Write a page for people to read, its charts as pictures, and for a run a workbook.

    \b
    Example: specie report run
    """
    if audience is Audience.internal and api.guarded():
        say("specie: where CI is set only a public report is written")
        raise typer.Exit(Exit.USAGE)
    with complaints(diagnostics):
        written = api.report(folder, "public" if audience is Audience.public else "internal", out)
    say(f"written to {written}: open report.html there")
    raise typer.Exit(Exit.DONE)
