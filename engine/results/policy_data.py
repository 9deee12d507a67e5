"""The data that a policy reads: its tables and columns of a dataset, held to the data contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

from ..execution.dataset import Dataset, read_dataset
from ..execution.known_names import names_of
from ..execution.memory_tables import MemoryTables
from ..model.standard import STANDARD
from ..plan.in_force import first_day
from ..text.diagnostic import Diagnostics
from ..types.check_policy import check_policy
from ..types.checked import CheckedPolicy
from .columns_read import columns_read


def read_data(
    checked: CheckedPolicy,
    folder: str | Path | MemoryTables,
    diagnostics: Diagnostics,
    welcome: Mapping[str, Collection[str]] | None = None,
    besides: Mapping[str, Collection[str]] | None = None,
    ties: bool = False,
) -> Dataset | None:
    """The dataset in a folder, with the columns that the policy uses and those needed `besides` held to the data
    contract (D001 to D036), and those that are `welcome` where it has them. With `ties` every table is read with its
    references.
    """
    needed = columns_read(checked)
    for table, columns in (besides or {}).items():
        needed.setdefault(table, set()).update(columns)
    places = [word.text for word in checked.policy.jurisdictions]
    return read_dataset(
        folder,
        checked.tables,
        needed,
        diagnostics,
        jurisdiction=places[0] if len(places) == 1 else "",
        known=names_of(checked),
        welcome=welcome,
        ties=ties,
    )


def completed(checked: CheckedPolicy, dataset: Dataset) -> CheckedPolicy:
    """The policy checked with what the dataset says of its tables: whether a row that is not there does not exist.

    What a dataset leaves incomplete may be missing where the model alone would call it certain, so types can change.
    """
    said = {name: frame.complete for name, frame in dataset.tables.items()}
    if all(checked.tables[name].complete == complete for name, complete in said.items() if name in checked.tables):
        return checked
    tables = {name: replace(table, complete=said.get(name, table.complete)) for name, table in STANDARD.items()}
    return check_policy(checked.policy, tables, Diagnostics())


def day_of_run(checked: CheckedPolicy, dataset: Dataset, as_of: Date | None, diagnostics: Diagnostics) -> Date | None:
    """The day as of which a run is made: where none is given the dataset's, else the first day of the policy's school
    year; never the clock (X010 where none of them is said).
    """
    day = as_of or dataset.as_of or first_day(checked.policy)
    if day is None:
        diagnostics.report("X010", checked.policy.id_span, policy=checked.policy.id)
    return day
