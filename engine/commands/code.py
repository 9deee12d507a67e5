"""`specie code`."""

from __future__ import annotations

from typing import Annotated

import typer

from ..text.codes import CODES
from ..text.pages import page
from ..text.suggest import nearest
from .exit import Exit


def code(
    name: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The code, as a diagnostic prints it; default: list all.")
    ] = None,
) -> None:
    """Print the page of a diagnostic code: what to avoid, what to prefer, and why.

    Example: specie code T001
    """
    if name is None:
        for one in sorted(CODES.values(), key=lambda each: each.code):
            typer.echo(f"{one.code}  {one.name}" + (" (warning)" if one.warning else ""))
        return
    text = page(name)
    if text is None:
        meant = nearest(name.upper(), CODES)
        cure = f"did you mean {meant}?" if meant else f"codes look like {min(CODES)}"
        typer.echo(f"specie: there is no code `{name}`; {cure}", err=True)
        raise typer.Exit(Exit.USAGE)
    typer.echo(text.rstrip())
