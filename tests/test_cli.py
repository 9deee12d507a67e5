"""The command line: what each command prints and where, its exit codes, and what people may rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from engine import __version__
from engine.commands.app import data_app
from engine.commands.evaluate import Format
from engine.commands.exit import Exit
from engine.commands.terminal import in_color
from engine.text.codes import CODES
from tests.house.checkout import ROOT
from tests.importers.sources import OUTLOOK
from tests.small_state import POLICY, specie, too_wide, write_state

BROKEN = POLICY.replace("annual_median >= wage_floor", "anual_median >= wage_floor")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the small state, in which the commands are run."""
    write_state(tmp_path)
    (tmp_path / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def commands() -> dict[str, str]:
    """Every command as people write it → its help."""
    found = {}
    for prefix, app in (("", cli.app), ("data ", data_app)):
        for command in app.registered_commands:
            if command.hidden:
                continue
            assert command.callback is not None
            name = command.name or command.callback.__name__
            found[prefix + name] = command.callback.__doc__ or ""
    return found


# -- what is promised -----------------------------------------------------------------------------------------------


def test_the_commands_of_today() -> None:
    assert set(commands()) == {
        "init",
        "check",
        "fmt",
        "test",
        "evaluate",
        "explain",
        "log",
        "simulate",
        "report",
        "verify",
        "plan",
        "import",
        "code",
        "demo",
        "diff",
        "data check",
        "data describe",
        "data synth",
    }


@pytest.mark.parametrize("name", commands())
def test_every_command_has_an_example_and_stands_in_the_readme(name: str) -> None:
    help = commands()[name]
    assert f"Example: specie {name}" in help
    assert f"`specie {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    shown = specie(*name.split(), "--help")
    assert shown.exit_code == Exit.DONE and f"Example: specie {name}" in " ".join(shown.stdout.split())
    assert too_wide(shown.stdout) == []


@pytest.mark.parametrize("name", [name for name in commands() if "FILE" not in name])
def test_the_files_of_the_examples_are_there(name: str) -> None:
    _, example = commands()[name].split("Example:")
    for word in example.split():
        if word.startswith(("policies/", "examples/")):
            assert (ROOT / word).exists()


def test_the_version() -> None:
    assert specie("--version").stdout == f"specie {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",), ("check",), ("evaluate", "welding.yaml"), ("check", "--nonsense", "welding.yaml"),
        ("check", "welding.yaml", "--format", "xml"), ("evaluate", "welding.yaml", "--data", "data", "--format", "ods"),
        ("verify", "run", "--rerun"), ("verify", "run", "--policy", "welding.yaml"),
        ("evaluate", "welding.yaml", "--data", "data", "--backend", "abacus"),
        ("evaluate", "welding.yaml", "--data", "data", "--as-of", "tomorrow"),
        ("evaluate", "welding.yaml", "--data", "data", "--as-of", "2026-02-30"),
        ("explain", "welding.yaml", "occupation", "51-4121", "--data", "data", "--as-of", "07/01/2026"),
        ("plan", "welding.yaml", "--as-of", "soon"), ("import", "astrology", "a.csv", "--out", "d"),
        ("data", "describe", "aera"), ("code", "Q999"),
    ],
)  # fmt: skip
def test_wrong_usage_is_2_and_prints_nothing(words: tuple[str, ...], state: Path) -> None:
    run = specie(*words)
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")
    assert run.stderr and "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "nothing.yaml"), "Y002"), (("check", "broken.yaml"), "N001"), (("check", "data"), "Y065"),
        (("check", "data/dataset.yaml"), "Y066"), (("check", "data/areas.csv"), "Y066"),
        (("plan", "data/dataset.yaml"), "Y066"), (("evaluate", "data/areas.csv", "--data", "data"), "Y066"),
        (("evaluate", "nothing.yaml", "--data", "data"), "Y002"), (("evaluate", "broken.yaml", "--data", "data"), "N001"),
        (("evaluate", "welding.yaml", "--data", "nothing"), "D001"),
        (("evaluate", "welding.yaml", "--data", "data", "--out", "data"), "X012"),
        (("evaluate", "welding.yaml", "--data", "data", "--out", "welding.yaml/run"), "X019"),
        (("demo", "--out", "welding.yaml/run/below"), "X019"),
        (("import", "oews", "nothing.csv", "--out", "welding.yaml/run"), "D040"),
        (("explain", "welding.yaml", "occupation", "51-4121", "criteria.area.good_job", "--data", "data"), "X014"),
        (("explain", "welding.yaml", "state", "US-YY", "cut_score", "--data", "data"), "X013"),
        (("explain", "welding.yaml", "job", "51-4121", "--data", "data"), "X011"),
        (("explain", "welding.yaml", "occupation", "51-4122", "--data", "data"), "X013"),
        (("explain", "welding.yaml", "occupation", "51-4121", "god_job", "--data", "data"), "X014"),
        (("explain", "welding.yaml", "labor_market", "51-4121", "--data", "data"), "X015"),
        (("plan", "broken.yaml"), "N001"), (("import", "oews", "nothing.csv", "--out", "new"), "D040"),
        (("import", "projections", "welding.yaml", "--out", "new"), "D042"),
        (("data", "check", "nothing"), "D001"), (("data", "check", "data", "--policy", "broken.yaml"), "N001"),
    ],
)  # fmt: skip
def test_a_fault_in_the_files_is_1_with_a_code(words: tuple[str, ...], code: str, state: Path) -> None:
    run = specie(*words)
    assert run.exit_code == Exit.ERRORS
    assert f"error[{code}]" in run.stdout + run.stderr and "Traceback" not in run.stderr
    assert run.stdout == "" or "check" in words, "complaints are talk, except where they are what was asked for"
    assert not (state / "new").exists()
    assert too_wide(run.stdout + run.stderr) == []


# -- check ----------------------------------------------------------------------------------------------------------


def test_check(state: Path) -> None:
    run = specie("check", "welding.yaml")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "1 policy checked, nothing to complain of\n", "")
    run = specie("check", ".", "--data", "data")
    assert run.exit_code == Exit.ERRORS and run.stdout.startswith("error[N001]")


def test_check_cures_what_it_can(state: Path) -> None:
    text = (
        "policy: xx/cure\ndefinitions:\n  program:\n    one: not not stackable\n    two: clock_hours >= clock_hours\n"
    )
    Path("cure.yaml").write_text(text, encoding="utf-8")
    run = specie("check", "cure.yaml")
    assert "1 of these can be cured by `specie check --fix`" in run.stderr
    assert Path("cure.yaml").read_text(encoding="utf-8") == text
    run = specie("check", "--fix", "--format", "json", "cure.yaml")
    assert run.exit_code == Exit.DONE
    assert run.stderr == "fixed cure.yaml:4:10: L022 write `stackable`\n"
    assert [one["code"] for one in json.loads(run.stdout)] == ["L025"]
    assert Path("cure.yaml").read_text(encoding="utf-8") == text.replace("not not ", "")
    run = specie("check", "--fix", "cure.yaml")
    assert run.stdout.startswith("warning[L025]") and run.stderr == ""
    assert specie("check", "--fix", "--strict", "cure.yaml").exit_code == Exit.ERRORS


def test_check_for_machines(state: Path) -> None:
    assert specie("check", "welding.yaml", "--format", "json").stdout == "[]\n"
    (found,) = json.loads(specie("check", "broken.yaml", "--format", "json").stdout)
    assert (found["code"], found["file"], found["line"]) == ("N001", "broken.yaml", 32)
    sarif = json.loads(specie("check", "broken.yaml", "--format", "sarif").stdout)
    assert sarif["version"] == "2.1.0" and sarif["runs"][0]["results"][0]["ruleId"] == "N001"
    assert specie("check", "broken.yaml", "--format", "concise").stdout.startswith("broken.yaml:32:")
    assert specie("check", "broken.yaml", "--format", "github").stdout.startswith("::error file=broken.yaml,line=32,")
    above = {"GITHUB_WORKSPACE": str(state.parent)}
    annotation = specie("check", "broken.yaml", "--format", "github", env=above).stdout
    assert annotation.startswith(f"::error file={state.name}/broken.yaml,line=32,")
    run = specie("evaluate", "broken.yaml", "--data", "data", "--diagnostics", "json")
    assert run.exit_code == Exit.ERRORS and json.loads(run.stdout)[0]["code"] == "N001" and run.stderr == ""


def test_warnings_are_errors_where_strict(state: Path) -> None:
    write = state / "data" / "occupations.csv"
    write.write_text(write.read_text(encoding="utf-8").replace("Chiefs", " Chiefs"), encoding="utf-8")
    run = specie("check", "welding.yaml", "--data", "data")
    assert run.exit_code == Exit.DONE and "warning[D028]" in run.stdout
    assert specie("check", "welding.yaml", "--data", "data", "--strict").exit_code == Exit.ERRORS


# -- evaluate -------------------------------------------------------------------------------------------------------


def test_evaluate_prints_the_results_and_talks_beside_them(state: Path) -> None:
    run = specie("evaluate", "welding.yaml", "--data", "data", "--out", "run")
    assert run.exit_code == Exit.DONE
    for line in ("   1. 15-1252 Developers", "   2. 51-4121 Welders", "  wage_floor = $43,900 (proposed)"):
        assert line in run.stdout
    assert run.stderr.startswith("written to run: assumptions, decisions,") and "written" not in run.stdout
    assert {one.suffix for one in (state / "run").iterdir()} == {".csv", ".json"}
    near = (state / "run" / "near_misses.csv").read_text(encoding="utf-8")
    assert "35-3023,Fast food workers,good_job,39510,43900,4390" in near, "exactly a tenth"


@pytest.mark.parametrize("format", Format)
def test_evaluate_writes_the_asked_format(format: Format, state: Path) -> None:
    words = ("evaluate", "welding.yaml", "--data", "data", "--out", "run", "--format", format.value)
    assert specie(*words, "--backend", "reference").exit_code == Exit.DONE
    assert (state / "run" / ("run.xlsx" if format is Format.xlsx else f"priority_list.{format.value}")).is_file()
    first = {one.name: one.read_bytes() for one in (state / "run").iterdir()}
    assert specie(*words, "--backend", "duckdb").exit_code == Exit.DONE, "a run may be replaced"
    assert {one.name: one.read_bytes() for one in (state / "run").iterdir()} == first, "by the same bytes"


def test_a_recorded_run_is_verified(state: Path) -> None:
    assert (
        specie("evaluate", "welding.yaml", "--data", "data", "--out", "run", "--format", "xlsx").exit_code == Exit.DONE
    )
    run = specie("verify", "run")
    assert (run.exit_code, run.stdout) == (Exit.DONE, "1 file is as the run wrote it\n")
    again = ("verify", "run", "--rerun", "--policy", "welding.yaml", "--data", "data", "--backend", "reference")
    assert specie(*again).stdout == "1 file is as the run wrote it, and the run made again gives the same bytes\n"
    assert specie(*again, "--format", "json").stdout == "[]\n"
    (state / "run" / "run.xlsx").write_bytes(b"")
    run = specie(*again)
    assert run.exit_code == Exit.ERRORS
    assert run.stdout.startswith("error[X042]: `run.xlsx` is not as the run wrote it\n") and "error[X045]" in run.stdout
    assert specie("verify", "data").exit_code == Exit.ERRORS


def test_a_failed_cell_is_written_and_ends_with_1(state: Path) -> None:
    text = POLICY.replace("    pay:", "    odd: statewide_market.annual_median / statewide_market.openings\n    pay:")
    (state / "odd.yaml").write_text(text.replace("openings", "employment"), encoding="utf-8")
    table = state / "data" / "labor_markets.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [f"{lines[0]},employment", *(f"{line},{0 if line.startswith('51') else 10}" for line in lines[1:])]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    run = specie("evaluate", "odd.yaml", "--data", "data", "--out", "run")
    assert run.exit_code == Exit.ERRORS and "failed: 1" in run.stdout and run.stderr.startswith("written to run")
    assert json.loads((state / "run" / "run.json").read_text(encoding="utf-8"))["failed"] == 1
    assert "failed,occupation,51-4121,odd,X001" in (state / "run" / "held.csv").read_text(encoding="utf-8")


def test_the_day_decides_which_value_is_in_force(state: Path) -> None:
    early = specie("evaluate", "welding.yaml", "--data", "data", "--as-of", "2026-06-30").stdout
    assert "as of 2026-06-30, school year 2025-26" in early and "proposed" not in early
    late = specie("evaluate", "welding.yaml", "--data", "data", "--as-of", "2026-07-01").stdout
    assert "wage_floor = $43,900 (proposed)" in late


@pytest.mark.parametrize("day", ["0001-07-01", "1990-01-01", "2024-06-30", "2024-07-01", "9999-12-31"])
def test_any_day_can_be_asked_for(day: str, state: Path) -> None:
    run = specie("evaluate", "welding.yaml", "--data", "data", "--as-of", day)
    early = day < "2024-07-01"  # no wage floor is in force yet
    assert run.exit_code == (Exit.ERRORS if early else Exit.DONE), run.output
    assert run.stderr == "" and ("X003" in run.stdout) is early


def test_two_runs_print_the_same(state: Path) -> None:
    for words in (
        ("evaluate", "welding.yaml", "--data", "data"),
        ("explain", "welding.yaml", "occupation", "29-2099", "--data", "data"),
        ("plan", "welding.yaml", "--data", "data"),
    ):
        outputs = {specie(*words, *more).stdout_bytes for more in ((), ())}
        if words[0] != "plan":
            outputs |= {specie(*words, "--backend", "reference").stdout_bytes}
        assert len(outputs) == 1


# -- the rest -------------------------------------------------------------------------------------------------------


def test_explain(state: Path) -> None:
    run = specie("explain", "welding.yaml", "occupation", "51-4121", "--data", "data")
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    assert run.stdout.startswith("Welders (51-4121) is on the priority list: place 2 of 3, within the limit of 2.\n")
    one = specie(
        "explain", "welding.yaml", "labor_market", "occupation=51-4121,area=US-XX", "annual_median", "--data", "data"
    )
    assert one.exit_code == Exit.DONE and "$47,000/year" in one.stdout


def test_plan(state: Path) -> None:
    run = specie("plan", "welding.yaml", "--as-of", "2026-07-01")
    assert (run.exit_code, run.stderr) == (Exit.DONE, "") and run.stdout.startswith("plan of xx/welding")


def test_data_check(state: Path) -> None:
    run = specie("data", "check", "data")
    assert run.exit_code == Exit.DONE and run.stdout.endswith("the dataset keeps the contract\n")
    assert specie("data", "check", "data", "--format", "json").stdout == "[]\n"
    (state / "data" / "areas.csv").write_text("code,name\n,Nowhere\n", encoding="utf-8")
    run = specie("data", "check", "data", "--policy", "welding.yaml")
    assert run.exit_code == Exit.ERRORS and run.stdout.startswith("error[D025]")


def test_data_describe(state: Path) -> None:
    run = specie("data", "describe", "labor_market")
    assert run.exit_code == Exit.DONE and "annual_median" in run.stdout and too_wide(run.stdout) == []
    assert "did you mean area?" in specie("data", "describe", "aera").stderr


def test_import(state: Path) -> None:
    (state / "outlook.tsv").write_text(OUTLOOK, encoding="utf-8")
    years = ("--base-year", "2022", "--projected-year", "2032")
    run = specie("import", "projections", "outlook.tsv", "--out", "new", "--area", "US-OH", *years)
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    assert " rows read, " in run.stdout and too_wide(run.stdout) == []
    assert specie("data", "check", "new").exit_code == Exit.DONE


def test_code_prints_its_page() -> None:
    run = specie("code", "y001")
    assert run.exit_code == Exit.DONE
    assert run.stdout.startswith(f"# Y001 {CODES['Y001'].name}\n") and "## Prefer" in run.stdout
    assert "there is no code `Q999`" in specie("code", "Q999").stderr


# -- manners --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["40", "80", "100", "500"])
def test_no_line_is_wider_than_the_terminal(columns: str, state: Path) -> None:
    width = min(max(int(columns), 60), 160)
    for words in (
        ("check", "broken.yaml"), ("evaluate", "welding.yaml", "--data", "data", "--out", "run"),
        ("evaluate", "broken.yaml", "--data", "data"), ("explain", "welding.yaml", "occupation", "29-2099", "--data", "data"),
    ):  # fmt: skip
        run = specie(*words, env={"COLUMNS": columns})
        assert too_wide(run.stdout + run.stderr, width) == []


def test_without_a_terminal_there_is_no_colour(state: Path) -> None:
    for env in ({}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}):
        assert "\x1b" not in specie("check", "broken.yaml", env=env).output


@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_colour_obeys(no_color: str, colored: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("NO_COLOR", no_color)
    assert in_color(Terminal()) is colored


def test_a_fault_of_ours_ends_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(**_: object) -> None:
        raise KeyError("column")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == Exit.OUR_FAULT
    assert capsys.readouterr().err.splitlines() == ["specie: a fault of ours, please report it: KeyError: 'column'"]


def test_exit_codes_keep_their_meaning() -> None:
    assert {one.name: one.value for one in Exit} == {
        "DONE": 0,
        "ERRORS": 1,
        "USAGE": 2,
        "DIFFERS": 3,
        "OUR_FAULT": 70,
        "STOPPED": 130,
    }
