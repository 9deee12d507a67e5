"""What commands say and where: results on stdout, talk on stderr, complaints for people or for machines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

import typer

from ..text.diagnostic import Diagnostic
from ..text.errors import PolicyError
from .console import ascii_html, ascii_json
from .exit import Exit

Diagnosis = StrEnum("Diagnosis", ["full", "concise", "json", "sarif", "github"])
"""How complaints are shown."""


def width() -> int:
    """The width of the terminal (or what COLUMNS says), 80 where there is none."""
    return max(60, min(get_terminal_size((80, 24)).columns, 160))


def in_color(stream: Any) -> bool:
    """Whether a stream takes colour: a terminal, and NO_COLOR not set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def complain(found: tuple[Diagnostic, ...], shape: Diagnosis, *, out: bool = False) -> None:
    """Show complaints: for machines on stdout, for people on stderr (or stdout, where they are the result)."""
    from ..views.diagnostics import render

    stream = sys.stdout if out or shape is not Diagnosis.full else sys.stderr
    text = render(
        found, shape.value, width=width(), color=in_color(stream), workspace=os.environ.get("GITHUB_WORKSPACE", "")
    )
    if shape in (Diagnosis.json, Diagnosis.sarif) and (stream.encoding or "").lower().replace("-", "") != "utf8":
        text = ascii_json(text)
    if text:
        stream.write(text if text.endswith("\n") else text + "\n")


def write(text: str, form: str = "text") -> None:
    """A result on stdout. A console that cannot show every character gets `json` and `html` in those that any knows."""
    if form in ("json", "html") and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        text = ascii_json(text) if form == "json" else ascii_html(text)
    sys.stdout.write(text)


def say(text: str) -> None:
    """Talk: lines on stderr, words kept whole so that a path can be copied."""
    for line in wrap(text, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False):
        typer.echo(line, err=True)


@contextmanager
def complaints(shape: Diagnosis = Diagnosis.full) -> Iterator[None]:
    """Turn what is wrong with the user's files into complaints and exit code 1."""
    try:
        yield
    except PolicyError as error:
        complain(error.diagnostics, shape)
        raise typer.Exit(Exit.ERRORS) from None
