"""`specie data …`: a dataset's contract, the data model, and a made-up state."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from ..text.suggest import nearest
from .exit import Exit
from .options import DIAGNOSIS, DIAGNOSTICS, one_of
from .progress import progress
from .terminal import Diagnosis, complain, complaints

Tables = StrEnum("Tables", ["parquet", "csv"])
"""In what form a made-up state is written."""


def data_check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder with dataset.yaml.")],
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="POLICY", help="Only what this policy needs.")
    ] = None,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Hold a dataset to the data contract and report every violation.

    Example: specie data check examples/state
    """
    report, lines = api.check_data(folder, policy)
    complain(report.diagnostics, format, out=True)
    if format is Diagnosis.full:
        for line in lines:
            typer.echo(line)
    raise typer.Exit(Exit.ERRORS if report.has_errors else Exit.DONE)


def data_describe(
    table: Annotated[str | None, typer.Argument(metavar="[TABLE]", help="One section or table; default: all.")] = None,
) -> None:
    """Print the data model: tables, columns, units, keys and what they mean.

    Example: specie data describe labor_market
    """
    try:
        typer.echo(api.describe(table), nl=False)
    except KeyError:
        meant = nearest(table or "", api.described())
        cure = f"; did you mean {meant}?" if meant else ""
        typer.echo(f"specie: the data model has no `{table}`{cure}", err=True)
        raise typer.Exit(Exit.USAGE) from None


def _state(text: str) -> str:
    """The code of a state, in two letters, with or without the nation's."""
    code = text.upper().removeprefix("US-")
    if not re.fullmatch("[A-Z]{2}", code):
        raise typer.BadParameter(f"`{text}` is not a state's code of two letters, such as XX")
    return f"US-{code}"


def data_synth(
    state: Annotated[str, typer.Option("--state", metavar="XX", parser=_state, help="The code that it bears.")],
    students: Annotated[int, typer.Option("--students", metavar="N", min=1, help="How many students.")],
    attainments: Annotated[int, typer.Option("--attainments", metavar="N", min=0, help="How many credentials earned.")],
    seed: Annotated[int, typer.Option("--seed", metavar="S", min=0, help="Another seed, another state.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder, or one made before.")],
    format: Annotated[Tables, typer.Option("--format", help="How it is written.", **one_of(Tables))] = Tables.parquet,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Make up a state of any size: the same seed and sizes give the same bytes.

    Example: specie data synth --state XX --students 900 --attainments 1000 --seed 1 --out made-up
    """
    from ..views.synth_report import render_synth

    with complaints(diagnostics), progress("rows") as told:
        report = api.synth(out, state, students, attainments, seed, format.value, progress=told)
    typer.echo(render_synth(report, str(out)), nl=False)
