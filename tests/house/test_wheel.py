"""The wheel holds everything below one name, and its command works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engine import __version__
from tests.house.checkout import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked in it, as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("specie-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_everything_is_below_one_name(site: Path) -> None:
    assert {path.name for path in site.iterdir() if path.suffix != ".dist-info"} == {"specie"}
    assert {path.name for path in (site / "specie").iterdir()} == {
        "__init__.py",
        "cli.py",
        "engine",
        "examples",
        "policies",
        "schemas",
    }
    assert not list(site.rglob("__pycache__"))


def test_the_wheel_holds_every_file_of_the_engine(site: Path) -> None:
    def inside(top: Path) -> set[str]:
        paths = (path for path in top.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(top).as_posix() for path in paths}

    assert inside(site / "specie" / "engine") == inside(ROOT / "engine")


def outside(site: Path, folder: Path, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python code with the wheel installed; -P and another working folder: nothing of the checkout is found."""
    code = f"import sys; sys.path.insert(0, {str(site)!r}); {code}"
    env = {**os.environ, "CI": "", "COLUMNS": "80", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-c", code, *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8")


def specie(site: Path, folder: Path, *words: str) -> str:
    """What the installed command prints; it has to end well."""
    run = outside(site, folder, "from specie.cli import main; main()", *words)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_command_runs_outside_the_checkout(site: Path, tmp_path: Path) -> None:
    assert specie(site, tmp_path, "code", "Y001").startswith("# Y001 ")
    assert specie(site, tmp_path, "--version") == f"specie {__version__}\n"


def test_the_demo_runs_outside_the_checkout(site: Path, tmp_path: Path) -> None:
    said = specie(site, tmp_path, "demo")
    assert "Priority list: " in said and "-- A mistake in a policy, and its cure -" in said
    assert (tmp_path / "demo-run" / "run.json").is_file()
    assert "files are as the run wrote them" in specie(site, tmp_path, "verify", "demo-run")


def test_a_new_policy_folder_is_whole(site: Path, tmp_path: Path) -> None:
    specie(site, tmp_path, "init", "mine", "--jurisdiction", "US-OH")
    policy = ("mine/credentials.yaml", "--data", "mine/data")
    assert "nothing to complain of" in specie(site, tmp_path, "check", *policy, "--strict")
    assert "1 case passed, 0 failed" in specie(site, tmp_path, "test", "mine")
    specie(site, tmp_path, "evaluate", *policy, "--out", "run", "--format", "xlsx")
    assert sorted(one.name for one in (tmp_path / "run").iterdir()) == ["run.json", "run.xlsx"]
    again = ("--rerun", "--policy", *policy, "--backend", "reference")
    assert "gives the same bytes" in specie(site, tmp_path, "verify", "run", *again)


def test_bundled_policies_are_found(site: Path, tmp_path: Path) -> None:
    child = "policy: mine/list\nextends:\n  - oh/in-demand-occupations\ntitle: Mine\n"
    (tmp_path / "mine.yaml").write_text(child, encoding="utf-8")
    assert "1 policy checked" in specie(site, tmp_path, "check", "mine.yaml")
    assert "policies checked" in specie(site, tmp_path, "check", str(site / "specie" / "policies"))


def test_three_lines_of_a_notebook(site: Path, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; import specie; top = Path(specie.__file__).parent; "
        "run = specie.evaluate(top / 'policies/example/credentials-of-value.yaml', top / 'examples/state'); "
        "print(len(run.frames['priority_list']), sorted(set(specie.tables(top / 'examples/state')) & {'area', 'credential'}))"
    )
    run = outside(site, tmp_path, code)
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith(" ['area', 'credential']\n") and int(run.stdout.split()[0]) > 20


def test_nothing_of_the_machine_is_in_the_wheel(site: Path) -> None:
    assert not [path for path in site.rglob("*") if path.is_file() and os.fsencode(ROOT) + b"/" in path.read_bytes()]
