"""`specie test`."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import BACKEND, DIAGNOSTICS, Backend, able, one_of
from .terminal import Diagnosis, complain, say, width

Format = StrEnum("Format", ["text", "json", "junit"])
"""How the results of cases are shown."""


def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH…]", help="Policies, files of cases, or folders of them; default: this folder."),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Say which conditions, rules and dated values no case has seen.")
    ] = False,
    fail_under: Annotated[
        str | None, typer.Option("--fail-under", metavar="PERCENT", help="End with 1 below this coverage of all.")
    ] = None,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Change the policies a little, and list the changes that no case notices.")
    ] = False,
    mutants: Annotated[
        int | None, typer.Option("--mutants", metavar="N", min=1, help="Try at most so many changes of each policy.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Which changes --mutants chooses.")] = 0,
    generate: Annotated[
        bool, typer.Option("--generate", help="Write cases around each cut to NAME.generated.cases.yaml.")
    ] = False,
    out: Annotated[
        str | None, typer.Option("--out", metavar="-", help="With --generate: print the cases and write nothing.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How results are shown.", **one_of(Format))] = Format.text,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write the results as JUnit XML too.")
    ] = None,
    backend: BACKEND = Backend.reference,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Run the policies' own cases, and say which rules no case hit.

    A case gives rows and says what should come out: NAME.cases.yaml stands beside NAME.yaml.

    Example: specie test policies --coverage --fail-under 95
    """
    from ..views.cases import render_cases
    from ..views.cases_json import cases_json
    from ..views.coverage import decimal, render_coverage, whole
    from ..views.junit import junit_xml
    from ..views.mutation import render_mutation

    able(backend)
    if out not in (None, "-"):
        say("specie: --out takes `-` alone: generated cases are written beside their policies, or printed")
        raise typer.Exit(Exit.USAGE)
    least = _percent(fail_under)
    report = api.test(paths or [Path()], backend.value, coverage or least is not None)
    complain(report.diagnostics, diagnostics)
    if generate:
        _generate(paths or [Path()], out == "-")
        raise typer.Exit(Exit.ERRORS if report.has_errors else Exit.DONE)
    mutation = None
    if mutate or mutants is not None:
        told = _progress if sys.stderr.isatty() else None
        mutation = api.mutate(paths or [Path()], mutants, seed, told, os.cpu_count() or 1)
        if sys.stderr.isatty():
            typer.echo("\r\033[K", err=True, nl=False)
    if junit is not None:
        _write(junit, junit_xml(report))
    if format is Format.junit:
        typer.echo(junit_xml(report), nl=False)
    elif format is Format.json:
        typer.echo(cases_json(report, mutation), nl=False)
    elif diagnostics in (Diagnosis.full, Diagnosis.concise):
        typer.echo(render_cases(report, width(), rules=not coverage), nl=False)
        if coverage:
            typer.echo("\n" + render_coverage(report.coverage, width()), nl=False)
        if mutation is not None:
            typer.echo("\n" + render_mutation(mutation, width()), nl=False)
    short = least is not None and whole(report.coverage) < least
    if short:
        say(f"specie: the cases cover {decimal(whole(report.coverage))}%, which is under {fail_under}%")
    raise typer.Exit(Exit.ERRORS if report.has_errors or short else Exit.DONE)


def _generate(paths: list[Path], printed: bool) -> None:
    """Write or print generated cases, and say what could not be generated and why."""
    for one in api.generate(paths):
        file, text, count = one.path, one.text, one.count
        if printed:
            typer.echo(text, nl=False)
        elif text and file.exists():
            say(f"specie: `{file}` is there already: move what is confirmed into the file of cases, and delete it")
            raise typer.Exit(Exit.ERRORS)
        elif text:
            _write(file, text)
            say(f"{file}: {count} case{'' if count == 1 else 's'} to be confirmed by hand")
        for cut in one.missed:
            say(f"not generated: {cut.path}: {cut.text}: {cut.reason}")


def _progress(policy: str, done: int, of: int) -> None:
    typer.echo(f"\r\033[K{policy}: {done} of {of} changes tried", err=True, nl=False)


def _percent(text: str | None) -> Fraction | None:
    """The percent that an option names; a wrong one is wrong usage."""
    if text is None:
        return None
    try:
        found = Fraction(text.removesuffix("%"))
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 100:
        say(f"specie: `{text}` is not a percent from 0 to 100")
        raise typer.Exit(Exit.USAGE)
    return found


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        say(f"specie: `{file}` cannot be written: {error.strerror or error}")
        raise typer.Exit(Exit.ERRORS) from None
