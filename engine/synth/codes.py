"""The codes of districts and schools, with their zeros, by number."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa

from .arrays import Array, width
from .draws import Ints, Truths
from .layout import Layout


def district_codes(layout: Layout) -> list[str]:
    """The code of each district: its number, four digits or more."""
    digits = width(layout.districts, 4)
    return [f"{number + 1:0{digits}d}" for number in range(layout.districts)]


def school_code_list(layout: Layout) -> list[str]:
    """The code of each school: that of its district and its number in it."""
    districts = district_codes(layout)
    within = np.arange(layout.schools, dtype=np.int64) - layout.first_school[layout.district_of] + 1
    return [f"{districts[of]}-{n:02d}" for of, n in zip(layout.district_of.tolist(), within.tolist(), strict=True)]


def school_codes(layout: Layout, schools: Ints, missing: Truths | None = None) -> Array:
    """The codes of schools by number."""
    return _every_school(layout).take(pa.array(schools, pa.int64(), mask=missing))


@lru_cache(maxsize=1)
def _every_school(layout: Layout) -> Array:
    """The codes of all schools, kept for the many batches that ask for them."""
    return pa.array(school_code_list(layout), pa.string())
