"""What is otherwise on Windows: consoles without Unicode, line ends, backslashes, drive letters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import api
from engine.commands.console import PLAIN, ascii_json
from engine.commands.exit import Exit
from tests.house.checkout import ROOT
from tests.small_state import DATASET, POLICY, TABLES, specie, write_state

CASES = """\
cases_of: xx/welding
title: One case
given:
  area: |
    | code  |
    | US-XX |
  occupation: |
    | code    | title   |
    | 51-4121 | Welders |
  labor_market: |
    | occupation | area  | annual_median |
    | 51-4121    | US-XX | $43,900/year  |
cases:
  welders:
    expect:
      occupation:
        51-4121:
          good_job: met
"""


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small state, in which the commands are run."""
    write_state(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(encoding: str, *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a process whose streams have an encoding."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "CI": "", "COLUMNS": "80"}
    run = subprocess.run([sys.executable, ROOT / "cli.py", *words], env=env, capture_output=True)
    return run.returncode, run.stdout.decode(encoding), run.stderr.decode(encoding)


# -- consoles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "latin-1"])
def test_no_console_makes_it_fail(encoding: str, state: Path) -> None:
    text = POLICY.replace("title: Credentials that pay", "title: Šiauliai → ≥ 5 – 日本…")
    (state / "welding.yaml").write_text(text, encoding="utf-8")
    code, out, err = printed(encoding, "evaluate", "welding.yaml", "--data", "data", "--out", "run")
    assert code == Exit.DONE, err
    assert "iauliai " in out.splitlines()[0] and " ??" in out and "fault" not in err
    if encoding == "cp1252":
        assert out.splitlines()[0] == "Šiauliai -> >= 5 – ??…"
    assert "Šiauliai → ≥" in (state / "run" / "run.json").read_bytes().decode("utf-8"), "files are UTF-8 everywhere"


def test_complaints_for_machines_are_whole_on_any_console(state: Path) -> None:
    broken = POLICY.replace("annual_median >= wage_floor", "anual_median_→_日 >= wage_floor")
    (state / "broken.yaml").write_text(broken, encoding="utf-8")
    for format in ("json", "sarif"):
        code, out, _ = printed("cp1252", "check", "broken.yaml", "--format", format)
        assert code == Exit.ERRORS and out.isascii()
        assert json.loads(out) == json.loads(printed("utf-8", "check", "broken.yaml", "--format", format)[1])


def test_json_in_ascii_says_the_same() -> None:
    said = {"a→": '日本 😀 é " \\ \n'}
    text = json.dumps(said, ensure_ascii=False)
    assert ascii_json(text).isascii() and json.loads(ascii_json(text)) == said
    assert all(plain.isascii() for plain in PLAIN.values())


# -- line ends ------------------------------------------------------------------------------------------------------


def test_line_ends_of_windows_say_the_same(state: Path) -> None:
    (state / "welding.cases.yaml").write_text(CASES, encoding="utf-8")
    words = ("evaluate", "welding.yaml", "--data", "data", "--out", "run")
    first = specie(*words)
    before = {one.name: one.read_bytes() for one in (state / "run").iterdir()}
    assert specie("test", ".").stdout.startswith("1 case passed")
    for path in [state / "welding.yaml", state / "welding.cases.yaml", *(state / "data").iterdir()]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert specie("check", "welding.yaml", "--data", "data", "--strict").exit_code == Exit.DONE
    assert specie("test", ".").stdout.startswith("1 case passed")
    assert specie(*words).stdout == first.stdout
    after = {one.name: one.read_bytes() for one in (state / "run").iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"run.json"}
    old, new = json.loads(before["run.json"]), json.loads(after["run.json"])
    assert {key for key in old if old[key] != new[key]} == {"data"}, "the files of the data have other bytes"


def test_a_byte_order_mark_is_no_part_of_a_file(state: Path) -> None:
    for path in [state / "welding.yaml", state / "data" / "dataset.yaml", state / "data" / "areas.csv"]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert specie("check", "welding.yaml", "--data", "data", "--strict").exit_code == Exit.DONE


# -- paths ----------------------------------------------------------------------------------------------------------


def test_backslashes_in_dataset_yaml_are_refused_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_state(tmp_path, dataset=DATASET.replace("areas.csv", "tables\\areas.csv"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "tables").mkdir()
    (tmp_path / "data" / "areas.csv").rename(tmp_path / "data" / "tables" / "areas.csv")
    run = specie("data", "check", "data")
    assert run.exit_code == Exit.ERRORS and "`tables/areas.csv`" in " ".join(run.stdout.split())
    (tmp_path / "data" / "dataset.yaml").write_text(DATASET.replace("areas.csv", "tables/areas.csv"), encoding="utf-8")
    assert specie("data", "check", "data").exit_code == Exit.DONE


@pytest.mark.parametrize(
    "file", ["C:\\data\\areas.csv", "C:/data/areas.csv", "\\\\server\\share\\areas.csv", "/areas.csv", "..\\areas.csv"]
)
def test_a_file_elsewhere_is_refused(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_state(tmp_path, dataset=DATASET.replace("file: areas.csv", f"file: '{file}'"))
    monkeypatch.chdir(tmp_path)
    run = specie("data", "check", "data")
    assert run.exit_code == Exit.ERRORS and ("error[D008]" in run.stdout or "error[D009]" in run.stdout)


def test_the_case_of_a_file_s_name_counts_and_is_helped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_state(tmp_path, dataset=DATASET.replace("areas.csv", "Areas.CSV"))
    monkeypatch.chdir(tmp_path)
    run = specie("data", "check", "data")
    if not (tmp_path / "data" / "Areas.CSV").exists():  # it does on file systems that know no case
        assert run.exit_code == Exit.ERRORS and "did you mean `areas.csv`" in " ".join(run.stdout.split())


def test_a_run_names_its_files_without_folders(state: Path) -> None:
    (state / "data" / "tables").mkdir()
    for name in TABLES:
        (state / "data" / name).rename(state / "data" / "tables" / name)
    (state / "data" / "dataset.yaml").write_text(DATASET.replace("file: ", "file: tables/"), encoding="utf-8")
    api.write(api.outcome(api.evaluate("welding.yaml", "data")), "run")
    said = json.loads((state / "run" / "run.json").read_bytes())
    assert "tables/areas.csv" in said["data"]["files"], "with slashes everywhere"
