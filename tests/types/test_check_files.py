"""Many files are told the same by several processes as by one."""

from __future__ import annotations

from pathlib import Path

from engine import api
from engine.text.diagnostic import Diagnostic
from engine.types.check_files import MANY
from tests.house.checkout import ROOT

POLICY = ROOT / "policies" / "federal" / "wioa-in-demand.yaml"


def test_processes_change_nothing(tmp_path: Path) -> None:
    text = POLICY.read_text(encoding="utf-8")
    for number in range(MANY + 3):
        wrong = text if number % 3 else text.replace("policy:", "polcy:", 1)
        (tmp_path / f"policy-{number:02}.yaml").write_text(wrong, encoding="utf-8")
    one, several = (api.check([tmp_path], processes=processes) for processes in (1, 2))
    assert several.files == one.files
    assert [shown(found) for found in several.diagnostics] == [shown(found) for found in one.diagnostics]
    assert {Path(found.span.source.name).name for found in one.diagnostics} == {
        f"policy-{number:02}.yaml" for number in range(0, MANY + 3, 3)
    }


def shown(found: Diagnostic) -> tuple[object, ...]:
    """What a complaint is shown with: sources are compared by what they hold."""
    source = found.span.source
    return (
        found.code,
        found.message,
        found.help,
        found.notes,
        source.name,
        source.text,
        source.position(found.span.start),
    )


def test_few_files_stay_in_one_process(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("policy: 1\n", encoding="utf-8")
    assert [found.code for found in api.check([tmp_path], processes=8).diagnostics] == [
        found.code for found in api.check([tmp_path]).diagnostics
    ]
