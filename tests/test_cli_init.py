"""`specie init`: what it writes is checked, tested and run, for every jurisdiction, and lands on nobody's work."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine import __version__, api
from engine.commands.exit import Exit
from engine.commands.init import MADE_UP, NAMES, jurisdiction_of, starter
from engine.importers.places import PLACES
from tests.house.checkout import ROOT
from tests.small_state import specie, too_wide


@pytest.fixture(autouse=True)
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("code", ["US-OH", "us-xx", "dc", "US-PR", "US"])
def test_what_it_writes_is_checked_tested_and_run(code: str) -> None:
    run = specie("init", "made", "--jurisdiction", code)
    assert (run.exit_code, run.stderr) == (Exit.DONE, "") and too_wide(run.stdout) == []
    commands = [line.split()[1:] for line in run.stdout.splitlines()[1:]]
    assert [words[0] for words in commands] == ["check", "test", "evaluate"]
    for words in [*commands, ["check", "made", "--strict"], ["data", "check", "made/data"]]:
        assert specie(*words).exit_code == Exit.DONE, words
    listed = specie(*commands[2]).stdout
    assert "1. c-001 Practical nurse" in listed and "c-002 Welding (made up): well_paid" in listed
    checked = api.evaluate("made/credentials.yaml", "made/data").checked
    place = jurisdiction_of(code)
    assert [word.text for word in checked.policy.jurisdictions] == [place.code]
    assert checked.policy.id == f"{place.code.removeprefix('US-').lower()}/credentials"
    assert f"{place.code},{place.name},{place.level}\n" in Path("made/data/areas.csv").read_text(encoding="utf-8")
    assert (
        specie("explain", "made/credentials.yaml", "--data", "made/data", "credential", "c-002").exit_code == Exit.DONE
    )


def test_its_files() -> None:
    specie("init", "made", "--jurisdiction", "US-OH")
    made = {one.relative_to("made").as_posix() for one in Path("made").rglob("*") if one.is_file()}
    template = ROOT / "engine" / "commands" / "starter"
    kept = {one.relative_to(template).as_posix() for one in template.rglob("*") if one.is_file()}
    assert made == {NAMES.get(name, name) for name in kept} and set(NAMES) <= kept
    for name in made:
        text = Path("made", name).read_bytes().decode()
        assert "\r" not in text and "US-XX" not in text and "xx/" not in text and "of XX" not in text, name
    assert Path("made/README.md").read_text(encoding="utf-8").startswith("# Credentials of value, Ohio\n")


def test_the_workflow_installs_this_version_and_runs_each_command() -> None:
    said = yaml.safe_load(starter(MADE_UP)[".github/workflows/policy.yaml"])
    steps = [step.get("run", "") for step in said["jobs"]["policy"]["steps"]]
    assert f"pipx install specie=={__version__}" in steps
    commands = [step.split()[1] for step in steps if step.startswith("specie ")]
    assert commands == ["check", "fmt", "test", "evaluate", "verify"]


def test_the_commands_of_the_workflow_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    specie("init", "made", "--jurisdiction", "US-KY")
    monkeypatch.chdir("made")
    said = yaml.safe_load(Path(".github/workflows/policy.yaml").read_text(encoding="utf-8"))
    for step in said["jobs"]["policy"]["steps"]:
        if step.get("run", "").startswith("specie "):
            assert specie(*step["run"].split()[1:], env={"CI": "true"}).exit_code == Exit.DONE, step


def test_a_folder_with_anything_in_it_is_left_alone() -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine", encoding="utf-8")
    run = specie("init", "mine", "--jurisdiction", "US-OH")
    assert run.exit_code == Exit.ERRORS and "error[X047]" in run.stderr and "`notes.txt` is in it" in run.stderr
    assert [one.name for one in Path("mine").iterdir()] == ["notes.txt"]
    run = specie("init", "mine/notes.txt", "--jurisdiction", "US-OH")
    assert run.exit_code == Exit.ERRORS and "it is a file" in run.stderr
    run = specie("init", "mine/notes.txt/below", "--jurisdiction", "US-OH")
    assert run.exit_code == Exit.ERRORS and "`mine/notes.txt` is a file, not a folder" in run.stderr


@pytest.mark.parametrize("folder", [".", "empty"])
def test_an_empty_folder_or_a_fresh_repository_is_taken(folder: str, tmp_path: Path) -> None:
    Path(folder, ".git").mkdir(parents=True)
    assert specie("init", folder, "--jurisdiction", "US-OH").exit_code == Exit.DONE
    assert Path(folder, "credentials.yaml").is_file() and Path(folder, ".git").is_dir()
    assert Path.cwd() == tmp_path


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("US-OHIO", "did you mean US-OH?"), ("Ohio", "did you mean US-OH?"), ("US-OG", "did you mean US-"),
        ("US-99999", "a state is written as US-OH"), ("39", ""), ("", ""), ("CA-ON", ""), ("../x", ""),
    ],
)  # fmt: skip
def test_a_jurisdiction_that_is_none_is_wrong_usage(code: str, said: str) -> None:
    run = specie("init", "made", "--jurisdiction", code)
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "") and said in run.stderr and not Path("made").exists()
    assert specie("init", "made").exit_code == Exit.USAGE


@pytest.mark.parametrize("code", PLACES)
def test_every_place_has_its_starter(code: str) -> None:
    made = starter(jurisdiction_of(code))
    assert f"jurisdiction: {code}\n".encode() in made["credentials.yaml"]
