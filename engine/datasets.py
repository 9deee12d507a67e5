"""The door to datasets: hold them to the contract, read, describe, import and make them up. `api` has it all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .model.standard import STANDARD
from .text.bundled import DEMO_DATA_NAME, bundled
from .text.diagnostic import Diagnostic, Diagnostics
from .text.errors import PolicyError
from .text.report import Report
from .types.check_files import load_checked

if TYPE_CHECKING:
    from .execution.dataset import Dataset
    from .importers.report import ImportReport
    from .synth.report import SynthReport


def check_data(folder: str | Path, policy: str | Path | None = None) -> tuple[Report, list[str]]:
    """Hold a dataset to the data contract: all of it, or what a policy needs. With a line for each table read."""
    from .execution.dataset import read_dataset
    from .results.policy_data import read_data
    from .views.tables_read import tables_read

    diagnostics = Diagnostics()
    if policy is None:
        dataset = read_dataset(folder, STANDARD, None, diagnostics)
    else:
        checked = load_checked(policy, diagnostics)
        dataset = None if checked is None or diagnostics.has_errors else read_data(checked, folder, diagnostics)
    return Report(diagnostics.sorted()), [] if dataset is None else tables_read(dataset)


def read_dataset(folder: str | Path) -> Dataset:
    """Everything in a dataset, held to the data contract. Raises PolicyError where it breaks it."""
    from .execution.dataset import read_dataset as read

    diagnostics = Diagnostics()
    found = read(folder, STANDARD, None, diagnostics)
    if found is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    return found


def describe(section: str | None = None) -> str:
    """The data model, a section of it or one table, as text. Raises KeyError for what it does not have."""
    from .views.model import describe as describe_tables

    return describe_tables(STANDARD, section)


def described() -> tuple[str, ...]:
    """The sections and tables that `describe` knows."""
    from .model.standard import SECTIONS

    return (*SECTIONS, *STANDARD)


def import_source(
    source: str, files: Iterable[str | Path], out: str | Path, areas: tuple[str, ...] = (), **options: Any
) -> tuple[ImportReport, tuple[Diagnostic, ...]]:
    """Read published files into the dataset `out`; returns what was read and written, and the warnings.

    `options` are those of the importer: `release` and `top_code` (oews), `base_year` and `projected_year`
    (projections).

    Raises PolicyError where a file is not what it should be; nothing is then written.
    """
    from .importers.oews import import_oews
    from .importers.projections import import_projections

    diagnostics = Diagnostics()
    read: Any = {"oews": import_oews, "projections": import_projections}[source]
    report = read([Path(file) for file in files], Path(out), diagnostics, areas=areas, **options)
    if report is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    return report, diagnostics.sorted()


def synth(
    out: str | Path, jurisdiction: str, students: int, attainments: int, seed: int, format: str = "parquet", **more: Any
) -> SynthReport:
    """Write a made-up state into the folder `out`: same arguments, same bytes. `more` is that of `make_state`.

    Raises PolicyError where it cannot be made (D054) or written there (D055, D056); nothing is then written.
    """
    from .synth.state import make_state

    diagnostics, base = Diagnostics(), bundled(DEMO_DATA_NAME)
    report = make_state(Path(out), jurisdiction, students, attainments, seed, format, base, diagnostics, **more)
    if report is None:
        raise PolicyError(diagnostics.sorted())
    return report
