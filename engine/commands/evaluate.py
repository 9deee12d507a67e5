"""`specie evaluate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import AS_OF, BACKEND, DATA, DIAGNOSTICS, POLICY, Backend, able, day_of, one_of
from .terminal import Diagnosis, complaints, say, width

Format = StrEnum("Format", ["csv", "json", "parquet", "xlsx"])
"""The kind of file in which result tables are written; xlsx is one workbook with all of them."""


def evaluate(
    policy: POLICY,
    data: DATA,
    as_of: AS_OF = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the result tables and run.json here.")
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", help="The kind of file for the tables; xlsx: one workbook.", **one_of(Format))
    ] = Format.csv,
    equity: Annotated[
        bool, typer.Option("--equity", help="Also what it comes to by student group, region, locale and poverty.")
    ] = False,
    backend: BACKEND = Backend.duckdb,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Run a policy on a dataset: the official run.

    \b
    Example: specie evaluate policies/example/credentials-of-value.yaml \\
        --data examples/state --out run
    """
    from ..views.summary import render_outcome

    able(backend)
    day = day_of(as_of)
    with complaints(diagnostics):
        result = api.outcome(api.evaluate(policy, data, day, backend.value, equity=equity), equity)
        if out is not None:
            api.write(result, out, format.value)
    typer.echo(render_outcome(result, width(), hide_personal=api.guarded()), nl=False)
    if out is not None:
        names = ", ".join(one.name for one in result.tables)
        say(f"written to {out}: {'run.xlsx with ' if format is Format.xlsx else ''}{names}, run.json")
    raise typer.Exit(Exit.ERRORS if result.failed else Exit.DONE)
