"""What a recorded run pays: by line, and to whom."""

from __future__ import annotations

from fractions import Fraction

from ..results.dollars import dollars
from ..results.table import Cell
from .article import Grid, Section
from .chart import Chart, Mark
from .percent import percent
from .run_page import SHOWN, Row, RunPage, beyond, text

TOP = 15
"""Payees in a chart."""

HIDDEN = "–"


def money_lead(page: RunPage) -> str:
    """What is paid in all, as a sentence."""
    paid = [row["paid"] for row in page.rows("allocation") if row["line"]]
    if not paid:
        return ""
    known = [one for one in paid if isinstance(one, Fraction)]
    if len(known) < len(paid):
        rest = "the rest is not known, or not told"
        return f"{dollars(sum(known, Fraction(0)))} is paid; {rest}." if known else "What is paid is not known."
    return f"{dollars(sum(known, Fraction(0)))} is paid."


def money_sections(page: RunPage) -> list[Section]:
    """The lines, then each line's payees."""
    rows = [row for row in page.rows("allocation") if row["line"]]
    if not rows:
        return []
    return [_lines(page, rows), *(_payees(page, row) for row in rows)]


def _lines(page: RunPage, rows: list[Row]) -> Section:
    titles = {row["line"]: text(row["title"]) for row in page.all_rows("payments")}
    grid = tuple(
        (
            titles.get(row["line"]) or _named(row["line"]), _named(row["appropriation"]), _money(page, row["amount"]),
            _money(page, row["entitlements"]), _share(row["factor"]), _money(page, row["paid"]),
            _money(page, row["reserved"]),
        )
        for row in rows
    )  # fmt: skip
    marks = tuple(
        Mark(_named(row["line"]), row["paid"]) for row in rows if isinstance(row["paid"], Fraction)
    )  # fmt: skip
    said = []
    for fund in dict.fromkeys(row["appropriation"] for row in rows if row["appropriation"]):
        last = [row for row in page.rows("allocation") if row["appropriation"] == fund][-1]
        if isinstance(last["unspent"], Fraction) and last["unspent"]:
            end = text(last["unspent_is"]).replace("_", " ")
            said.append(f"{dollars(last['unspent'])} of {_named(fund)} is not spent{f' and {end}' if end else ''}.")
    alt = f"Paid: {', '.join(f'{mark.x} {dollars(mark.y)}' for mark in marks)}."
    chart = Chart("paid-by-line", "bars", "Paid, by line", alt, ("line", "text"), ("paid", "money"), marks)
    head = ("line", "out of", "which has", "owed", "part paid", "paid", "kept back")
    year = text(rows[0]["fiscal_year"])
    return Section(
        f"What is paid{f', {year}' if year else ''}", tuple(said), (Grid(head, grid, frozenset(range(2, 7))),),
        charts=(chart,) if len(marks) > 1 else (),
    )  # fmt: skip


def _payees(page: RunPage, line: Row) -> Section:
    """Those who get most, one by one."""
    own = [row for row in page.rows("payments") if row["line"] == line["line"]]
    every = [row for row in page.all_rows("payments") if row["line"] == line["line"]]
    title = f"Who is paid: {(text(every[0]['title']) if every else '') or _named(line['line'])}"
    left = len(every) - len(own)
    said = [f"{page.count(left, True).capitalize()} payees are persons and are not shown."] if left else []
    order = sorted(own, key=lambda row: (-_sort(row["amount"]), text(row["key"])))
    grid = tuple(
        (
            text(row["name"]) or text(row["key"]), _money(page, row["entitlement"]), _money(page, row["amount"]),
            _change(row["change"]),
        )
        for row in order[:SHOWN]
    )  # fmt: skip
    said += beyond(len(order), "payments")
    top = [(row, amount) for row in order[:TOP] if isinstance(amount := row["amount"], Fraction)]
    marks = tuple(Mark(text(row["name"]) or text(row["key"]), amount) for row, amount in top)
    alt = f"Paid: {', '.join(f'{mark.x} {dollars(mark.y)}' for mark in marks)}."
    many = f", the {TOP} with the most" if len(order) > TOP else ""
    chart = Chart(
        f"payees-{_named(line['line']).replace(' ', '-')}", "bars", f"Paid to each{many}", alt, ("payee", "text"),
        ("paid", "money"), marks,
    )  # fmt: skip
    has_change = any(isinstance(row["change"], Fraction) for row in own)
    width = 4 if has_change else 3
    head = ("payee", "owed", "paid", "change from before")[:width]
    grids = (Grid(head, tuple(row[:width] for row in grid), frozenset(range(1, width))),) if grid else ()
    return Section(title, (" ".join(said),) if said else (), grids, charts=(chart,) if len(marks) > 1 else ())


def _named(cell: Cell) -> str:
    return text(cell).replace("_", " ")


def _sort(cell: Cell) -> Fraction:
    return cell if isinstance(cell, Fraction) else Fraction(-1)


def _money(page: RunPage, cell: Cell) -> str:
    if isinstance(cell, Fraction):
        return dollars(cell)
    return HIDDEN if page.public else "not known"


def _share(cell: Cell) -> str:
    return percent(cell) if isinstance(cell, Fraction) else ""


def _change(cell: Cell) -> str:
    if not isinstance(cell, Fraction):
        return ""
    return f"+{dollars(cell)}" if cell > 0 else dollars(cell)
