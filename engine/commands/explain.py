"""`specie explain`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .. import api
from .exit import Exit
from .options import AS_OF, BACKEND, DATA, DIAGNOSTICS, POLICY, Backend, able, day_of, one_of
from .terminal import Diagnosis, complaints, in_color, say, width, write

if TYPE_CHECKING:
    from ..results.explain.explanation import Explanation

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
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="KEY2", help="Another row beside it: what differs, and decides.")
    ] = None,
    as_letter: Annotated[bool, typer.Option("--as-letter", help="As a plain letter that names no person.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="For everybody: nothing of persons, no small number of them.")
    ] = False,
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
    if compare is not None and as_letter:
        say("specie: a letter is about one row: leave out --compare or --as-letter")
        raise typer.Exit(Exit.USAGE)
    with complaints(diagnostics):
        run = api.evaluate(policy, data, day, backend.value)
        found = api.why(run, entity, key, name, public)
        other = None if compare is None else api.why(run, entity, compare, name, public)
    if other is not None:
        write(_side_by_side(found, other, format), format.value)
    else:
        write(_letter(found, format) if as_letter else _shown(found, format, levels), format.value)


def _shown(found: Explanation, format: Form, levels: int) -> str:
    if format is Form.json:
        from ..views.explanation_json import explanation_json

        return explanation_json(found)
    if format is Form.html:
        from ..views.explanation_html import explanation_html

        return explanation_html(found)
    from ..views.explanation import render_explanation

    return render_explanation(found, width(), in_color(sys.stdout), levels)


def _letter(found: Explanation, format: Form) -> str:
    from ..views.explanation_letter import letter_html, letter_json, letter_text

    if format is Form.json:
        return letter_json(found)
    return letter_html(found) if format is Form.html else letter_text(found, width())


def _side_by_side(found: Explanation, other: Explanation, format: Form) -> str:
    from ..results.explain.comparison import compare
    from ..views.explanation_comparison import comparison_html, comparison_json, comparison_text

    both = compare(found, other)
    if format is Form.json:
        return comparison_json(both)
    return comparison_html(both) if format is Form.html else comparison_text(both, width())
