"""What districts were paid and how schools and districts were rated in earlier years; some of it is not there."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import Array, decimals, school_years, whole
from .codes import district_codes, school_code_list
from .draws import Ints, below, chance
from .layout import Layout

LINE = "credentials"
"""The line of funding of which earlier payments tell."""

PAID_YEARS = (2025, 2026)
RATED_YEARS = (2023, 2024)
_STEP = 1250
_FROM_INDEX = ((900, "A"), (800, "B"), (700, "C"), (600, "D"), (0, "F"))


def prior_payment_rows(layout: Layout) -> dict[str, Array]:
    """The table `prior_payment`: whole steps of $1,250, so that amounts tie; a tenth of the rows is not there."""
    seed = layout.seed
    rows = np.arange(layout.districts * len(PAID_YEARS), dtype=np.int64)
    rows = rows[~chance(seed, "prior_payment.absent", rows, 100)]
    district, year = np.divmod(rows, len(PAID_YEARS))
    sizes = layout.starts[layout.first_school[1:]] - layout.starts[layout.first_school[:-1]]
    steps = sizes[district] // 12 + below(seed, "prior_payment.steps", rows, sizes[district] // 20 + 2)
    names = district_codes(layout)
    return {
        "line": pa.array([LINE] * len(rows), pa.string()),
        "entity": pa.array(["district"] * len(rows), pa.string()),
        "subject": pa.array([names[at] for at in district.tolist()], pa.string()),
        "fiscal_year": whole(np.asarray(PAID_YEARS, dtype=np.int64)[year]),
        "payment": decimals(steps * _STEP * 100, 2, 11, chance(seed, "prior_payment.unknown", rows, 25)),
    }


def prior_rating_rows(layout: Layout) -> dict[str, Array]:
    """The table `prior_rating`, districts before schools: whole indexes tie, a few are not known, some rows not
    there.
    """
    parts = [
        _rated(layout, "district", district_codes(layout)),
        _rated(layout, "school", school_code_list(layout)),
    ]
    return {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]}


def _rated(layout: Layout, entity: str, names: list[str]) -> dict[str, Array]:
    seed = layout.seed
    rows = np.arange(len(names) * len(RATED_YEARS), dtype=np.int64)
    rows = rows[~chance(seed, f"prior_rating.{entity}.absent", rows, 80)]
    subject, year = np.divmod(rows, len(RATED_YEARS))
    tenths = _index(seed, entity, rows, subject)
    unknown = chance(seed, f"prior_rating.{entity}.unknown", rows, 40)
    letters = [next(letter for least, letter in _FROM_INDEX if index >= least) for index in tenths.tolist()]
    return {
        "entity": pa.array([entity] * len(rows), pa.string()),
        "subject": pa.array([names[at] for at in subject.tolist()], pa.string()),
        "school_year": school_years(np.asarray(RATED_YEARS, dtype=np.int64)[year]),
        "rating": pa.array(letters, pa.string()),
        "index": decimals(tenths, 1, 5, unknown),
    }


def _index(seed: int, entity: str, rows: Ints, subject: Ints) -> Ints:
    """Tenths of a point: what a subject is like, and what a year was like."""
    like = 560 + below(seed, f"{entity}.index", subject, 360)
    drawn = like + below(seed, f"prior_rating.{entity}.index", rows, 60)
    return np.where(chance(seed, f"prior_rating.{entity}.whole", rows, 300), drawn // 10 * 10, drawn)
