"""`specie explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .. import api
from .options import AS_OF, BACKEND, DATA, DIAGNOSTICS, POLICY, Backend, able, day_of
from .terminal import Diagnosis, complaints, in_color, width


def explain(
    policy: POLICY,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="The kind of thing, such as credential.")],
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="Which one; a composite key as occupation=15-1252,area=US-OH.")
    ],
    data: DATA,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The rule or column; default: its place on the list.")
    ] = None,
    as_of: AS_OF = None,
    levels: Annotated[int, typer.Option("--levels", min=1, help="How deep to go; default: to the data.")] = 99,
    backend: BACKEND = Backend.duckdb,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Say why: a credential's place, a rating, a payment, a rule's verdict, a column's value.

    \b
    Example: specie explain policies/example/credentials-of-value.yaml \\
        --data examples/state credential nm-004
    """
    from ..views.explanation import render_explanation

    able(backend)
    day = day_of(as_of)
    with complaints(diagnostics):
        found = api.explain(policy, data, entity, key, name, day, backend.value)
    typer.echo(render_explanation(found, width(), in_color(sys.stdout), levels), nl=False)
