"""Payments in the terminal: what each line pays to whom, what became of its claims, what is left of the money."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from ..results.dollars import dollars, factor_text
from ..results.outcome import Outcome
from ..results.table import Cell
from ..text.codes import CODES
from .wrapped import fitted, wrapped

STATUSES = {
    "paid": "counted in full",
    "limited": "limited",
    "pending": "pending",
    "denied": "denied",
    "other_year": "of another year",
    "not_in_force": "out of force",
    "rejected": "rejected",
}
CAUSES = 5
"""What pending claims wait for: the most frequent causes that are shown."""


def money_section(result: Outcome, width: int, limit: int = 30, hidden: frozenset[str] = frozenset()) -> str:
    """Line by line and appropriation by appropriation; claims are counted and never named. Empty without funding.

    At most `limit` payees of each line are shown one by one, and none of `hidden` entities.
    """
    found = {one.name: one for one in result.tables}
    if "allocation" not in found:
        return ""
    one = found["allocation"]
    rows = [dict(zip(one.names, row, strict=True)) for row in one.rows]
    claims = found["claims"]
    at = claims.names.index("status")
    counted = Counter((str(row[0]), str(row[at])) for row in claims.rows)
    lines = [f"Payments of {rows[0]['fiscal_year']}:" if rows else "Payments:"]
    for row in rows:
        if row["line"]:
            lines += _line(result, row, counted, width, limit, hidden)
    for fund in dict.fromkeys(str(row["appropriation"]) for row in rows if row["appropriation"]):
        lines += _fund([row for row in rows if row["appropriation"] == fund], width)
    return "\n".join(lines)


def _money(cell: Cell) -> str:
    return dollars(cell) if isinstance(cell, Fraction) else "not known"


def _line(
    result: Outcome,
    row: dict[str, Cell],
    counted: Counter[tuple[str, str]],
    width: int,
    limit: int,
    hidden: frozenset[str],
) -> list[str]:
    name = str(row["line"])
    table = result.table("payments")
    payments = [dict(zip(table.names, one, strict=True)) for one in table.rows if one[0] == name]
    item = next(one for one in result.run.checked.policy.funding if one.name == name)
    entity = str(payments[0]["entity"]) if payments else ""
    world = result.run.epoch.world.entities
    rows_name = (world[entity].rows_name if entity in world else entity).replace("_", " ")
    payees = row["payees"] if isinstance(row["payees"], Fraction) else Fraction(0)
    to = f"{int(payees):,} of {len(payments):,} {rows_name}".rstrip()
    if row["paid"] is None:
        said = f"{name}: what is paid is not known"
    else:
        said = f"{name}: {_money(row['paid'])} to {to}"
    lines = wrapped(said, width, "  ", "      ")
    status = [(word, counted[name, one]) for one, word in STATUSES.items()]
    many = sum(count for _, count in status)
    parts = ", ".join(f"{count:,} {one}" for one, count in status if count)
    claims = f"{many:,} claim{'' if many == 1 else 's'}"
    lines += wrapped(f"{claims}: {parts}" if parts else "no claims", width, "    ", "      ")
    told = [f"claimed {_money(row['claims'])}"]
    if row["entitlements"] != row["claims"] and row["entitlements"] is not None:
        guarded = item.minimum is not None or item.maximum is not None or item.hold_harmless is not None
        told.append(f"{'entitled' if guarded else 'claimed'} with pending claims {_money(row['entitlements'])}")
    over, under = row["factor_numerator"], row["factor_denominator"]
    if isinstance(over, Fraction) and isinstance(under, Fraction) and not over and row["paid"]:
        told.append("least amounts prorated")
    elif isinstance(over, Fraction) and isinstance(under, Fraction) and over != under and row["how"] != "none":
        told.append(f"factor {factor_text(over, under)}")
    elif row["how"] == "first_come":
        told.append("first come, first served")
    lines += wrapped(", ".join(told), width, "    ", "      ")
    for (what, said), count in _causes(result, name).most_common(CAUSES):
        lines += wrapped(f"{what} for want of {said}: {count:,}", width, "    ", "      ")
    if entity not in hidden and row["paid"] is not None:
        steps = [one for one in result.table("reconciliation").rows if one[:2] == (name, "entitlements")]
        lines += _payees({**row, "entitled": steps[0][5] if steps else None}, payments, width, limit)
    return lines


def _payees(row: dict[str, Cell], payments: list[dict[str, Cell]], width: int, limit: int) -> list[str]:
    """A line for each payee, and their sums, which are those of the line."""
    columns = {"claim": "claimed"}
    if any(one["entitlement"] not in (None, one["claim"]) for one in payments):
        columns["entitlement"] = "entitled"
    if any(one["reserved"] for one in payments):
        columns["reserved"] = "kept back"
    columns["amount"] = "paid"
    sums = {"claim": "claims", "entitlement": "entitled", "reserved": "reserved", "amount": "paid"}
    heads = ["key", "name", *columns.values()]
    rows = [
        [str(one["key"]), str(one["name"] or ""), *(_money(one[column]) for column in columns)]
        for one in payments[:limit]
    ]
    total = ["", "in all", *(_money(row[sums[column]]) for column in columns)]
    room = [max(len(one[at]) for one in (heads, *rows, total)) for at in range(len(heads))]
    key = min(room[0], width // 6)
    name = min(room[1], max(width - key - sum(room[2:]) - len(room) - 3, 6))
    lines = []
    for at, one in enumerate((heads, *rows, total)):
        amounts = " ".join(f"{cell:>{wide}}" for cell, wide in zip(one[2:], room[2:], strict=True))
        if at == len(rows) + 1 and len(payments) > limit:
            lines.append(f"    … and {len(payments) - limit:,} more (table `payments`)")
        lines.append(f"    {fitted(one[0], key)} {fitted(one[1], name)} {amounts}")
    return lines


def _causes(result: Outcome, line: str) -> Counter[tuple[str, str]]:
    """What the pending claims and payments of a line wait for: column and reason, counted once for each of them."""
    seen: dict[tuple[str, str, str], None] = {}
    claims = {item.name: item.claim.text for item in result.run.checked.policy.funding}
    for cells in result.table("held").rows:
        entity, key, _, rule, state, table, _, column, reason = map(str, cells[:9])
        if rule.startswith(f"funding.{line}.") and state != "failed":
            why = CODES[reason].message if reason in CODES else reason
            what = f"{column} of {table.replace('_', ' ')} ({why})" if column and table else column or table or why
            seen["claims pending" if entity == claims[line] else "payments not known", what, key] = None
    return Counter((who, what) for who, what, _ in seen)


def _fund(rows: list[dict[str, Cell]], width: int) -> list[str]:
    """What there is of an appropriation, and what becomes of it: the one is the sum of the others."""
    first, last = rows[0], rows[-1]
    told = [_money(first["amount"])]
    if first["set_aside"]:
        told.append(f"less {_money(first['set_aside'])} set aside = {_money(first['available'])}")
    parts = []
    for part, word in (("paid", "paid"), ("reserved", "kept back")):
        known = [cell for row in rows if isinstance(cell := row[part], Fraction)]
        if len(known) == len([row for row in rows if row["line"]]) and (part == "paid" or any(known)):
            parts.append(f"{_money(sum(known, Fraction(0)))} {word}")
    end = str(last["unspent_is"]).replace("_", " ")
    said = f"{first['appropriation']}: {' '.join(told)}"
    if not parts:
        return wrapped(f"{said}, what is left is not known", width, "  ", "      ")
    parts.append(f"{_money(last['unspent'])} unspent" + (f" ({end})" if end and last["unspent"] else ""))
    becomes = f"= {' + '.join(parts)}"
    if len(said) + len(becomes) + 3 <= width:
        return [f"  {said} {becomes}"]
    return [*wrapped(said, width, "  ", "      "), *wrapped(becomes, width, "    ", "      ")]
