"""The floors: what may import what, and what importing the engine costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.checkout import ROOT

HEAVY = ("duckdb", "jinja2", "pandas", "pyarrow", "pyspark", "sqlglot")


def test_import_contracts_hold(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([command, "--no-logo", "--cache-dir", tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_importing_the_engine_loads_no_database() -> None:
    script = (
        "import importlib.util, sys, engine\n"
        "if importlib.util.find_spec('engine.api'): import engine.api\n"
        "import cli\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_every_floor_says_what_it_is() -> None:
    for folder in sorted(path for path in (ROOT / "engine").iterdir() if any(path.glob("*.py"))):
        first = (folder / "__init__.py").read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(('"""Floor ', '"""Beside floor ', '"""Above the floors, ')), folder.name
