"""`specie demo`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from .. import api
from ..text.bundled import DEMO_DATA_NAME, DEMO_MISTAKE_NAME, DEMO_POLICY_NAME, bundled
from .options import BACKEND, Backend, able
from .terminal import Diagnosis, complain, complaints, in_color, width

if TYPE_CHECKING:
    from ..results.explain.explanation import Explanation
    from ..results.outcome import Outcome

LIMIT = 10
"""Lines of each table that are shown."""


class Question(NamedTuple):
    """What the demo asks of a row, and how much of the answer it shows: how many items of it, and how deep."""

    asked: str
    entity: str
    key: str
    name: str | None
    items: int
    levels: int


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the result tables go.")] = Path("demo-run"),
    backend: BACKEND = Backend.duckdb,
) -> None:
    """Run the bundled example: the list, ratings and payments, what is pending, and why.

    Example: specie demo
    """
    from ..views.explanation import render_explanation
    from ..views.summary import render_outcome

    able(backend)
    with complaints():
        result, answers = _run(out, backend)
        mistake = api.check([bundled(DEMO_MISTAKE_NAME)]).diagnostics
    wide = width()
    typer.echo(render_outcome(result, wide, limit=LIMIT, hide_personal=api.guarded()), nl=False)
    for question, answer in answers:
        typer.echo(f"\n{f'-- {question.asked} ':-<{wide}}\n")
        typer.echo(render_explanation(answer, wide, in_color(sys.stdout), question.levels, brief=True), nl=False)
    typer.echo(f"\n{'-- A mistake in a policy, and its cure ':-<{wide}}\n")
    complain(mistake, Diagnosis.full, out=True)
    typer.echo(f"\n{'-- What to try next ':-<{wide}}\n")
    typer.echo(_next(out, answers[-1][0]))


def _run(out: Path, backend: Backend) -> tuple[Outcome, list[tuple[Question, Explanation]]]:
    """The outcome, written into `out`, and the answers to the questions."""
    run = api.evaluate(bundled(DEMO_POLICY_NAME), bundled(DEMO_DATA_NAME), None, backend.value)
    result = api.outcome(run)
    api.write(result, out)
    answers = []
    for one in _questions(result):
        found = api.why(run, one.entity, one.key, one.name)
        answers.append((one, replace(found, items=found.items[: one.items])))
    return result, answers


def _questions(result: Outcome) -> list[Question]:
    """The first credential that is listed and the first that is pending, the first payment that is prorated and held by
    no least amount, and the first district whose index is exact.
    """
    rows = {
        one.name: [dict(zip(one.names, row, strict=True)) for row in one.rows]
        for one in result.tables
        if one.name in ("priority_list", "payments", "ratings")
    }
    status = {str(row["status"]): str(row["key"]) for row in reversed(rows["priority_list"])}
    prorated = (row for row in rows["payments"] if row["claim"] and row["amount"] != row["claim"])
    paid = next(row for row in prorated if not row["held_by"])
    rated = next(row for row in rows["ratings"] if row["entity"] == "district" and row["index"] is not None)
    return [
        Question("Why a credential is on the list", "credential", status["listed"], None, 1, 3),
        Question("Why a credential is pending", "credential", status["pending_review"], None, 0, 1),
        Question("Why a district is paid what it is", str(paid["entity"]), str(paid["key"]), str(paid["line"]), 1, 1),
        Question("Why a district is rated as it is", "district", str(rated["key"]), "rating", 1, 1),
    ]


def _next(out: Path, question: Question) -> str:
    """Where the tables are, and commands to go on with, which work in the folder that one is in."""
    policy, data = bundled(DEMO_POLICY_NAME), bundled(DEMO_DATA_NAME)
    asked = " ".join(word for word in (question.entity, question.key, question.name) if word)
    return "\n".join(
        (
            f"The tables are in {out}, with run.json, the record of the run.",
            f"  specie explain {policy} --data {data} {asked}",
            "      the whole of an answer, down to the rows of the data",
            f"  specie verify {out}",
            "      that the tables are as the run wrote them",
            f"  specie test {policy.parent}",
            "      the cases of this policy, worked by hand",
            "  specie init my-state --jurisdiction US-OH",
            "      a policy folder of your own",
        )
    )
