"""Small datasets on disk for tests: a sound one, and the same with one thing changed."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping
from pathlib import Path

from engine.execution.dataset import Dataset, read_dataset
from engine.model.standard import STANDARD
from engine.text.diagnostic import Diagnostic, Diagnostics

SOUND = {
    "dataset.yaml": """\
title: Small state
as_of: 2026-11-01
made_up: yes
note: every row is made up
jurisdiction: US-OH
tables:
  area: areas.csv
  occupation: occupations.csv
  labor_market:
    file: markets.tsv
    source: a table of wages
    vintage: May 2025
    complete: no
  credential: credentials.csv
  endorsement: endorsements.csv
  articulation:
    empty: yes
""",
    "areas.csv": "code,name,part_of\nUS-OH,Ohio,\n39-1,North,US-OH\n",
    "occupations.csv": "code,title,job_zone,high_skill\n15-1252,Developers,4,yes\n29-2010,Technologists,,no\n",
    "markets.tsv": (
        "occupation\tarea\temployment\temployment_why\tannual_median\tgrowth\n"
        "29-2010\tUS-OH\t\tnot released\t>=239200\t-3.5\n"
        "15-1252\tUS-OH\t1200\t\t99240.50\t5.2\n"
        "15-1252\t39-1\t300\t\t<=50000\t\n"
    ),
    "credentials.csv": 'credential_id,name,valid_for\nC2,"Welding, basic",3\nC1,Nursing,\n',
    "endorsements.csv": "credential,employer,decision,decided_on\nC1,Mercy,endorse,2026-02-28\n",
}
"""File → its text. Every row is made up."""


def write(folder: Path, **changed: str | bytes | None) -> Path:
    """The sound dataset in `folder`; `markets_tsv="…"` changes or adds the file markets.tsv, None leaves it out."""
    files: dict[str, str | bytes | None] = {**SOUND}
    files |= {".".join(name.rsplit("_", 1)): text for name, text in changed.items()}
    for name, text in files.items():
        if text is not None:
            data = text.encode("utf-8") if isinstance(text, str) else text
            path = folder / name
            path.write_bytes(gzip.compress(data) if name.endswith(".gz") and isinstance(text, str) else data)
    return folder


def read(
    folder: Path, needed: Mapping[str, Collection[str]] | None = None, jurisdiction: str = ""
) -> tuple[Dataset | None, tuple[Diagnostic, ...]]:
    """The dataset of a folder and every complaint."""
    diagnostics = Diagnostics()
    dataset = read_dataset(folder, STANDARD, needed, diagnostics, jurisdiction=jurisdiction)
    return dataset, diagnostics.sorted()


def codes(folder: Path, needed: Mapping[str, Collection[str]] | None = None) -> list[str]:
    """The codes of the complaints about a folder, which must not give a dataset if there are any errors."""
    dataset, found = read(folder, needed)
    assert (dataset is None) == any(one.severity.value == "error" for one in found)
    return [one.code for one in found]
