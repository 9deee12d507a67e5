"""`specie diff`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from .. import api
from .console import ascii_json
from .exit import Exit
from .options import DIAGNOSTICS, one_of
from .terminal import Diagnosis, complaints, width

Format = StrEnum("Format", ["text", "json"])
"""How the difference is shown."""


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A policy file, or REV:path for one of a Git revision.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same of what it is compared with.")],
    format: Annotated[Format, typer.Option("--format", help="How it is shown.", **one_of(Format))] = Format.text,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 3 where something differs.")] = False,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Say what changes from one policy to another, edit by edit: by meaning, not by lines.

    Example: specie diff HEAD:policies/oh/report-card.yaml policies/oh/report-card.yaml
    """
    from ..views.diff import render_diff
    from ..views.diff_json import diff_json

    with complaints(diagnostics):
        found = api.diff(old, new)
    text = diff_json(found) if format is Format.json else render_diff(found, width())
    if format is Format.json and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        text = ascii_json(text)
    typer.echo(text, nl=False)
    raise typer.Exit(Exit.DIFFERS if exit_code and found.edits else Exit.DONE)
