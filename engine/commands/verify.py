"""`specie verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import BACKEND, DIAGNOSIS, Backend, able
from .terminal import Diagnosis, complain, complaints, say


def verify(
    folder: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder that `evaluate --out` has written.")],
    rerun: Annotated[
        bool, typer.Option("--rerun", help="Make the run again and compare; needs --policy and --data.")
    ] = False,
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="POLICY", help="The policy that the run was made from.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="The data that the run was made from.")
    ] = None,
    backend: BACKEND = Backend.duckdb,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Hold a recorded run to its hashes; with --rerun, make it again and compare byte for byte.

    \b
    Example: specie verify run --rerun --data examples/state \\
        --policy policies/example/credentials-of-value.yaml
    """
    if rerun and (policy is None or data is None):
        say("specie: --rerun needs --policy and --data: a run's record holds no paths")
        raise typer.Exit(Exit.USAGE)
    if not rerun and (policy is not None or data is not None):
        say("specie: --policy and --data are for --rerun, which is not given")
        raise typer.Exit(Exit.USAGE)
    able(backend)
    with complaints(format):
        report = api.verify(folder, policy, data, backend.value)
    complain(report.diagnostics, format, out=True)
    if format is Diagnosis.full and not report.diagnostics:
        again = ", and the run made again gives the same bytes" if rerun else ""
        files = "1 file is" if report.files == 1 else f"{report.files} files are"
        typer.echo(f"{files} as the run wrote {'it' if report.files == 1 else 'them'}{again}")
    raise typer.Exit(Exit.ERRORS if report.has_errors else Exit.DONE)
