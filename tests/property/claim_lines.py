"""Random claims on lines that use every way in which a claim is left out, cut or paid step by step, and what becomes of
each by an oracle in fractions.

The engine computes columns over all claims at once; the oracle goes through the claims one by one as
`docs/language.md` tells the steps. A truth is True, False or None where it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from math import floor
from random import Random

from tests.property.shares import Case, expected

YEAR = 2027
"""The fiscal year of the run."""

DATES = {"2025-09-01": 2026, "2026-08-01": 2027, "2027-01-15": 2027, "2026-07-02": 2027, "2027-09-09": 2028}
"""Days and their fiscal years."""

BLANK = 0.12
DISTRICTS = ("d0", "d1", "d2")
TRUTHS = {
    "proper": 0.9, "counts": 0.6, "digital": 0.7, "small": 0.7, "wanted": 0.9, "started": 0.8, "finished": 0.5,
    "on_time": 0.6,
}  # fmt: skip
"""What is yes or no, and how often yes."""

DAYS = ("earned_on", "started_on", "due_on")


@dataclass(frozen=True)
class Terms:
    """What the policy says in numbers: none is no limit. `fund` is the money of the second line, none if it has none;
    `subtract` is whether what is owed back there is taken off the payment.
    """

    tools: F | None
    kept: int | None
    most: F
    reserve: bool = True
    fund: F | None = None
    subtract: bool = False


@dataclass(frozen=True)
class Claim:
    """What is on record of a claim; a cell is missing where it is None."""

    key: str
    cells: Mapping[str, object]

    def truth(self, name: str) -> bool | None:
        """A cell that is yes or no."""
        found = self.cells[name]
        assert found is None or isinstance(found, bool)
        return found

    def number(self, name: str) -> F | None:
        """A cell that is a number."""
        found = self.cells[name]
        assert found is None or isinstance(found, F)
        return found

    def text(self, name: str) -> str | None:
        """A cell that is a text, or a day as text."""
        found = self.cells[name]
        assert found is None or isinstance(found, str)
        return found

    def paid_now(self, day: str) -> bool | None:
        """Whether a day lies in the year of the run."""
        found = self.text(day)
        return None if found is None else DATES[found] == YEAR

    @property
    def row(self) -> dict[str, str]:
        """The row as a file has it."""
        return {"request_id": self.key, **{name: _cell(value) for name, value in self.cells.items()}}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return decimal(value) if isinstance(value, F) else str(value or "")


def decimal(value: F) -> str:
    """A number with at most three decimals as text."""
    whole = int(value * 1000)
    return f"{whole // 1000}.{whole % 1000:03}"


def claims(chance: Random) -> list[Claim]:
    """A few claims of a few students, with cells missing here and there."""
    gaps = chance.choice([0, BLANK, BLANK])

    def maybe(value: object) -> object:
        return None if chance.random() < gaps else value

    found = []
    for number in range(chance.choice([1, 3, 6, 10])):
        cells: dict[str, object] = {name: maybe(chance.random() < often) for name, often in TRUTHS.items()}
        cells |= {day: maybe(chance.choice(list(DATES)[:4] * 3 + list(DATES))) for day in DAYS}
        cells |= {
            "district": maybe(chance.choice(DISTRICTS)),
            "student": maybe(chance.choice(["x", "y", "z"])),
            "term": maybe(chance.choice(["fall", "spring"])),
            "fte": maybe(F(chance.choice([0, 25, 25, 50, 100, chance.randrange(0, 999)]), 1000)),
            "price": maybe(F(chance.choice([0, 400_000, chance.randrange(0, 900_000)]), 100)),
            "asked": maybe(F(chance.choice([0, 10_000, 33_333, chance.randrange(0, 200_000)]), 100)),
        }
        found.append(Claim(f"r{number:02}", cells))
    return found


# -- logic --------------------------------------------------------------------------------------------------------


def all_of(*tests: bool | None) -> bool | None:
    """False as soon as one is false, else not known as soon as one is not."""
    return False if False in tests else None if None in tests else True


def any_of(*tests: bool | None) -> bool | None:
    """True as soon as one is true, else not known as soon as one is not."""
    return True if True in tests else None if None in tests else False


def same(left: str | None, right: str | None) -> bool | None:
    """Whether two cells are equal."""
    return None if left is None or right is None else left == right


# -- limits -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limit:
    """A limit on what claims have left: `applies` to which, `within` whom, in the order `place`."""

    applies: Callable[[Claim], bool | None]
    within: Callable[[Claim], tuple[str | None, ...]]
    most: F | int | None
    keeps: bool = False


def cut(
    limit: Limit, rows: Sequence[Claim], worth: Mapping[str, F], left: Mapping[str, F],
    place: Callable[[Claim], object | None], whole: bool,
) -> dict[str, F | None]:  # fmt: skip
    """What a limit leaves of each claim: of `left`, what it looks at, where there is any `worth`; nothing where that
    is not known. `whole`: what is not known is left as it is.
    """
    looked_at = [row for row in rows if worth[row.key] > 0 and limit.applies(row) is True]
    found: dict[str, F | None] = {}
    for row in rows:
        applies, own = limit.applies(row), left[row.key]
        if worth[row.key] == 0:
            found[row.key] = F(0)
        elif applies is False or limit.most is None:
            found[row.key] = own
        elif applies is None or None in limit.within(row):
            found[row.key] = own if whole else None
        else:
            group = [other for other in looked_at if limit.within(other) == limit.within(row)]
            found[row.key] = _turn(limit, row, group, left, place, whole)
    return found


def _turn(
    limit: Limit, row: Claim, group: Sequence[Claim], left: Mapping[str, F],
    place: Callable[[Claim], object | None], whole: bool,
) -> F | None:  # fmt: skip
    """What is left of one claim when its turn comes among those of its group."""
    own = left[row.key]
    assert limit.most is not None
    if any(place(other) is None for other in group):  # nobody knows whose turn comes first
        return own if whole else None
    order = sorted(group, key=lambda other: (place(other), other.key))
    if limit.keeps:
        return own if order.index(row) < limit.most else F(0)
    room = F(limit.most)
    for other in order:
        took = min(left[other.key], max(room, F(0)))
        if other is row:
            return took
        room -= left[other.key]
    raise AssertionError(row.key)


# -- the first line: price times quantity, limits of the quantity and of the number ---------------------------------


@dataclass(frozen=True)
class Found:
    """What became of the claims of a line: the status of each, what it claims, what it owes, what each payee gets."""

    status: Mapping[str, str]
    claim: Mapping[str, F]
    paid: Mapping[str, F]
    reserved: Mapping[str, F]
    owed: Mapping[str, F]


def grant_counts(row: Claim) -> bool | None:
    """Whether a claim counts on the first line."""
    return all_of(row.truth("proper"), row.paid_now("earned_on"), row.truth("counts"))


def grant(rows: Sequence[Claim], terms: Terms) -> Found:
    """The first line, which draws on nothing."""
    status, worth, full = {}, dict[str, F](), dict[str, F]()
    for row in rows:
        price, fte, counts = row.number("price"), row.number("fte"), grant_counts(row)
        amount = None if price is None or fte is None else price * fte
        status[row.key] = (
            "rejected" if row.truth("proper") is False
            else "other_year" if row.paid_now("earned_on") is False
            else "denied" if counts is False
            else "pending" if counts is None or amount is None or row.text("district") is None
            else "paid"
        )  # fmt: skip
        full[row.key] = amount or F(0)
        worth[row.key] = full[row.key] if status[row.key] == "paid" else F(0)
    tools = Limit(lambda row: row.truth("digital"), lambda row: (row.text("student"), row.text("term")), terms.tools)
    few = Limit(lambda row: row.truth("small"), lambda row: (row.text("student"),), terms.kept, keeps=True)
    quantity = {row.key: row.number("fte") or F(0) for row in rows}
    kept = cut(tools, rows, worth, quantity, lambda row: row.text("earned_on"), whole=False)
    after = {
        row.key: None if (some := kept[row.key]) is None else min(worth[row.key], (row.number("price") or F(0)) * some)
        for row in rows
    }
    left = {key: value or F(0) for key, value in after.items()}
    last = cut(few, rows, left, left, lambda row: -full[row.key], whole=False)
    for row in rows:
        if status[row.key] == "paid" and (after[row.key] is None or last[row.key] is None):
            status[row.key] = "pending"
        elif status[row.key] == "paid" and (last[row.key] or F(0)) < worth[row.key]:
            status[row.key] = "limited"
    claim = {row.key: _cents(last[row.key] or F(0)) for row in rows}
    paid = {one: _sum(claim, rows, one) for one in DISTRICTS}
    return Found(status, claim, paid, dict.fromkeys(DISTRICTS, F(0)), {})


def _cents(amount: F) -> F:
    return F(floor(amount * 100 + F(1, 2)), 100)


def _sum(amounts: Mapping[str, F], rows: Sequence[Claim], district: str) -> F:
    return sum((amounts[row.key] for row in rows if row.text("district") == district), F(0))


# -- the second line: stages, not with the first, a cap in dollars, perhaps an appropriation -------------------------


def _stages(row: Claim) -> list[tuple[bool | None, F | None, F]]:
    """Of each stage: whether it is reached in the year of the run, the share that it pays, and the most it may pay."""
    begun = all_of(row.paid_now("started_on"), row.truth("started"))
    done = all_of(row.paid_now("due_on"), row.truth("finished"))
    on_time = row.truth("on_time")
    share = None if on_time is None else F(1, 2) if on_time else F(2, 5)
    return [(begun, F(1, 2), F(1, 2)), (done, share, F(1, 2) if share is None else share)]


def _free(row: Claim, rows: Sequence[Claim]) -> bool | None:
    """Whether no claim of the same student and term counts on the first line."""
    if row.text("student") is None:
        return None
    own = [other for other in rows if other.text("student") == row.text("student")]
    taken = any_of(*(all_of(same(other.text("term"), row.text("term")), grant_counts(other)) for other in own))
    return None if taken is None else not taken


def _owed(row: Claim, free: bool | None) -> F:
    missed = all_of(row.paid_now("due_on"), None if row.truth("finished") is None else not row.truth("finished"))
    sure = all_of(row.truth("proper"), free, row.truth("wanted"), row.truth("started"), missed)
    return (row.number("asked") or F(0)) / 2 if sure else F(0)


def staged(rows: Sequence[Claim], terms: Terms) -> Found:
    """The second line."""
    status, worth, most, owed = {}, dict[str, F](), dict[str, F](), dict[str, F]()
    for row in rows:
        free, stages, asked = _free(row, rows), _stages(row), row.number("asked")
        reached = any_of(*(one for one, _, _ in stages))
        counts = all_of(row.truth("proper"), free, reached, row.truth("wanted"))
        parts = [None if share is None or asked is None else share * asked for one, share, _ in stages if one is True]
        known = None if None in parts else sum((part or F(0) for part in parts), F(0))
        status[row.key] = (
            "rejected" if row.truth("proper") is False
            else "denied" if counts is False
            else "pending" if counts is None or known is None or row.text("district") is None
            else "paid"
        )  # fmt: skip
        worth[row.key] = (known or F(0)) if status[row.key] == "paid" else F(0)
        possible = counts is not False and row.text("district") is not None
        whole = sum((top * (asked or F(0)) for one, _, top in stages if one is not False), F(0))
        most[row.key] = whole if possible else F(0)
        owed[row.key] = _owed(row, free)
    cap = Limit(lambda row: True, lambda row: (row.text("student"),), terms.most)
    sure = cut(cap, rows, worth, worth, lambda row: row.text("earned_on"), whole=False)
    for row in rows:
        if status[row.key] == "paid" and sure[row.key] is None:
            status[row.key] = "pending"
        elif status[row.key] == "paid" and (sure[row.key] or F(0)) < worth[row.key]:
            status[row.key] = "limited"
    claim = {key: value or F(0) for key, value in sure.items()}
    owing = {one: _sum(owed, rows, one) for one in DISTRICTS}
    claims = [_sum(claim, rows, one) for one in DISTRICTS]
    if terms.fund is None:
        paid = {one: _cents(amount) for one, amount in zip(DISTRICTS, claims, strict=True)}
        return Found(status, claim, _less(paid, owing, terms), dict.fromkeys(DISTRICTS, F(0)), owing)
    tops = cut(cap, rows, most, most, lambda row: row.text("earned_on"), whole=True)
    all_claims = [_sum({key: value or F(0) for key, value in tops.items()}, rows, one) for one in DISTRICTS]
    paid, reserved = _shared(claims, all_claims if terms.reserve else claims, terms.fund, terms.reserve)
    return Found(status, claim, _less(paid, owing, terms), reserved, owing)


def _less(paid: Mapping[str, F], owing: Mapping[str, F], terms: Terms) -> dict[str, F]:
    """What is left to be paid once what is owed back, in whole cents, is taken off."""
    off = {one: F(floor(owing[one] * 100), 100) if terms.subtract else F(0) for one in paid}
    return {one: max(F(0), amount - off[one]) for one, amount in paid.items()}


def _shared(claims: Sequence[F], asked: Sequence[F], fund: F, reserve: bool) -> tuple[dict[str, F], dict[str, F]]:
    """What each district gets and what is kept back for it, where the money may be short."""
    count = len(claims)
    highs = tuple(F(floor(one * 100), 100) for one in asked)
    case = Case(tuple(asked), (F(0),) * count, highs, (F(0),) * count, fund, 2, "largest_remainder", "refuse")
    found = expected(case)
    assert found is not None
    paid, kept = {}, {}
    for district, sure, most, whole in zip(DISTRICTS, claims, asked, found.payments, strict=True):
        own = min(F(floor(sure * 100), 100), F(floor(found.factor * sure * 100), 100), whole)
        paid[district] = own if reserve and most != sure else whole
        kept[district] = whole - paid[district]
    return paid, kept
