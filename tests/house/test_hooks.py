"""The hooks of pre-commit: their shape, and that their commands are ours and look at the right files."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer
import yaml
from typer.main import get_command

from engine.commands.app import app
from tests.house.checkout import ROOT

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
KINDS = {
    "id": str, "name": str, "description": str, "entry": str, "language": str, "files": str, "exclude": str,
    "pass_filenames": bool, "args": list,
}  # fmt: skip


def test_there_is_a_hook_for_each() -> None:
    assert [hook["id"] for hook in HOOKS] == ["specie-check", "specie-fmt", "specie-test"]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_shape(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= hook.keys() <= KINDS.keys()
    assert all(isinstance(value, KINDS[key]) for key, value in hook.items())
    assert hook["language"] == "python", "the package is installed with its command"
    program, command = hook["entry"].split()
    group = get_command(app)
    assert program == "specie" and isinstance(group, typer.core.TyperGroup) and command in group.commands


@pytest.mark.parametrize(
    ("path", "hooks"),
    [
        ("policies/oh/a.yaml", {"specie-check", "specie-fmt", "specie-test"}),
        ("state/policies/a.cases.yaml", {"specie-fmt", "specie-test"}),
        ("data/dataset.yaml", {"specie-fmt"}),
        ("what-if/floors.scenario.yaml", {"specie-check", "specie-fmt"}),
        (".github/workflows/policy.yaml", set()),
        ("policies/README.md", set()),
    ],
)
def test_files(path: str, hooks: set[str]) -> None:
    taken = {
        hook["id"]
        for hook in HOOKS
        if re.search(hook["files"], path) and not ("exclude" in hook and re.search(hook["exclude"], path))
    }
    assert taken == hooks
