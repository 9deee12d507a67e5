"""Arguments and options that several commands take, and how they are read."""

from __future__ import annotations

from datetime import date as Date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from .. import api
from .exit import Exit
from .terminal import Diagnosis, say

Backend = StrEnum("Backend", ["duckdb", "spark", "reference"])
"""What computes a run; all give the same bytes."""

Choice = TypeVar("Choice", bound=StrEnum)


def one_of(choices: type[Choice]) -> dict[str, Any]:
    """How an option with choices is read and shown: a wrong one is answered with the right ones."""

    def read(text: str) -> Choice:
        try:
            return choices(text)
        except ValueError:
            raise typer.BadParameter(f"`{text}` is not one of {', '.join(choices)}") from None

    return {"parser": read, "metavar": f"<{'|'.join(choices)}>"}


POLICY = Annotated[Path, typer.Argument(metavar="POLICY", help="A policy file.")]
DATA = Annotated[Path, typer.Option("--data", metavar="DIR", help="A folder with dataset.yaml.")]
AS_OF = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day as of which to evaluate; default: the dataset's, else the policy's year.",
    ),
]
BACKEND = Annotated[Backend, typer.Option("--backend", help="What computes the run.", **one_of(Backend))]
DIAGNOSTICS = Annotated[Diagnosis, typer.Option("--diagnostics", help="How complaints are shown.", **one_of(Diagnosis))]
DIAGNOSIS = Annotated[
    Diagnosis, typer.Option("--format", "--diagnostics", help="How complaints are shown.", **one_of(Diagnosis))
]


def able(backend: Backend) -> None:
    """Stop, as for wrong usage, where a backend is asked for whose software is not on the machine."""
    if missing := api.missing_software(backend.value):
        say(f"specie: {missing}")
        raise typer.Exit(Exit.USAGE)


def provable() -> None:
    """Stop, as for wrong usage, where a proof is asked for and z3 is not on the machine."""
    if missing := api.missing_software("z3"):
        say(f"specie: {missing}")
        raise typer.Exit(Exit.USAGE)


def day_of(text: str | None) -> Date | None:
    """The day that an option names; a wrong one is wrong usage."""
    if text is None:
        return None
    try:
        return Date.fromisoformat(text)
    except ValueError:
        typer.echo(f"specie: `{text}` is not a day such as 2026-07-01", err=True)
        raise typer.Exit(Exit.USAGE) from None
