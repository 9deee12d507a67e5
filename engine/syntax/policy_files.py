"""Which files are policies where a folder is named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from ..text.suggest import lengthened

SCENARIO = ".scenario.yaml"
BESIDE = (".cases.yaml", SCENARIO)
"""Endings of files that lie beside policies."""


def policy_files(paths: Iterable[str | Path], diagnostics: Diagnostics) -> list[Path]:
    """The policy files that paths name: folders stand for the policies in them, of which there has to be one (Y065)
    where there is no scenario.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*.yaml") if not file.name.endswith(BESIDE))
            kept = [file for file in inside if file.name != "dataset.yaml" and not _is_hidden(file, path)]
            if not kept and not _scenarios(path):
                _report_no_policy(path, diagnostics)
            found += kept
        elif not path.name.endswith(SCENARIO):
            found.append(path)
    return found


def scenario_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files of scenarios that paths name: folders stand for those in them."""
    found: list[Path] = []
    for path in map(Path, paths):
        found += _scenarios(path) if path.is_dir() else [path] if path.name.endswith(SCENARIO) else []
    return found


def _scenarios(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob(f"*{SCENARIO}")) if not _is_hidden(file, folder)]


def _report_no_policy(folder: Path, diagnostics: Diagnostics) -> None:
    help = "a policy is a file that ends in `.yaml`"
    if (folder / "dataset.yaml").is_file():
        help = f"a dataset is here: check it with `specie data check {folder}`"
    elif longer := lengthened(".yaml", (file.name[file.name.find(".yaml") :] for file in folder.iterdir())):
        help += f"; a name here ends in `{longer}` (some editors add an ending, and Windows hides it)"
    diagnostics.report("Y065", Span(Source(str(folder), ""), 0, 0), help=help, folder=str(folder))


def _is_hidden(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder below `folder` whose name begins with a dot, such as that of an environment."""
    return any(part.startswith(".") for part in file.relative_to(folder).parts)
