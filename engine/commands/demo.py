"""`specie demo`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import api
from ..text.bundled import DEMO_DATA_NAME, DEMO_MISTAKE_NAME, DEMO_POLICY_NAME, bundled
from .options import BACKEND, Backend, able
from .terminal import Diagnosis, complain, complaints, in_color, width

if TYPE_CHECKING:
    from ..results.explanation import Explanation
    from ..results.outcome import Outcome


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the result tables go.")] = Path("demo-run"),
    backend: BACKEND = Backend.duckdb,
) -> None:
    """Run the bundled example: the list, why, and what is pending and why.

    Example: specie demo
    """
    from ..views.explanation import render_explanation
    from ..views.summary import render_outcome

    able(backend)
    with complaints():
        result, explained = _run(out, backend)
        mistake = api.check([bundled(DEMO_MISTAKE_NAME)]).diagnostics
    wide = width()
    typer.echo(render_outcome(result, wide, limit=12, hide_personal=api.guarded()), nl=False)
    for one in explained:
        typer.echo("\n" + render_explanation(one, wide, in_color(sys.stdout), levels=2), nl=False)
    typer.echo("\nA mistake in a policy, and its cure:\n")
    complain(mistake, Diagnosis.full, out=True)
    example = f"specie explain {DEMO_POLICY_NAME} --data {DEMO_DATA_NAME} credential KEY"
    typer.echo(f"\nAll tables are in {out}. Try:\n  {example}")


def _run(out: Path, backend: Backend) -> tuple[Outcome, list[Explanation]]:
    """The outcome, written into `out`, and why the first credential is on the list and why a pending one waits."""
    run = api.evaluate(bundled(DEMO_POLICY_NAME), bundled(DEMO_DATA_NAME), None, backend.value)
    result = api.outcome(run)
    api.write(result, out)
    rows = result.table("priority_list").rows
    keys = [next(str(row[1]) for row in rows if row[3] == status) for status in ("listed", "pending_review")]
    return result, [api.why(run, "credential", key) for key in keys]
