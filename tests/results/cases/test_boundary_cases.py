"""Generated cases: at a cut, a step below and a step above, from a case that passes."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from engine import api
from engine.commands.app import app
from tests.case_files import CASES, POLICY, write

CUT = POLICY.replace(
    "criteria:\n",
    "criteria:\n  enrollment_of_course:\n    filled:\n      test: pupils >= least_pupils\n      because: it is full\n"
    "      cite: code-4 (a)\n",
)


def lines(folder: Path, policy: str = CUT) -> tuple[str, list[tuple[str, str, str]]]:
    """The text that is generated, and what could not be."""
    (file,) = api.generate([write(folder, policy=policy)])
    return file.text, [(one.path, one.text, one.reason) for one in file.missed]


def test_a_threshold_gets_three_cases_that_say_what_comes_out_today(tmp_path: Path) -> None:
    text, missed = lines(tmp_path)
    assert text.count("note: generated, to be confirmed by hand") == 3
    assert [line.strip() for line in text.splitlines() if "title" in line] == [
        'title: "enrollment_of_course course=welding,district=D1: pupils a step below the cut of criteria.enrollment_of_course.filled"',
        'title: "enrollment_of_course course=welding,district=D1: pupils at the cut of criteria.enrollment_of_course.filled"',
        'title: "enrollment_of_course course=welding,district=D1: pupils a step above the cut of criteria.enrollment_of_course.filled"',
    ]
    assert [line.strip() for line in text.splitlines() if "filled: " in line] == [
        "filled: not met",
        "filled: met",
        "filled: met",
    ]
    assert [line.strip() for line in text.splitlines() if "grant: " in line] == [
        "grant: $6,300",
        "grant: $6,600",
        "grant: $6,900",
    ]
    assert missed == [
        (
            "criteria.district.large_enough", "pupils >= least_pupils",
            "what is compared is computed, or is not compared with a set value",
        )
    ]  # fmt: skip


def test_generated_cases_run_beside_the_others_and_cover_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, policy=CUT)
    before = api.test([folder], coverage=True)
    found = CliRunner().invoke(app, ["test", str(folder), "--generate"])
    assert found.exit_code == 0 and "3 cases to be confirmed by hand" in " ".join(found.stderr.split())
    assert "not generated: criteria.district.large_enough" in found.stderr
    for path in (folder, folder / "grants.yaml"):
        after = api.test([path], coverage=True)
        assert (after.passed, after.failed, after.diagnostics) == (6, 0, ())
        assert (after.coverage[0].seen, len(after.coverage)) == (before.coverage[0].seen, 1)
        assert (after.rules, after.unhit) == (before.rules, before.unhit)
    again = CliRunner().invoke(app, ["test", str(folder), "--generate"])
    assert again.exit_code == 1 and "is there already" in " ".join(again.stderr.split())


def test_they_are_printed_where_that_is_asked_for(tmp_path: Path) -> None:
    folder = write(tmp_path, policy=CUT)
    found = CliRunner().invoke(app, ["test", str(folder), "--generate", "--out", "-"])
    assert "cases_of: xx/grants" in found.stdout and not (folder / "grants.generated.cases.yaml").exists()
    assert CliRunner().invoke(app, ["test", str(folder), "--generate", "--out", "x"]).exit_code == 2


def test_a_row_that_all_cases_share_is_changed_through_its_key(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "        values: [low, high]\n", "        values: [low, high]\n      hours:\n        unit: count\n"
    )
    policy = policy.replace(
        "criteria:\n",
        "criteria:\n  enrollment_of_course:\n    long:\n      test: course.hours > 30\n      because: it is long\n"
        "      cite: code-4 (a)\n",
    )
    text, _ = lines(tmp_path, policy)
    assert text.count("- course_id: welding\n          hours: ") == 3
    assert [line.split()[-1] for line in text.splitlines() if "hours: " in line] == ["29", "30", "31"]
    (tmp_path / "grants.generated.cases.yaml").write_text(text, encoding="utf-8")
    assert api.test([tmp_path]).passed == len(CASES.split("    expect:")) - 1 + 3


def test_a_value_with_a_unit_is_written_as_a_cell_can_hold_it() -> None:
    (file,) = api.generate([Path("policies/example/credentials-of-value.yaml")])
    assert [line.strip() for line in file.text.splitlines() if "credits: " in line and ".0" in line] == [
        "credits: 3.01"
    ]
    assert not [one.reason for one in file.missed if "not a number" in one.reason]
