"""The standard data model: every table that a dataset may hold, in a fixed order."""

from __future__ import annotations

from .credentials import ARTICULATION, CREDENTIAL, ENDORSEMENT, OCCUPATION_LINK, PROGRAM, STACK
from .decisions import (
    DETERMINATION,
    LISTING,
    PRIOR_CUT_SCORE,
    PRIOR_INDICATOR,
    PRIOR_PAYMENT,
    PRIOR_RATING,
    PRIOR_VERDICT,
    REGIONAL_LISTING,
)
from .labor import AREA, DEMAND_POOL, LABOR_MARKET, OCCUPATION, POSTING, STATE
from .schools import ATTAINMENT, DISTRICT, ENROLLMENT, SCHOOL, STUDENT, TEACHER
from .table import Table

_SECTIONS: dict[str, tuple[Table, ...]] = {
    "labor": (STATE, AREA, OCCUPATION, LABOR_MARKET, DEMAND_POOL, POSTING),
    "credentials": (CREDENTIAL, OCCUPATION_LINK, STACK, ENDORSEMENT, ARTICULATION, PROGRAM),
    "schools": (DISTRICT, SCHOOL, TEACHER, STUDENT, ENROLLMENT, ATTAINMENT),
    "decisions": (
        DETERMINATION,
        LISTING,
        REGIONAL_LISTING,
        PRIOR_VERDICT,
        PRIOR_RATING,
        PRIOR_CUT_SCORE,
        PRIOR_INDICATOR,
        PRIOR_PAYMENT,
    ),
}

SECTIONS: dict[str, tuple[str, ...]] = {
    section: tuple(table.name for table in tables) for section, tables in _SECTIONS.items()
}
"""The parts of the model, each with the names of its tables."""

STANDARD: dict[str, Table] = {table.name: table for tables in _SECTIONS.values() for table in tables}
"""Every table of the model by its name, in a fixed order."""

EMPTY_IF_ABSENT = frozenset(SECTIONS["decisions"])
"""Tables that a dataset leaves out until there is something to tell: no file means no rows."""
