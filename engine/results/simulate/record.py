"""A simulation on disk: tables of what was tried and found, and `simulation.json`: what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...text.diagnostic import Diagnostics
from ..folder import write_recorded
from ..record import policy_hash
from ..table import Cell, ResultTable
from ..table_file import csv_bytes, json_text
from .axis import Axis
from .equity import equity_change_table
from .exact import cut_share, exact_text
from .measure import MONEY, RATIO, Measures
from .moves_table import moves_record, moves_table
from .overlay.made_changes import changes_record
from .read_scenario import scenario_hash
from .sensitivity.frontier_record import frontier_record, frontier_table
from .sensitivity.stability import stability_record, stability_table
from .sensitivity.tornado_record import tornado_record, tornado_table
from .setting import Setting
from .simulation import Found, Simulation
from .uncertainty.tables import uncertain_record, uncertain_tables
from .years.years_table import years_record, years_tables

RECORD = "simulation.json"


def simulation_record(one: Simulation, version: str, files: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """What `simulation.json` says: policy, scenarios, data, and every run with its numbers, exact and as text."""
    axes = [each.axis for each in one.asked.sweeps]
    return {
        "specie_simulation": 1,
        "engine": version,
        "policy": one.checked.policy.id,
        "policy_hash": policy_hash(one.checked.policy),
        "as_of": one.as_of.isoformat(),
        "school_year": one.school_year,
        "scenarios": [
            {
                "name": each.name.text,
                "title": each.title,
                "because": each.because,
                "from": each.starts.isoformat() if each.starts else None,
                "hash": scenario_hash(each),
            }
            for each in one.asked.scenarios
        ],
        "data": {
            "title": one.dataset.title,
            "made_up": one.dataset.made_up,
            "files": dict(sorted(one.dataset.fingerprints.items())),
        },
        "set": [_setting(each) for each in one.asked.settings],
        "changed": changes_record(one.asked.scenarios, one.grounds) if one.grounds.moved else None,
        "kinds": one.kinds,
        "baseline": _measures(one.baseline),
        "with_what_is_set": _measures(one.scenario),
        "sweep": [
            {"values": _values(axes, point.values), "measures": _measures(point.measures)} for point in one.points
        ],
        "find": [_found(each) for each in one.found],
        "equity": None if one.equity is None else table_record(equity_change_table(one.equity)),
        "moves": moves_record(one),
        "sensitivity": tornado_record(one.sensitivity) if one.sensitivity else None,
        "frontier": frontier_record(one.frontier, axes, one.points) if one.frontier else None,
        "stability": stability_record(one.stability) if one.stability else None,
        "uncertainty": uncertain_record(one.uncertain, one.kinds),
        "years": years_record(one.years),
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in sorted((files or {}).items())},
    }


def table_record(one: ResultTable) -> list[dict[str, Any]]:
    """The rows of a table with their cells by column: texts, exact numbers as texts, truths."""
    return [
        {name: cell if isinstance(cell, bool) else exact_text(cell) for name, cell in zip(one.names, row, strict=True)}
        for row in one.rows
    ]


def _setting(one: Setting) -> dict[str, Any]:
    since = one.starts.isoformat() if one.starts else None
    return {"parameter": one.path.removeprefix("parameters."), "value": exact_text(one.value), "from": since}


def _values(axes: list[Axis], values: tuple[Any, ...]) -> dict[str, str | None]:
    return {axis.name: exact_text(value) for axis, value in zip(axes, values, strict=True)}


def _measures(found: Measures) -> dict[str, str | None]:
    return {name: exact_text(value) for name, value in found.items()}


def _found(one: Found) -> dict[str, Any]:
    search, answer = one.search, one.answer
    return {
        "name": search.name,
        "parameter": search.axis.name,
        "so_that": search.goal.text,
        "from": exact_text(search.steps.first),
        "to": exact_text(search.steps.at(search.steps.count - 1)),
        "step": exact_text(search.steps.step),
        "method": answer.method,
        "found": [{"first": exact_text(each.first), "last": exact_text(each.last)} for each in answer.plateaus],
        "nearest": [exact_text(value) for value in answer.nearest],
        "tried": [{"value": exact_text(value), "gap": exact_text(gap)} for value, gap in answer.gaps],
        "runs": [{"value": exact_text(value), "measures": _measures(run)} for value, run in one.measures],
    }


# -- tables ---------------------------------------------------------------------------------------------------------


def sweep_table(one: Simulation) -> ResultTable:
    """`sweep`: a row for each run, the policy as it is first, whose values are blank. Each number stands with its
    change from there. Shares are cut to 12 decimals; the record has them exactly.
    """
    kinds = one.kinds
    columns: list[tuple[str, str]] = [("run", "text"), *((each.axis.name, "text") for each in one.asked.sweeps)]
    for name, kind in kinds.items():
        columns += [(name, _kind(kind)), (f"{name}, change", _kind(kind))]
    rows: list[tuple[Cell, ...]] = [("as it is", *[None] * len(one.asked.sweeps), *_row(one, one.baseline))]
    if one.is_moved:
        rows.append(("with what is set", *[None] * len(one.asked.sweeps), *_row(one, one.scenario)))
    for point in one.points:
        rows.append(("tried", *map(exact_text, point.values), *_row(one, point.measures)))
    return ResultTable("sweep", tuple(columns), tuple(rows))


def _kind(kind: str) -> str:
    return "money" if kind == MONEY else "number"


def _row(one: Simulation, run: Measures) -> list[Cell]:
    found: list[Cell] = []
    for name, kind in one.kinds.items():
        now, before = run[name], one.baseline[name]
        change = None if now is None or before is None else now - before
        found += [cut_share(now) if kind == RATIO else now, cut_share(change) if kind == RATIO else change]
    return found


def found_table(one: Simulation) -> ResultTable:
    """`found`: a row for each value that was tried in a search, with its gap."""
    columns = (
        ("search", "text"), ("parameter", "text"), ("so_that", "text"), ("value", "text"), ("gap", "text"),
        ("met", "truth"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (each.search.name, each.search.axis.name, each.search.goal.text, exact_text(value), exact_text(gap),
         each.search.goal.is_met(gap))
        for each in one.found
        for value, gap in each.answer.gaps
    ]  # fmt: skip
    return ResultTable("found", columns, tuple(rows))


# -- writing --------------------------------------------------------------------------------------------------------


def write_simulation(
    one: Simulation, pages: Mapping[str, bytes], out: Path, version: str, diagnostics: Diagnostics
) -> bool:
    """Write tables, pages and record into the folder `out`, whole or not at all. One that holds anything but a
    simulation is refused (X012), as is a place that cannot be written (X019).
    """
    files = {"sweep.csv": csv_bytes(sweep_table(one)), **pages}
    if one.found:
        files["found.csv"] = csv_bytes(found_table(one))
    if one.equity is not None:
        files["equity.csv"] = csv_bytes(equity_change_table(one.equity))
    if one.moves:
        files["moves.csv"] = csv_bytes(moves_table(one))
    if one.sensitivity is not None:
        files["sensitivity.csv"] = csv_bytes(tornado_table(one.sensitivity, one.kinds))
    if one.frontier is not None:
        axes = [each.axis for each in one.asked.sweeps]
        files["frontier.csv"] = csv_bytes(frontier_table(one.frontier, axes, one.points, one.kinds))
    if one.stability is not None and one.stability.rows:
        files["stability.csv"] = csv_bytes(stability_table(one.stability))
    for made in uncertain_tables(one.uncertain, one.kinds):
        files[f"{made.name}.csv"] = csv_bytes(made)
    for made in years_tables(one.years, one.kinds):
        files[f"{made.name}.csv"] = csv_bytes(made)
    record = json_text(simulation_record(one, version, files)).encode()
    return write_recorded(out, {**files, RECORD: record}, RECORD, "specie_simulation", "simulation", diagnostics)
