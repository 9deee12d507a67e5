"""What becomes of the money between two runs: by line, by payee, in dollars and per student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..outcome import Outcome
from ..run import Run
from ..table import Cell, number_of
from .rows_of_table import numbers_by_key

ZERO = Fraction(0)
LARGEST = 5
"""How many payees stand at each end of a list of the largest changes."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of funding in both runs; a line that a run does not have pays nothing there.

    available, entitlements, paid, unspent, pending in dollars; factor as a share; each (before, after), nothing where
    the line has none.
    """

    line: str
    appropriation: str
    available: tuple[Fraction | None, Fraction | None]
    entitlements: tuple[Fraction | None, Fraction | None]
    factor: tuple[Fraction | None, Fraction | None]
    paid: tuple[Fraction, Fraction]
    unspent: tuple[Fraction | None, Fraction | None]
    pending_claims: tuple[int, int]

    @property
    def change(self) -> Fraction:
        """By how many dollars more is paid."""
        return self.paid[1] - self.paid[0]


@dataclass(frozen=True, slots=True)
class PayeeChange:
    """What a payee is paid by all lines, before and after, in dollars, and how many students it has, where that is
    known. `unknown` where a payment of one of the runs cannot be told: what is known of it is counted.
    """

    entity: str
    key: str
    name: str
    before: Fraction
    after: Fraction
    students: Fraction | None
    unknown: bool = False

    @property
    def change(self) -> Fraction:
        """By how many dollars it is paid more."""
        return self.after - self.before

    @property
    def share(self) -> Fraction | None:
        """The change as a share of what was paid; nothing where nothing was."""
        return self.change / self.before if self.before else None

    @property
    def per_student(self) -> Fraction | None:
        """The change in dollars per student; nothing where the students are not known."""
        return self.change / self.students if self.students else None


@dataclass(frozen=True, slots=True)
class PaymentDiff:
    """The lines in the order of the new policy, those that it no longer has last, and every payee by its key."""

    lines: tuple[LineChange, ...]
    payees: tuple[PayeeChange, ...]

    @property
    def before(self) -> Fraction:
        """What all payees are paid, before."""
        return sum((one.before for one in self.payees), ZERO)

    @property
    def after(self) -> Fraction:
        """What all payees are paid, after."""
        return sum((one.after for one in self.payees), ZERO)

    @property
    def winners(self) -> tuple[PayeeChange, ...]:
        """Those who are paid more, the largest change first."""
        return tuple(sorted((one for one in self.payees if one.change > 0), key=lambda one: (-one.change, one.key)))

    @property
    def losers(self) -> tuple[PayeeChange, ...]:
        """Those who are paid less, the largest change first."""
        return tuple(sorted((one for one in self.payees if one.change < 0), key=lambda one: (one.change, one.key)))


def median(changes: Sequence[Fraction]) -> Fraction | None:
    """The middle of some changes, of an even number the mean of the two in the middle; nothing of none."""
    ordered = sorted(changes)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def payment_diff(before: Outcome, after: Outcome) -> PaymentDiff | None:
    """What becomes of the payments; nothing where neither run has any."""
    if not (before.has("payments") or after.has("payments")):
        return None
    return PaymentDiff(_lines(before, after), _payees(before, after))


def _lines(before: Outcome, after: Outcome) -> tuple[LineChange, ...]:
    sides = [one.table("allocation").by("line") if one.has("allocation") else {} for one in (before, after)]
    known = [paid_by_line(one) for one in (before, after)]
    found = []
    for place in dict.fromkeys([*sides[1], *sides[0]]):
        rows = [side.get(place, {}) for side in sides]
        if not place[0]:  # an appropriation on which no line draws
            continue

        def of(column: str, rows: list[dict[str, Cell]] = rows) -> tuple[Fraction | None, Fraction | None]:
            cells = [row.get(column) for row in rows]
            return number_of(cells[0]), number_of(cells[1])

        paid, waiting = [side.get(str(place[0]), ZERO) for side in known], of("pending_claims")
        found.append(
            LineChange(
                str(place[0]), str((rows[1] or rows[0])["appropriation"]), of("available"), of("entitlements"),
                of("factor"), (paid[0], paid[1]), of("unspent"),
                (int(waiting[0] or 0), int(waiting[1] or 0)),
            )
        )  # fmt: skip
    return tuple(found)


def paid_by_line(one: Outcome) -> dict[str, Fraction]:
    """What each line pays, in dollars; a payment that is not known counts for nothing."""
    found: dict[str, Fraction] = {}
    for line, amount in one.table("payments").column_cells("line", "amount") if one.has("payments") else ():
        found[str(line)] = found.get(str(line), ZERO) + (number_of(amount) or ZERO)
    return found


def _payees(before: Outcome, after: Outcome) -> tuple[PayeeChange, ...]:
    paid: dict[tuple[str, str], list[Fraction]] = {}
    names: dict[tuple[str, str], str] = {}
    unknown: set[tuple[str, str]] = set()
    for side, one in enumerate((before, after)):
        if not one.has("payments"):
            continue
        table = one.table("payments")
        places = [table.names.index(column) for column in ("entity", "key", "name", "amount")]
        for row in table.rows:
            entity, key, name, amount = (row[place] for place in places)
            payee = (str(entity), str(key))
            names[payee] = str(name)
            sums = paid.setdefault(payee, [ZERO, ZERO])
            known = number_of(amount)
            sums[side] += known or ZERO
            if known is None:
                unknown.add(payee)
    students = {entity: students_of(after.run, entity) for entity in {entity for entity, _ in paid}}
    return tuple(
        PayeeChange(*payee, names[payee], sums[0], sums[1], students[payee[0]].get(payee[1]), payee in unknown)
        for payee, sums in sorted(paid.items())
    )


def students_of(run: Run, entity: str) -> dict[str, Fraction]:
    """How many students each row of an entity has enrolled, by its key; empty where the data do not say."""
    return numbers_by_key(run, entity, "enrolled")
