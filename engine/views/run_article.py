"""A recorded run as an article: the list, what is paid, ratings, what waits for data, sources, how sure values are."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from ..results.table import Cell, decimal_text
from ..text.codes import CODES
from .article import Article, Grid, Section
from .chart import Chart, Mark
from .masked import FEWEST_WORD
from .percent import percent, points
from .run_money import money_lead, money_sections
from .run_page import SHOWN, Row, RunPage, bars, beyond, text
from .run_ratings import ratings_lead, ratings_section

ON_THE_LIST = {"listed": "listed", "exception": "by exception", "stays": "stays on it", "honored": "honored still"}
"""Standings of rows that are on a list, in words."""


def run_article(page: RunPage) -> Article:
    """All of it."""
    record = page.record
    sections = [_list(page), *money_sections(page), ratings_section(page), _equity(page), _waits(page)]
    sections += [_values(page), _sources(page), _findings(page), _about(page)]
    leads = [lead for lead in (_list_lead(page), money_lead(page), ratings_lead(page)) if lead]
    made_up = (f"The data are made up: {record['data']['note']}",) if record["data"]["made_up"] else ()
    foot = (
        record["policy"],
        f"ran on {record['data']['title'] or 'data without a title'}, as of {record['as_of']}",
        f"made by specie {record['engine']}",
    )
    return Article(
        f"{record['title'] or record['policy']}, {record['school_year']}",
        " ".join(leads) or "The policy was run.", made_up, tuple(one for one in sections if one is not None), foot,
        record["policy"],
    )  # fmt: skip


# -- the list -------------------------------------------------------------------------------------------------------


def _list_lead(page: RunPage) -> str:
    if "priority_list" not in page.tables:
        return ""
    standing = [row["status"] for row in page.rows("priority_list") if row["status"] in ON_THE_LIST]
    count = sum(one != "honored" for one in standing)
    left = len(standing) - count
    also = f", and {left:,} from before {'is' if left == 1 else 'are'} honored still" if left else ""
    return f"{count:,} {'is' if count == 1 else 'are'} on the list{also}."


def _list(page: RunPage) -> Section | None:
    """Who is on the list, with place, tier and score; the others counted by what became of them."""
    rows = page.rows("priority_list")
    if "priority_list" not in page.tables:
        return None
    on = [row for row in rows if row["status"] in ON_THE_LIST]
    others = Counter(text(row["status"]).replace("_", " ") for row in rows if row["status"] not in ON_THE_LIST)
    said = [f"Not on it: {', '.join(f'{count:,} {word}' for word, count in others.items())}."] if others else []
    changes = Counter(text(row["change"]) for row in page.rows("list_changes"))
    if set(changes) - {"added"}:
        said.append(f"Since the list before: {', '.join(f'{count:,} {word}' for word, count in changes.items())}.")
    said += beyond(len(on), "priority_list")
    has_area = bool(rows) and "area" in rows[0]
    has_tiers = any(row["tier"] for row in on)
    head = ("place", "key", "name", *(["area"] if has_area else []), *(["tier"] if has_tiers else []), "score", "")
    grid = tuple(
        (
            _number(row["place"]), text(row["key"]), text(row["name"]),
            *([text(row["area_name"]) or text(row["area"])] if has_area else []),
            *([_tier(row)] if has_tiers else []), _number(row["score"]),
            "" if row["status"] == "listed" else ON_THE_LIST[text(row["status"])],
        )
        for row in on[:SHOWN]
    )  # fmt: skip
    tiers = Counter(_tier(row) for row in on if row["status"] != "honored")
    charts = bars("list", "On the list, by tier", ("tier", "rows of the list"), tiers.items(), "On the list")
    grids = (Grid(head, grid, frozenset({0, len(head) - 2})),) if grid else ()
    return Section("The list", (" ".join(said),) if said else (), grids, charts=charts)


def _tier(row: Row) -> str:
    """The tier in words; one that is blank is not known yet."""
    return text(row["tier"]).replace("_", " ") or "tier pending"


def _number(cell: Cell) -> str:
    return decimal_text(cell) if isinstance(cell, Fraction) else text(cell)


# -- groups of students ---------------------------------------------------------------------------------------------


def _equity(page: RunPage) -> Section | None:
    """Shares by group; the table hides what would tell of few."""
    rows = page.rows("equity")
    if not rows:
        return None

    def name(row: Row) -> str:
        return f"{row['by']}: {row['group']}" if row["by"] else text(row["group"])

    def share(row: Row, head: str) -> str:
        cell = row[head]
        return percent(cell) if isinstance(cell, Fraction) else "–"

    grid = tuple(
        (
            name(row), _number(row["students"]) or "–", *(share(row, f"{what}_share") for what in _SHARES),
            points(gap) if isinstance(gap := row["credited_gap"], Fraction) else "–",
        )
        for row in rows
    )  # fmt: skip
    known = [(name(row), row["credited_share"]) for row in rows]
    marks = tuple(Mark(group, found) for group, found in known if isinstance(found, Fraction))
    alt = f"Credited: {', '.join(f'{mark.x} {percent(mark.y)}' for mark in marks)}."
    chart = Chart(
        "equity", "bars", "Share of students who are credited", alt, ("group", "text"), ("credited", "ratio"), marks
    )
    said = "The gap is the share of the group less that of all others. What would tell of fewer than ten students is –."
    head = ("group", "students", *_SHARES, "gap, credited")
    charts = (chart,) if len(marks) > 1 else ()
    return Section("Groups of students", (said,), (Grid(head, grid, frozenset(range(1, 6))),), charts=charts)


_SHARES = ("access", "attained", "credited")


# -- what is not known ----------------------------------------------------------------------------------------------


def _waits(page: RunPage) -> Section | None:
    """What results wait for: the column of the data, why it is missing, and how many results wait for it."""
    rows = page.all_rows("held")
    if not rows:
        return Section("What waits for data", ("Nothing: every result is certain.",))
    waiting: dict[tuple[str, str], set[tuple[Cell, ...]]] = {}
    persons: set[tuple[str, str]] = set()
    for row in rows:
        table, column = (text(row[head]) for head in ("responsible_table", "responsible_column"))
        code = text(row["reason"])
        why = CODES[code].message if code in CODES else code
        about = bool({text(row["entity"]), table} & set(page.record["personal"]))
        what = f"{column} of {table.replace('_', ' ')}" if column and table else column or table.replace("_", " ")
        cause = (what or "the rule itself", "" if page.public and (about or not _is_plain(why)) else why)
        waiting.setdefault(cause, set()).add((row["entity"], row["key"], row["rule"]))
        persons |= {cause} if about else set()
    order = sorted(waiting, key=lambda cause: (-len(waiting[cause]), cause))
    grid = tuple(
        (what, why, page.count(len(waiting[what, why]), (what, why) in persons)) for what, why in order[:SHOWN]
    )
    told = [
        (what, len(waiting[what, why])) for what, why in order[:SHOWN] if (what, why) not in persons or not page.public
    ]
    sums: Counter[str] = Counter()
    for what, count in told:
        sums[what] += count
    charts = bars(
        "waits", "Results that wait, by what is missing", ("missing", "results"), sums.most_common(12), "Waiting"
    )
    numbers = Grid(("what is missing", "why", "results that wait for it"), grid, frozenset({2}))
    said = (
        "What is not known never counts as no, as zero or as a failing grade: these results are open until it is there."
    )
    return Section("What waits for data", (said,), (numbers,), charts=charts)


def _is_plain(why: str) -> bool:
    """Whether a reason counts nothing: one with a number may count persons."""
    return not any(sign.isdigit() for sign in why)


# -- values and sources ---------------------------------------------------------------------------------------------


def _values(page: RunPage) -> Section | None:
    """Each value of the policy with where it is written, those first that are not enacted law."""
    found = page.record["parameters"]
    if not found:
        return None
    order = sorted(found, key=lambda one: one["standing"] == "enacted")
    grid = tuple(
        (
            one["path"].removeprefix("parameters.").replace("_", " "), one["value"] or "none",
            one["standing"].replace("_", " "), one["cite"], one["in_force_since"],
        )
        for one in order
    )  # fmt: skip
    counted = Counter(one["standing"].replace("_", " ") for one in found)
    notes = [
        f"{text(row['parameter']).removeprefix('parameters.').replace('_', ' ')}: {row['note']}"
        for row in page.rows("assumptions") if row["note"]
    ]  # fmt: skip
    charts = bars(
        "values", "Values of the policy, by how sure they are", ("standing", "values"), counted.items(), "Values"
    )
    head = ("value of", "is", "standing", "written in", "in force since")
    said = "Enacted is what a law or rule says; everything else is somebody's reading, and is said to be."
    return Section("The values it was run with", (said,), (Grid(head, grid),), bullets=tuple(notes), charts=charts)


def _sources(page: RunPage) -> Section | None:
    told = []
    for one in page.record["sources"]:
        read = f"read {one['read']}" if one["read"] else ""
        told.append(", ".join(filter(None, [f"{one['name']}: {one['title'] or one['name']}", one["url"], read])))
    return Section("Law and sources", bullets=tuple(told)) if told else None


def _findings(page: RunPage) -> Section | None:
    told = [text(row["message"]) for row in page.rows("findings") if row["kind"] != "made_up" and row["message"]]
    more = [f"{len(told) - SHOWN:,} more in the workbook, sheet findings."] if len(told) > SHOWN else []
    return Section("To look at", bullets=(*told[:SHOWN], *more)) if told else None


def _about(page: RunPage) -> Section:
    """Who may read it, and by what it can be verified."""
    said = [
        f"The workbook report.xlsx has {'these tables' if page.public else 'all tables'}: {', '.join(page.tables)}. "
        f"The hash of the policy is {page.record['policy_hash'][:12]}…; the record of the run has it whole, with the "
        "fingerprints of the data, and `specie verify` holds the run to it."
    ]
    if page.public:
        said.append(
            "This page is for everybody: it has no row about a person, and no number behind which fewer than "
            f"{FEWEST_WORD} persons stand, nor one from which such a number could be had."
        )
    else:
        said.append("This page is for inside: its tables may tell of single persons. Do not publish it.")
    return Section("About this page", tuple(said))
