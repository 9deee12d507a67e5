"""The command line answers what a newcomer tries: where it cannot go on it says what would do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from engine.text.codes import CODES
from tests.small_state import specie, write_state


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the small state, in which the commands are run."""
    write_state(tmp_path)
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.mark.parametrize(
    ("out", "said"), [("welding.yaml/a/b", "`welding.yaml` is a file, not a folder"), ("x" * 300, "file name too long")]
)
def test_where_nothing_can_be_written_the_folder_and_the_reason_are_named(out: str, said: str, state: Path) -> None:
    run = specie("evaluate", "welding.yaml", "--data", "data", "--out", out)
    assert run.exit_code == Exit.ERRORS
    assert f"error[X019]: the run cannot be written to `{out}`: {said}" in " ".join(run.stderr.split())


@pytest.mark.parametrize(
    "words", [("evaluate", "--data", "data"), ("explain", "--data", "data", "occupation", "51-4121")]
)
def test_a_backend_that_is_not_installed_is_wrong_usage(
    words: tuple[str, ...], state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    command, *rest = words
    run = specie(command, "welding.yaml", *rest, "--backend", "spark")
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")
    assert run.stderr.startswith("specie: the Spark backend needs: pipx install 'specie[spark]' (and Java 17")


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (("check", "welding.yaml", "--format"), "full, concise, json, sarif, github"),
        (("evaluate", "welding.yaml", "--data", "data", "--format"), "csv, json, parquet, xlsx"),
        (("evaluate", "welding.yaml", "--data", "data", "--backend"), "duckdb, spark, reference"),
        (("import",), "oews, projections"),
    ],
)
def test_a_wrong_choice_is_answered_with_the_right_ones(words: tuple[str, ...], choices: str, state: Path) -> None:
    run = specie(*words, "xml")
    assert run.exit_code == Exit.USAGE and run.stderr.rstrip().endswith(f": `xml` is not one of {choices}")


def test_explain_takes_the_paths_that_it_prints(state: Path) -> None:
    words = ("explain", "welding.yaml", "occupation", "51-4121", "--data", "data")
    paths = {line.split()[1] for line in specie(*words).stdout.splitlines() if line.strip().startswith("path ")}
    assert paths == {"priority_list.when", "criteria.occupation.good_job", "definitions.occupation.pay"}
    for path in paths:
        run = specie(*words, path)
        assert run.exit_code == Exit.DONE and f"path     {path}\n" in run.stdout, path
    pay = specie(*words, "definitions.occupation.pay").stdout
    assert pay == specie(*words, "pay").stdout and pay.startswith("pay of Welders (51-4121) is $47,000/year.\n")


@pytest.mark.parametrize("key", ["US-XX", "state", "state=US-XX"])
def test_the_state_goes_by_its_code(key: str, state: Path) -> None:
    run = specie("explain", "welding.yaml", "state", key, "ranked_rows", "--data", "data")
    assert (run.exit_code, run.stdout.splitlines()[0]) == (Exit.DONE, "ranked_rows of the state is 3.")


@pytest.mark.parametrize(
    "name", ["init", "check", "test", "evaluate", "explain", "verify", "plan", "import", "data check", "code", "demo"]
)
def test_the_example_in_the_help_can_be_pasted(name: str) -> None:
    shown = specie(*name.split(), "--help").stdout.splitlines()
    first = next(number for number, line in enumerate(shown) if "Example: " in line)
    lines = shown[first : shown.index("", first)]
    assert all(line.endswith(" \\") for line in lines[:-1]), "a shell reads on after a backslash only"


def test_code_without_a_code_lists_all() -> None:
    run = specie("code")
    assert run.exit_code == Exit.DONE and "Y001  not-yaml\n" in run.stdout
    assert [line.split()[:2] for line in run.stdout.splitlines()] == [[one, CODES[one].name] for one in sorted(CODES)]
