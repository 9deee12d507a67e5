"""`specie explain`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .. import api
from .options import AS_OF, BACKEND, DATA, DIAGNOSTICS, POLICY, Backend, able, day_of, one_of
from .terminal import Diagnosis, complaints, in_color, width, write

if TYPE_CHECKING:
    from ..results.explanation import Explanation

Form = StrEnum("Form", ["text", "json", "html"])
"""How an explanation is shown."""


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
    format: Annotated[Form, typer.Option("--format", help="How it is shown.", **one_of(Form))] = Form.text,
    backend: BACKEND = Backend.duckdb,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Say why: a credential's place, a rating, a payment, a rule's verdict, a column's value.

    \b
    Example: specie explain policies/example/credentials-of-value.yaml \\
        --data examples/state credential nm-004
    """
    able(backend)
    day = day_of(as_of)
    with complaints(diagnostics):
        found = api.explain(policy, data, entity, key, name, day, backend.value)
    write(_shown(found, format, levels), format.value)


def _shown(found: Explanation, format: Form, levels: int) -> str:
    if format is Form.json:
        from ..views.explanation_json import explanation_json

        return explanation_json(found)
    if format is Form.html:
        from ..views.explanation_html import explanation_html

        return explanation_html(found)
    from ..views.explanation import render_explanation

    return render_explanation(found, width(), in_color(sys.stdout), levels)
