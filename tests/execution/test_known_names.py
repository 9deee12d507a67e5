"""Records of decisions bear names that the policy knows; a slip in one is told, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from engine.execution.dataset import read_dataset
from engine.execution.known_names import KnownNames
from engine.model.standard import STANDARD
from engine.text.diagnostic import Diagnostic, Diagnostics
from tests.execution.folder import SOUND, write

YAML = SOUND["dataset.yaml"] + "  determination: determinations.csv\n  listing: listings.csv\n"
HEAD = "name,entity,subject,decided_on,decision\n"
LISTINGS = "entity,subject,listed_from\ncredential,C1,2025-07-01\n"
KNOWN = KnownNames(("credential", "program", "school"), {"program": ("governor_approval", "board_waiver")})


def found(folder: Path, rows: str, listings: str = LISTINGS) -> tuple[Diagnostic, ...]:
    write(folder, dataset_yaml=YAML, determinations_csv=HEAD + rows, listings_csv=listings)
    diagnostics = Diagnostics()
    dataset = read_dataset(folder, STANDARD, None, diagnostics, known=KNOWN)
    assert (dataset is None) == diagnostics.has_errors
    return diagnostics.sorted()


@pytest.mark.parametrize(
    ("row", "said", "marked"),
    [
        ("governor_aproval,program,P1,2026-03-01,yes\n", "did you mean `governor_approval`?", "governor_aproval"),
        ("waived,program,P1,2026-03-01,yes\n", "the policy knows `governor_approval`, `board_waiver`", "waived"),
        ("governor_approval,progam,P1,2026-03-01,yes\n", "did you mean `program`?", "progam"),
        ("governor_approval,firm,P1,2026-03-01,yes\n", "knows `credential`, `program`, `school`", "firm"),
    ],
)
def test_a_name_that_no_rule_asks_for(tmp_path: Path, row: str, said: str, marked: str) -> None:
    sound = "governor_approval,program,P0,2026-03-01,yes\n"
    (one,) = found(tmp_path, sound + row)
    assert one.code == "D031" and said in one.help[0] and one.span.text == marked
    assert one.span.source.position(0)[0] == 3


def test_decisions_on_other_things_are_no_business_of_the_policy(tmp_path: Path) -> None:
    assert found(tmp_path, "opened,school,S1,2026-03-01,yes\nboard_waiver,program,P1,2026-03-01,no\n") == ()


def test_places_on_a_list(tmp_path: Path) -> None:
    sound = "governor_approval,program,P0,2026-03-01,yes\n"
    (one,) = found(tmp_path, sound, LISTINGS.replace("credential", "credentials"))
    assert one.message == "`entity` holds `credentials`, which is not an entity of the policy"
    assert one.help == ("did you mean `credential`?",)


def test_the_names_are_those_of_the_policy(tmp_path: Path) -> None:
    policy = tmp_path / "approval.yaml"
    policy.write_text(
        """\
policy: xx/approval
title: Approval
jurisdiction: US-XX
school_year: 2026-27
determinations:
  governor_approval:
    of: program
    by: Governor
eligibility:
  approved:
    of: program
    when: governor_approval
    verdicts:
      met: eligible
      not_met: not eligible
      undetermined: cannot tell
""",
        encoding="utf-8",
    )
    data = tmp_path / "data"
    data.mkdir()
    (data / "dataset.yaml").write_text(
        "title: x\ntables:\n  program: programs.csv\n  determination: determinations.csv\n", encoding="utf-8"
    )
    (data / "programs.csv").write_text("program_id,name,area\nP1,Welding,\n", encoding="utf-8")
    head, row = HEAD.replace("\n", ",expires_on\n"), "governor_approval,program,P1,2026-03-01,yes,\n"
    (data / "determinations.csv").write_text(head + row.replace("approval", "aproval"), encoding="utf-8")
    report = api.check([policy], data)
    assert [(one.code, one.help) for one in report.diagnostics] == [("D031", ("did you mean `governor_approval`?",))]
    (data / "determinations.csv").write_text(head + row, encoding="utf-8")
    assert api.check([policy], data).diagnostics == ()
