"""`specie plan`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .options import AS_OF, DIAGNOSTICS, POLICY, day_of
from .terminal import Diagnosis, complaints


def plan(
    policy: POLICY,
    as_of: AS_OF = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Run it, and show actual rows too.")
    ] = None,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Print the plan of a policy: every computed column, how it is made, and the inputs on which it depends.

    Example: specie plan policies/oh/in-demand-occupations.yaml
    """
    day = day_of(as_of)
    with complaints(diagnostics):
        text = api.plan_text(policy, day, data)
    typer.echo(text, nl=not text.endswith("\n"))
