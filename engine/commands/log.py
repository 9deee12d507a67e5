"""`specie log`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .. import api
from .options import DIAGNOSTICS, one_of
from .terminal import Diagnosis, complaints, width, write

Form = StrEnum("Form", ["text", "json"])
"""How the history is shown."""


def log(
    policy: Annotated[
        Path, typer.Argument(metavar="POLICY", help="A policy file of a Git repository; it may be deleted by now.")
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most so many commits.")] = 20,
    format: Annotated[Form, typer.Option("--format", help="How it is shown.", **one_of(Form))] = Form.text,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Say what each commit changed in the meaning of a policy, the newest first; a file that moved is followed.

    Example: specie log policies/oh/report-card.yaml
    """
    from ..views.history import history_json, render_history

    with complaints(diagnostics):
        found = api.history(policy, limit)
    write(history_json(found) if format is Form.json else render_history(found, width()), format.value)
