"""`specie check`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .exit import Exit
from .options import DIAGNOSIS
from .terminal import Diagnosis, complain, say


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Policies, scenarios, or folders of them.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Hold this dataset to the contract too.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="First cure what can be cured without a change of meaning, in the files.")
    ] = False,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Say everything that can be known of policies and scenarios without running them.

    Example: specie check policies/oh/in-demand-occupations.yaml
    """
    cured = api.fix(paths) if fix else None
    for one in cured.made if cured else ():
        line, column = one.span.source.position(one.span.start)
        says = one.fix.says if one.fix else ""
        typer.echo(f"fixed {one.span.source.name}:{line}:{column}: {one.code} {says}", err=format is not Diagnosis.full)
    report = api.check(paths, data, processes=os.cpu_count() or 1)
    if cured:
        report = replace(report, diagnostics=(*cured.diagnostics, *report.diagnostics))
    complain(report.diagnostics, format, out=True)
    can_be = sum(one.fix is not None for one in report.diagnostics)
    if can_be and not fix and format is Diagnosis.full:
        say(f"{can_be} of these can be cured by `specie check --fix`")
    if format is Diagnosis.full and not report.diagnostics:
        typer.echo(f"{_counted(report)} checked, nothing to complain of")
    raise typer.Exit(Exit.ERRORS if report.has_errors or (strict and report.diagnostics) else Exit.DONE)


def _counted(report: api.Report) -> str:
    policies = f"{report.files} {'policy' if report.files == 1 else 'policies'}"
    scenarios = f"{report.scenarios} {'scenario' if report.scenarios == 1 else 'scenarios'}"
    if not report.scenarios:
        return policies
    return f"{policies} and {scenarios}" if report.files else scenarios
