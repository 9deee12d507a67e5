"""The nation, the states and the territories: FIPS and postal codes, and the code that the data model gives them."""

from __future__ import annotations

from dataclasses import dataclass

NATION = "US"


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the model: `code` is US or US-OH, `fips` two digits with their zero."""

    code: str
    name: str
    level: str
    fips: str = ""


_STATES = """\
AL 01 Alabama|AK 02 Alaska|AZ 04 Arizona|AR 05 Arkansas|CA 06 California|CO 08 Colorado|CT 09 Connecticut
DE 10 Delaware|DC 11 District of Columbia|FL 12 Florida|GA 13 Georgia|HI 15 Hawaii|ID 16 Idaho|IL 17 Illinois
IN 18 Indiana|IA 19 Iowa|KS 20 Kansas|KY 21 Kentucky|LA 22 Louisiana|ME 23 Maine|MD 24 Maryland
MA 25 Massachusetts|MI 26 Michigan|MN 27 Minnesota|MS 28 Mississippi|MO 29 Missouri|MT 30 Montana|NE 31 Nebraska
NV 32 Nevada|NH 33 New Hampshire|NJ 34 New Jersey|NM 35 New Mexico|NY 36 New York|NC 37 North Carolina
ND 38 North Dakota|OH 39 Ohio|OK 40 Oklahoma|OR 41 Oregon|PA 42 Pennsylvania|RI 44 Rhode Island
SC 45 South Carolina|SD 46 South Dakota|TN 47 Tennessee|TX 48 Texas|UT 49 Utah|VT 50 Vermont|VA 51 Virginia
WA 53 Washington|WV 54 West Virginia|WI 55 Wisconsin|WY 56 Wyoming"""

_TERRITORIES = """\
AS 60 American Samoa|GU 66 Guam|MP 69 Northern Mariana Islands|PR 72 Puerto Rico|VI 78 Virgin Islands"""


def _places(text: str, level: str) -> list[Place]:
    parts = [entry.split(" ", 2) for line in text.split("\n") for entry in line.split("|")]
    return [Place(f"US-{postal}", name, level, fips) for postal, fips, name in parts]


PLACES: dict[str, Place] = {
    place.code: place
    for place in (
        Place(NATION, "United States", "nation"),
        *_places(_STATES, "state"),
        *_places(_TERRITORIES, "territory"),
    )
}
"""Code → place, the nation first (codes: ANSI INCITS 38, as the Census Bureau publishes them)."""

_BY_FIPS = {place.fips: place for place in PLACES.values() if place.fips}


def place_of(text: str) -> Place | None:
    """The place that a publisher writes as `39`, `1` (for `01`), `OH` or `US-OH`; the nation is 0, 00, 99 or US."""
    if text.isdigit():
        code = text.zfill(2)
        return PLACES[NATION] if code in ("00", "99") else _BY_FIPS.get(code)
    return PLACES.get(text) or (PLACES.get(f"US-{text}") if len(text) == 2 else None)
