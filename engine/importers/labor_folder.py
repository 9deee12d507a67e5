"""The dataset in which imports of labor markets meet: wages from one source, projections from another.

Both write the table of labor markets, each its own columns, in whatever order they come: the folder is the same.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from ..model.standard import STANDARD
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .dataset_yaml import DatasetYaml, dataset_yaml, read_dataset_yaml
from .places import NATION, PLACES
from .standard_form import Key, Row, StandardTable, fill, read_standard, replace_side, standard_text

_WAGES = ("mean", "p10", "p25", "median", "p75", "p90")


@dataclass(frozen=True, slots=True)
class Side:
    """What one source gives: its columns of the labor market, which `vintage` ends, and how it is cited."""

    name: str
    columns: tuple[str, ...]
    vintage: str
    source: str
    short: str
    url: str
    licence: str


WAGES = Side(
    "wages",
    (
        "employment",
        "employment_error",
        *(f"hourly_{name}" for name in _WAGES),
        *(f"annual_{name}" for name in _WAGES),
        "mean_wage_error",
        "location_quotient",
        "wage_vintage",
    ),
    "wage_vintage",
    "Occupational Employment and Wage Statistics, Bureau of Labor Statistics",
    "wages",
    "https://www.bls.gov/oes/",
    "United States government work, public domain",
)

PROJECTIONS = Side(
    "projections",
    (
        "base_year", "projected_year", "base_employment", "projected_employment", "growth", "annual_openings",
        "projection_vintage",
    ),
    "projection_vintage",
    "Projections Central, from the state labor market information offices",
    "projections",
    "https://projectionscentral.org/",
    "public data of state agencies, funded by the United States Department of Labor",
)  # fmt: skip

_SIDES = (WAGES, PROJECTIONS)
_OF_CODES = {"source": "Standard Occupational Classification, with the titles of the figures' publishers"}
_OF_AREAS = {"source": "codes of states (ANSI INCITS 38)", "licence": "public domain"}


def write_labor_folder(
    out: Path,
    side: Side,
    markets: Mapping[Key, Row],
    occupations: Mapping[Key, Row],
    as_of: Date | None,
    diagnostics: Diagnostics,
) -> tuple[str, ...] | None:
    """Write or update the dataset in `out` with what `side` says; the names of the files written.

    `markets` are rows by (occupation, area), `occupations` by code. What an earlier import of the same side wrote is
    replaced; other columns, tables and rows stay, those of smaller areas whole. Titles of wages go before those of
    projections. Nothing is written where what stands there cannot be merged (D053) or files cannot be written (D055).
    """
    old = read_dataset_yaml(out, diagnostics)
    if old is None:
        return None
    tables = {name: read_standard(out / file, STANDARD[name], diagnostics) for name, file in old.files.items()}
    area, occupation, market = tables["area"], tables["occupation"], tables["labor_market"]
    if area is None or occupation is None or market is None:
        return None
    others = [column for other in _SIDES if other is not side for column in other.columns]

    def imported(row: Row) -> bool:
        return bool(row.get(side.vintage)) and row["area"] in PLACES

    market = replace_side(market, markets, side.columns, others, imported)
    occupation = fill(occupation, occupations, overwrite=side is WAGES)
    area = fill(area, _areas({NATION, *(at[1] for at in markets)}))
    about = {"area": _OF_AREAS, "occupation": _OF_CODES, "labor_market": _about(market)}
    texts = {
        old.files["area"]: standard_text(area, ["code"]),
        old.files["occupation"]: standard_text(occupation, ["code"]),
        old.files["labor_market"]: standard_text(market, ["area", "occupation"]),
        "dataset.yaml": _yaml(old, about, as_of),
    }
    return tuple(texts) if _write(out, texts, diagnostics) else None


def _areas(codes: Collection[str]) -> dict[Key, Row]:
    """Rows of the table of areas; every one is part of the nation, which is therefore always there."""
    return {
        (code,): {
            "code": code,
            "name": place.name,
            "level": place.level,
            "part_of": "" if code == NATION else NATION,
            "fips": place.fips,
        }
        for code, place in PLACES.items()
        if code in codes
    }


def _about(market: StandardTable) -> dict[str, str]:
    """How the labor markets are cited, from the vintages in the rows: the same in whatever order imports came."""
    vintages = {side: sorted({row.get(side.vintage, "") for row in market.rows.values()} - {""}) for side in _SIDES}
    there = [side for side in _SIDES if vintages[side]]
    return {
        "source": _joined(side.source for side in there),
        "url": " and ".join(side.url for side in there),
        "vintage": _joined(f"{side.short} {', '.join(vintages[side])}" for side in there),
        "licence": _joined(f"{side.short}: {side.licence}" if there[1:] else side.licence for side in there),
        "complete": "no",
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _yaml(old: DatasetYaml, about: Mapping[str, Mapping[str, str]], as_of: Date | None) -> str:
    return dataset_yaml(old, about, "labor_market", "Labor markets as published", as_of)


def _write(out: Path, texts: Mapping[str, str], diagnostics: Diagnostics) -> bool:
    """Write everything beside its place, then rename, `dataset.yaml` last: a run cut short leaves whole files."""
    parts = {name: out / f".{name}.part" for name in texts}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            parts[name].write_text(text, encoding="utf-8", newline="\n")
        for name in texts:
            os.replace(parts[name], out / name)
    except OSError as problem:
        for part in parts.values():
            part.unlink(missing_ok=True) if out.is_dir() else None
        said = (problem.strerror or "it cannot be written").lower()
        help = "name a folder that you may write to"
        diagnostics.report("D055", Span(Source(str(out), ""), 0, 0), help=help, file=str(out), problem=said)
        return False
    return True
