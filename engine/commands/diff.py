"""`specie diff`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import api
from .exit import Exit
from .options import AS_OF, BACKEND, DIAGNOSTICS, Backend, able, day_of, one_of
from .terminal import Diagnosis, complaints, say, width, write

if TYPE_CHECKING:
    from ..results.diff.comparison import Comparison

Format = StrEnum("Format", ["text", "markdown", "json", "html"])
"""How the difference is shown."""


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A policy file, or REV:path for one of a Git revision.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same of what it is compared with.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Run both on this dataset: who gains, who loses.")
    ] = None,
    new_data: Annotated[
        Path | None, typer.Option("--new-data", metavar="DIR", help="Run NEW on this one: what policy and data did.")
    ] = None,
    also_on: Annotated[
        list[Path] | None,
        typer.Option(
            "--also-on", metavar="DIR", help="Run both on this too, such as the year before; may be repeated."
        ),
    ] = None,
    as_of: AS_OF = None,
    causes: Annotated[bool, typer.Option("--causes/--no-causes", help="Trace each effect to its edits.")] = True,
    totals: Annotated[
        bool, typer.Option("--totals", help="Payments and ratings only, on DuckDB: for millions of rows.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="How it is shown.", **one_of(Format))] = Format.text,
    public: Annotated[
        bool, typer.Option("--public", help="Name no person, mask small groups; always so in Markdown, HTML and CI.")
    ] = False,
    link: Annotated[str, typer.Option("--link", metavar="URL", help="Where the whole page is, for a comment.")] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 3 where something differs.")] = False,
    backend: BACKEND = Backend.duckdb,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Say what changes from one policy to another, edit by edit, and with --data for whom and by how much.

    \b
    Example: specie diff HEAD:policies/oh/report-card.yaml \\
        policies/oh/report-card.yaml
    """
    able(backend)
    day, others = day_of(as_of), also_on or []
    if totals and (new_data is not None or others):
        say("specie: --totals compares two versions on one dataset, without --new-data and --also-on")
        raise typer.Exit(Exit.USAGE)
    if data is None and (new_data is not None or others or totals):
        say("specie: --new-data, --also-on and --totals need --data, the data that both policies run on")
        raise typer.Exit(Exit.USAGE)
    from ..results.diff.comparison import Comparison

    with complaints(diagnostics):
        if data is None:
            found = Comparison(api.diff(old, new))
        else:
            found = api.compare(
                old, new, data, new_data=new_data, elsewhere=others, as_of=day, backend=backend.value, causes=causes,
                totals=totals,
            )  # fmt: skip
    write(_shown(found, format, public or api.guarded(), link), format.value)
    differs = bool(found.edits.edits) or (found.outcome is not None and not found.outcome.is_empty)
    raise typer.Exit(Exit.DIFFERS if exit_code and differs else Exit.DONE)


def _shown(found: Comparison, format: Format, public: bool, link: str) -> str:
    if format is Format.json:
        from ..views.diff_json import diff_json

        return diff_json(found, public)
    if format is Format.text and found.outcome is None:
        from ..views.diff import render_diff

        return render_diff(found.edits, width())
    from ..views.article import article_markdown, article_text
    from ..views.diff_article import diff_article

    if format is Format.text:
        return article_text(diff_article(found, public), width())
    if format is Format.markdown:
        return article_markdown(diff_article(found, public=True), link=link)
    from ..views.article_html import article_html

    return article_html(diff_article(found, public=True))
