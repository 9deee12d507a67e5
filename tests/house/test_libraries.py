"""Each library has its floor, and each database library its file."""

from __future__ import annotations

import ast
import sys
from fnmatch import fnmatch

import pytest

from tests.house.checkout import ROOT, inside, name

# Library → the files below engine/ that may import it.
ALLOWED = {
    "yaml": ("text/*",),
    "lark": ("syntax/*",),
    "jsonschema": ("syntax/*",),
    "pandas": ("execution/*", "importers/*", "results/data_frame.py", "notebook.py"),
    "numpy": ("synth/*",),
    "openpyxl": ("execution/excel_file.py",),
    "pyarrow": ("execution/*", "results/*", "synth/*"),
    "sqlglot": ("execution/sql*",),
    "duckdb": ("execution/on_duckdb.py",),
    "pyspark": ("execution/on_spark.py",),
    "py4j": ("execution/on_spark.py",),
    "rich": ("views/*",),
    "jinja2": ("views/page.py",),
    "xlsxwriter": ("views/workbook.py",),
    "altair": ("views/chart_spec.py",),
    "vl_convert": ("views/drawn_chart.py",),
    "z3": ("results/diff/solver.py",),
    "typer": ("commands/*",),
}


def imported(tree: ast.AST) -> set[str]:
    """The top-level names that a module imports, wherever in it; relative imports are the engine's own."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_each_library_stays_on_its_floor() -> None:
    wrong = []
    for path in inside("engine", ".py"):
        inner = path.relative_to(ROOT / "engine").as_posix()
        for library in imported(ast.parse(path.read_bytes())) - set(sys.stdlib_module_names):
            if not any(fnmatch(inner, pattern) for pattern in ALLOWED.get(library, ())):
                wrong.append(f"{name(path)} imports {library}")
    assert wrong == []


def test_no_binary_floats_in_the_engine() -> None:
    """Numbers are int, Decimal or Fraction; a float constant or a call of `float` is how others get in."""
    wrong = []
    for path in inside("engine", ".py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            constant = isinstance(node, ast.Constant) and isinstance(node.value, float)
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            if isinstance(node, ast.expr) and (constant or call):
                wrong.append(f"{name(path)}:{node.lineno}")
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a.b, c", {"a", "c"}),
        ("def f():\n    from d.e import g", {"d"}),
        ("from ..text import source", set()),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, expected: set[str]) -> None:
    assert imported(ast.parse(source)) == expected
