"""The wheel holds everything below one name, and its command works outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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


def test_the_command_runs_outside_the_checkout(site: Path, tmp_path: Path) -> None:
    # -P and another working folder: nothing of the checkout can be found by accident
    script = f"import sys; sys.path.insert(0, {str(site)!r}); from specie.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-P", "-c", script, "code", "Y001"], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("# Y001 ")
