"""The small world in which generated expressions live: things and their parts, with every kind of column."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

AS_OF = "2026-07-01"

NUMBERS = ("plain", "count", "ratio", "points", "hour", "USD", "USD/year", "USD/hour")
"""The kinds of number, by unit."""
KINDS = (*NUMBERS, "truth", "date", "text", "grade", "hue", "year", "thing")
"""Every kind of value that a definition may have; `thing` is a reference, `grade` is ordered and `hue` is not."""

GRADES = ("low", "middle", "high")
HUES = ("red", "green", "none of these")

COLUMNS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "m": ("plain", {"unit": "number", "at_least": "-99", "at_most": "99"}),
    "x": ("plain", {"unit": "number", "scale": "2", "at_least": "-999.99", "at_most": "999.99"}),
    "b": ("plain", {"unit": "number", "scale": "1", "at_least": "-99.9", "at_most": "99.9", "bounded": "yes"}),
    "k": ("count", {"unit": "count", "at_least": "0", "at_most": "20", "required": "yes"}),
    "open": ("count", {"unit": "count", "at_least": "0"}),
    "r": ("ratio", {"unit": "ratio", "scale": "3", "at_least": "-20%", "at_most": "150%"}),
    "score": ("points", {"unit": "points", "scale": "1", "at_least": "0", "at_most": "100"}),
    "h": ("hour", {"unit": "hour", "scale": "1", "at_least": "0.5", "at_most": "80"}),
    "pay": ("USD", {"unit": "USD", "scale": "2", "at_least": "-99999.99", "at_most": "99999.99"}),
    "wage": ("USD/year", {"unit": "USD/year", "at_least": "0", "at_most": "999999", "bounded": "yes"}),
    "t": ("truth", {"type": "truth"}),
    "u": ("truth", {"type": "truth"}),
    "d": ("date", {"type": "date"}),
    "e": ("date", {"type": "date"}),
    "s": ("text", {"type": "text"}),
    "grade": ("grade", {"ordered": "yes", "values": "low, middle, high"}),
    "hue": ("hue", {"values": "red, green, none of these"}),
    "yr": ("year", {"type": "school_year"}),
}
"""Column of things and parts → the kind of its values, and how a policy declares it."""

CELLS: Mapping[str, tuple[str, ...]] = {
    "m": ("0", "1", "-1", "2", "3", "3", "7", "-12", "99"),
    "x": ("0", "0.5", "1.5", "2.5", "-2.5", "1", "333.33", "-0.01", "999.99"),
    "b": ("0", "1", ">=1", "<=1", "2.5", ">=-3", "<=99.9", "-99.9", "1.1"),
    "k": ("0", "1", "2", "3", "5", "20"),
    "open": ("0", "1", "3", "3", "123456789012"),
    "r": ("0", "0.5", "1", "0.333", "-0.2", "1.5", "0.001"),
    "score": ("0", "50", "62.5", "100", "99.9"),
    "h": ("0.5", "1", "37.5", "40", "80"),
    "pay": ("0", "100", "0.01", "-0.01", "33.33", "99999.99", "-99999.99"),
    "wage": ("0", "41250", "41250", "43900", ">=239200", "<=15000", "999999"),
    "t": ("true", "false"),
    "u": ("true", "false", "false"),
    "d": ("2024-02-29", "2023-08-31", "2026-06-30", "2026-07-01", "0001-01-01", "9999-12-31", "2026-01-31"),
    "e": ("2024-02-29", "2025-12-31", "2026-07-01", "1900-02-28"),
    "s": ("a", "B", "b", "é", "a b", "z", "it's", "\\", "😀"),
    "grade": GRADES,
    "hue": HUES,
    "yr": ("2023-24", "2025-26", "2026-27", "1999-00"),
}
"""What may stand in a column, the simplest first; ties are likely."""

PARAMETERS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "quorum": ("count", "unit: count", {"2024-07-01": "3", "2026-07-01": "5"}),
    "factor": ("plain", "unit: number", {"2020-01-01": "1.25"}),
    "cut": ("ratio", "unit: ratio", {"2024-07-01": "33.3%", "2027-07-01": "60%"}),
    "floor_wage": ("USD/year", "unit: USD/year", {"2024-07-01": "$41,250", "2026-07-01": "$43,900"}),
    "fee": ("USD", "unit: USD", {"2024-03-01": "$12.50", "2025-03-01": "none"}),
    "rate": ("USD/hour", "unit: USD/hour", {"2024-07-01": "$18.50"}),
    "deadline": ("date", "type: date", {"2024-07-01": "2026-02-28"}),
    "strict": ("truth", "type: truth", {"2024-07-01": "true"}),
    "later": ("plain", "unit: number", {"2027-07-01": "7"}),
    "mode": ("mode", "type: rounding_mode", {"2024-07-01": "up", "2025-07-01": "half_even"}),
}
"""Parameter → its kind, how it is declared, and its values; some begin late, or end with no limit."""


def head() -> str:
    """The policy up to its definitions."""
    lines = [
        "policy: xx/property",
        "title: Generated expressions",
        "school_year_begins: 07-01",
        "fiscal_year:",
        "  begins: 10-01",
        "sources:",
        "  law:",
        "    title: The law",
        "parameters:",
    ]
    for name, (_, declared, values) in PARAMETERS.items():
        lines += [f"  {name}:", "    cite: law", f"    {declared}", "    values:"]
        lines += [f"      {day}: {value}" for day, value in values.items()]
    lines += ["data:"]
    lines += _table("thing", ["thing_id"], {"thing_id": "text"}, COLUMNS)
    lines += _table("part", ["part_id"], {"part_id": "text", "owner": "thing", "mate": "part"}, COLUMNS)
    some = {name: COLUMNS[name] for name in ("m", "b", "t", "d")}
    lines += _table("note", ["note_id"], {"note_id": "text", "owner": "thing"}, some, complete="no")
    lines += _table("step", ["origin", "target"], {"origin": "thing", "target": "thing"}, {})
    lines += ["entities:", "  kind:", "    group: part", "    by: [grade, k]"]
    lines += ["  batch:", "    group: part", "    by: [hue]"]
    lines += ["  pair:", "    cross: [thing, batch]", "    at_most: 2000"]
    return "\n".join(lines) + "\n"


def _table(
    name: str,
    key: list[str],
    more: Mapping[str, str],
    columns: Mapping[str, tuple[str, Mapping[str, str]]],
    complete: str = "yes",
) -> list[str]:
    lines = [f"  {name}:", f"    key: [{', '.join(key)}]", f"    rows_name: {name}s", f"    complete: {complete}"]
    lines += ["    columns:"]
    for column, type in more.items():
        lines += [f"      {column}:", f"        type: {type}"]
    for column, (_, declared) in columns.items():
        lines.append(f"      {column}:")
        lines += [f"        {key}: {said}" for key, said in declared.items() if key != "values"]
        if "values" in declared:
            lines += ["        values:", *(f"          - {value}" for value in declared["values"].split(", "))]
    return lines


Rows = dict[str, list[dict[str, str]]]


def rows(chance: Random, things: int = 5, parts: int = 12, gaps: int = 6) -> Rows:
    """The cells of all tables; about one in `gaps` is missing. The last thing has no parts."""
    names = [f"t{place}" for place in range(1, things + 1)]
    owners = [*names[:-1], ""]
    made = [f"p{place:02}" for place in range(1, parts + 1)]
    found: Rows = {
        "thing": [{"thing_id": name, **_cells(chance, tuple(COLUMNS), gaps)} for name in names],
        "part": [
            {
                "part_id": name,
                "owner": chance.choice(owners),
                "mate": chance.choice(["", *made]),
                **_cells(chance, tuple(COLUMNS), gaps),
            }
            for name in made
        ],
        "note": [
            {"note_id": f"n{place}", "owner": chance.choice(owners), **_cells(chance, ("m", "b", "t", "d"), gaps)}
            for place in range(chance.choice([4, 0, 9]))
        ],
    }
    pairs = {(chance.choice(names), chance.choice(names)) for _ in range(things)}
    found["step"] = [{"origin": origin, "target": target} for origin, target in sorted(pairs)]
    return found


def _cells(chance: Random, columns: tuple[str, ...], gaps: int) -> dict[str, str]:
    return {
        name: "" if name != "k" and chance.randrange(gaps) == gaps - 1 else chance.choice(CELLS[name])
        for name in columns
    }
