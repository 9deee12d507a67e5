"""`specie import`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import api
from .options import DIAGNOSTICS, one_of
from .terminal import Diagnosis, complain, complaints, width

Importable = StrEnum("Importable", ["oews", "projections"])
"""Sources that are imported."""


def import_(
    source: Annotated[
        Importable, typer.Argument(help="oews or projections.", **{**one_of(Importable), "metavar": "SOURCE"})
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="The files as published.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The dataset to make or to add to.")],
    areas: Annotated[
        list[str] | None, typer.Option("--area", metavar="AREA", help="Only this area, such as US-OH; may be repeated.")
    ] = None,
    release: Annotated[str, typer.Option("--release", metavar="YEAR", help="oews: the year of the release.")] = "",
    top_code: Annotated[
        str, typer.Option("--top-code", metavar="H/Y", help="oews: the top code, such as 115.00/239200.")
    ] = "",
    base_year: Annotated[int | None, typer.Option("--base-year", help="projections: the first year.")] = None,
    projected_year: Annotated[int | None, typer.Option("--projected-year", help="projections: the last year.")] = None,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Read published files into a dataset.

    \b
    Example: specie import oews oews_may2025_state.csv.gz --out data --area US-OH
    """
    from ..views.import_report import render_import

    options: dict[str, Any] = {"release": release, "top_code": top_code}
    if source is Importable.projections:
        options = {"base_year": base_year, "projected_year": projected_year}
    with complaints(diagnostics):
        report, warnings = api.import_source(source.value, files, out, tuple(areas or ()), **options)
    complain(warnings, diagnostics)
    typer.echo(render_import(report, width()), nl=False)
