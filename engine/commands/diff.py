"""`specie diff`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import api
from .exit import Exit
from .options import AS_OF, BACKEND, DIAGNOSTICS, Backend, able, day_of, one_of, provable
from .terminal import Diagnosis, complain, complaints, say, width, write

if TYPE_CHECKING:
    from ..results.diff.against import Against
    from ..results.diff.comparison import Comparison
    from ..views.article import Article

Format = StrEnum("Format", ["text", "markdown", "json", "html"])
"""How the difference is shown."""


def diff(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD NEW",
            help="Two policies, each a file or REV:path of a Git revision; with --against files and folders, default: "
            "the whole repository.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="REV", help="All policies that differ from where the branch left REV."),
    ] = None,
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
    prove: Annotated[
        bool, typer.Option("--prove", help="Prove what edits of rules do, or show rows that they move; needs z3.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write diff.html and diff.json, for `specie report` too."),
    ] = None,
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

    With --against, say it of every policy that a branch changes, itself or through what it extends.

    \b
    Example: specie diff HEAD:policies/oh/report-card.yaml \\
        policies/oh/report-card.yaml
    """
    able(backend)
    if prove:
        provable()
    named, day, others = paths or [], day_of(as_of), also_on or []
    if totals and (new_data is not None or others or against is not None):
        say("specie: --totals compares two versions on one dataset, without --new-data, --also-on and --against")
        raise typer.Exit(Exit.USAGE)
    if data is None and (new_data is not None or others or totals):
        say("specie: --new-data, --also-on and --totals need --data, the data that both policies run on")
        raise typer.Exit(Exit.USAGE)
    if against is None and len(named) != 2:
        say("specie: name two policies, OLD and NEW, or with --against REV what all are compared with")
        raise typer.Exit(Exit.USAGE)
    if against is not None and out is not None:
        say("specie: --out is for two policies, without --against")
        raise typer.Exit(Exit.USAGE)
    if against is not None:
        from ..results.diff.against import OnData

        on = None if data is None else OnData(data, new_data, tuple(others), day, backend.value, causes)
        with complaints(diagnostics):
            all_found = api.diff_against(against, named, on, prove=prove)
        complain(all_found.complaints, diagnostics)
        write(_shown_all(all_found, format, public or api.guarded(), link), format.value)
        done = Exit.DIFFERS if exit_code and all_found.differs else Exit.DONE
        raise typer.Exit(Exit.ERRORS if all_found.complaints else done)
    from ..results.diff.comparison import Comparison

    old, new = named
    with complaints(diagnostics):
        if data is None:
            found = Comparison(api.diff(old, new, prove=prove))
        else:
            found = api.compare(
                old, new, data, new_data=new_data, elsewhere=others, as_of=day, backend=backend.value, causes=causes,
                totals=totals, prove=prove,
            )  # fmt: skip
        if out is not None:
            api.write_diff(found, out, internal=not (public or api.guarded()))
    write(_shown(found, format, public or api.guarded(), link), format.value)
    if out is not None:
        say(f"written to {out}: diff.html, diff.json")
    differs = bool(found.edits.edits) or (found.outcome is not None and not found.outcome.is_empty)
    raise typer.Exit(Exit.DIFFERS if exit_code and differs else Exit.DONE)


def _shown(found: Comparison, format: Format, public: bool, link: str) -> str:
    if format is Format.json:
        from ..views.diff_json import diff_json

        return diff_json(found, public)
    if format is Format.text and found.outcome is None:
        from ..views.diff import render_diff

        return render_diff(found.edits, width())
    from ..views.diff_article import diff_article

    return _article(diff_article(found, public or format is not Format.text), format, link)


def _shown_all(found: Against, format: Format, public: bool, link: str) -> str:
    from ..views.diff_against import against_article, against_json

    if format is Format.json:
        return against_json(found, public)
    return _article(against_article(found, public or format is not Format.text), format, link)


def _article(one: Article, format: Format, link: str) -> str:
    from ..views.article import article_markdown, article_text
    from ..views.article_html import article_html

    if format is Format.text:
        return article_text(one, width())
    return article_markdown(one, link=link) if format is Format.markdown else article_html(one)
