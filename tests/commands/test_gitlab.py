"""docs/ci/gitlab.yml: its shape, and its script run for a merge request, with a `curl` that stands in."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.branch import LIST, RAISED, commit, git, make_branch, write
from tests.commands.stand_ins import put
from tests.commands.test_action import CASES
from tests.house.checkout import ROOT

TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
JOB: dict[str, Any] = TEMPLATE["specie"]
SCRIPT = "\n".join(JOB["script"])


def test_shape() -> None:
    assert [*TEMPLATE] == ["specie"] and JOB["variables"] == {"GIT_DEPTH": "0"}
    assert JOB["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert JOB["artifacts"]["when"] == "always" and JOB["artifacts"]["paths"] == ["specie-diff.html", "specie-diff.md"]


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_shell_that_can_be_read(shell: str) -> None:
    done = subprocess.run([shell, "-n"], input=SCRIPT, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@dataclass
class Job:
    """The job of a merge request from `work` to `main`."""

    folder: Path
    stand_ins: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the script as GitLab does, one shell for all."""
        plain = {
            "PATH": f"{self.stand_ins}{os.pathsep}{os.environ['PATH']}", "HOME": str(self.stand_ins), "CI": "true",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "TMPDIR": str(self.stand_ins),
            "CI_API_V4_URL": "https://gitlab.example.gov/api/v4", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7",
            "CI_JOB_URL": "https://gitlab.example.gov/xx/policies/-/jobs/1", "SPECIE_TEST": "no",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(self.folder, "rev-parse", "main").strip(),
        }  # fmt: skip
        return subprocess.run(
            ["sh", "-e", "-c", SCRIPT], cwd=self.folder, env={**plain, **self.variables}, capture_output=True, text=True,
            check=False, encoding="utf-8",
        )  # fmt: skip

    @property
    def notes(self) -> list[str]:
        """What was written below the merge request."""
        file = self.stand_ins / "notes"
        return [one["body"] for one in json.loads(file.read_text())] if file.exists() else []


@pytest.fixture
def job(tmp_path: Path) -> Job:
    folder = tmp_path / "policies of xx"
    folder.mkdir()
    make_branch(folder)
    commit(folder, "raise", wages=RAISED)
    return Job(folder, put(tmp_path / "bin", ROOT / "cli.py"), {"SPECIE_TOKEN": "a-token"})


def test_one_note_that_is_updated(job: Job) -> None:
    (job.stand_ins / "notes").write_text(
        json.dumps([{"id": 1, "author": {"id": 9}, "body": "<!-- specie: changed policies policies -->\ntheirs"}])
    )
    done = job.run()
    assert done.returncode == 0, done.stderr
    theirs, first = job.notes
    assert theirs.endswith("theirs") and "$40,000 to $42,000" in first and first in done.stdout
    commit(job.folder, "raise more", wages=RAISED.replace("$42,000", "$44,000"))
    assert job.run().returncode == 0 and "$40,000 to $44,000" in job.notes[1] and len(job.notes) == 2
    assert (job.stand_ins / "installed").read_text().splitlines()[0].endswith(" install specie")
    assert "What changes in the policies" in (job.folder / "specie-diff.html").read_text(encoding="utf-8")


def test_without_a_token_or_its_rights_nothing_fails(job: Job) -> None:
    for changed in ({"SPECIE_TOKEN": ""}, {"FORBIDDEN": "POST"}, {"FORBIDDEN": "GET"}, {"SPECIE_COMMENT": "no"}):
        before, job.variables = job.variables, {**job.variables, **changed}
        done = job.run()
        assert done.returncode == 0 and "specie: " in done.stdout and job.notes == [], changed
        job.variables = before


def test_faults_fail_the_job_and_the_note_says_them(job: Job) -> None:
    commit(job.folder, "break", list=LIST.replace("annual_median", "anual_median"))
    job.variables |= {"SPECIE_VERSION": "0.1.0", "SPECIE_TEST": "yes"}
    write(job.folder, "policies/xx/alone.cases.yaml", CASES)
    done = job.run()
    assert done.returncode == 1 and "error[N001]" in done.stdout and "it has 1 error" in job.notes[0]
    assert "specie==0.1.0" in (job.stand_ins / "installed").read_text() and "1 case passed" in done.stdout
    assert (job.folder / "specie-cases.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_what_users_give_is_no_command(job: Job) -> None:
    job.variables["SPECIE_POLICIES"] = "$(touch hit)\n`touch hit`\npolicies; touch hit\nEND\ntouch hit"
    assert job.run().returncode == 1 and not any(job.folder.parent.rglob("hit"))
