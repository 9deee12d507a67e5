"""The door to reports: a page, charts and a workbook of what a run, a simulation or a difference has left behind."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from . import __version__
from .text.diagnostic import Diagnostics
from .text.errors import PolicyError
from .text.source import Source, Span

if TYPE_CHECKING:
    from .results.recorded import Recorded
    from .views.article import Article

Audience = Literal["public", "internal"]

RECORD, MARK = "report.json", "specie_report"


def report(folder: str | Path, audience: Audience = "public", out: str | Path | None = None) -> Path:
    """Write the report of a folder that `write`, `write_simulation` or `write_diff` has written, and say where it is:
    `out`, or beside the folder. Of a report for everybody nothing is about a person, nor about few.

    Raises PolicyError where the folder has no record (X090) or is not as it was written (X042 to X044), where a run has
    no tables that can be read (X091), and where `out` holds something else (X012) or cannot be written (X019).
    """
    from .results.folder import check_free, write_recorded
    from .results.recorded import read_recorded
    from .results.table_file import json_text
    from .views.report_files import report_files

    diagnostics = Diagnostics()
    target = _beside(Path(folder)) if out is None else Path(out)
    found = read_recorded(Path(folder), diagnostics)
    made = None
    if found is not None and check_free(target, RECORD, MARK, "report", diagnostics):
        made = _run(found, audience, diagnostics) if found.kind == "run" else _written(found, audience, diagnostics)
    if found is None or made is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    article, more = made
    files = {**report_files(article), **more}
    said = {
        MARK: 1,
        "engine": __version__,
        "of": found.kind,
        "record": hashlib.sha256(found.data).hexdigest(),
        "audience": audience,
        "title": article.title,
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    files[RECORD] = json_text(said).encode()
    if not write_recorded(target, files, RECORD, MARK, "report", diagnostics):
        raise PolicyError(diagnostics.sorted())
    return target


def _beside(folder: Path) -> Path:
    there = Path(os.path.realpath(folder))
    return there.with_name(f"{there.name}-report")


def _run(found: Recorded, audience: Audience, diagnostics: Diagnostics) -> tuple[Article, dict[str, bytes]] | None:
    """The page of a run, made of its tables, and their workbook."""
    from .results.public_tables import public_tables
    from .results.recorded_tables import recorded_tables
    from .views.run_article import run_article
    from .views.run_page import RunPage
    from .views.run_workbook import FILE, run_workbook

    try:
        every = recorded_tables(found)
    except ValueError:
        problem = "they hold what `specie evaluate` does not write"
        _complain("X091", found, problem, "run `specie evaluate` again", diagnostics)
        return None
    if every is None:
        old = "columns" not in found.record
        problem = "its record does not say what their columns hold" if old else "they are in a workbook alone"
        help = "run `specie evaluate` again, with `--format csv`, `json` or `parquet`"
        _complain("X091", found, problem, help, diagnostics)
        return None
    public = audience == "public"
    tables = public_tables(every, found.record["personal"]) if public else every
    page = RunPage(found.record, tables, every, public)
    return run_article(page), {FILE: run_workbook(page, diagnostics)}


def _written(found: Recorded, audience: Audience, diagnostics: Diagnostics) -> tuple[Article, dict[str, bytes]] | None:
    """The page of a simulation or a difference: the article that was written with it."""
    from .views.article_json import FILE, INTERNAL_FILE, read_article

    data = (found.file(INTERNAL_FILE) if audience == "internal" else None) or found.file(FILE)
    article = None if data is None else read_article(data)
    if article is None:
        problem = f"it has no `{FILE}` that can be read"
        _complain("X090", found, problem, f"run `specie {found.command}` again", diagnostics)
        return None
    return article, {}


def _complain(code: str, found: Recorded, problem: str, help: str, diagnostics: Diagnostics) -> None:
    place = Span(Source(str(found.folder / found.name), ""), 0, 0)
    diagnostics.report(code, place, help=help, folder=str(found.folder), problem=problem)
