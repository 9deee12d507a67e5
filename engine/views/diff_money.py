"""What a change does to the money, and to whom, as sections of an article."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.payment_changes import LARGEST, LineChange, PayeeChange, PaymentDiff, median
from ..results.dollars import dollars
from ..results.table import decimal_text
from .article import Grid, Section
from .diff_words import payees_words, plural
from .masked import FEWEST_WORD, Masked

NOTHING = "–"


def money_section(found: OutcomeDiff, masked: Masked) -> Section | None:
    """By line and by payee; persons are never named, and of few of them nothing is told."""
    paid = found.paid
    if paid is None or (paid.before == paid.after and not paid.winners and not paid.losers):
        return None
    hidden = masked.hides_money(paid)
    said = f"In all {dollars(paid.before)} → {dollars(paid.after)} ({money(paid.after - paid.before)})."
    if hidden:
        said = f"Fewer than {FEWEST_WORD} persons are paid otherwise; what all are paid would tell what they are."
    grids = [] if hidden else [_lines(found, paid.lines, masked)]
    for title, some in (("gains most", paid.winners), ("loses most", paid.losers)):
        shown = [one for one in some if not masked.is_personal(one.entity)][:LARGEST]
        if shown:
            grids.append(_payees(title, shown))
    sentences = [said, *([] if hidden else [_sides(paid, masked), _unchanged(paid, masked)])]
    return Section("Money", (" ".join(one for one in sentences if one),), tuple(grids), _doubts(paid, masked))


def _lines(found: OutcomeDiff, lines: Sequence[LineChange], masked: Masked) -> Grid:
    """The lines that pay or whose claims wait; of their columns those that say something."""
    policies = (found.before.run.checked.policy, found.after.run.checked.policy)
    claims = {item.name: item.claim.text for policy in policies for item in policy.funding}
    head = ("line", "paid before", "paid after", "change", "factor", "unspent", "waiting claims")
    rows = [
        (
            f"{one.line} from {one.appropriation}" if one.appropriation else one.line, dollars(one.paid[0]),
            dollars(one.paid[1]), money(one.change), _pair(one.factor), _pair(one.unspent, money=True),
            _waiting(one, claims[one.line], masked),
        )
        for one in lines
        if any(one.paid) or any(one.pending_claims)
    ]  # fmt: skip
    kept = [place for place in range(len(head)) if any(row[place] for row in rows)]
    shown = tuple(tuple(row[place] or NOTHING for place in kept) for row in rows)
    return Grid(tuple(head[place] for place in kept), shown, frozenset(range(1, len(kept))))


def _waiting(one: LineChange, entity: str, masked: Masked) -> str:
    """How many claims wait, before and after; of claims about persons, not how few."""
    if not any(one.pending_claims):
        return ""
    before, after = masked.counts(entity, *one.pending_claims)
    return before if before == after else f"{before} → {after}"


def _doubts(paid: PaymentDiff, masked: Masked) -> tuple[str, ...]:
    """What of the sums is not sure: payments that cannot be told, and claims that begin to wait."""
    said = []
    unknown = [one for one in paid.payees if one.unknown]
    if unknown:
        named = [one.name or one.key for one in unknown if not masked.is_personal(one.entity)][:LARGEST]
        who = f" ({', '.join(named)}{' …' if len(named) < len(unknown) else ''})" if named else ""
        of_all = f"{masked.persons(unknown)} of {len(paid.payees):,} {payees_words(paid)}"
        verb = "is" if len(unknown) == 1 and not masked.is_few(unknown) else "are"
        said.append(f"What {of_all} {verb} paid cannot be told{who}; the sums have what is known of it.")
    if sum(one.pending_claims[1] - one.pending_claims[0] for one in paid.lines) > 0:
        said.append(
            "More claims than before wait for what is not known, and are paid nothing until then: what they may still "
            "bring is not in the sums, and is no loss."
        )
    return tuple(said)


def _sides(paid: PaymentDiff, masked: Masked) -> str:
    said = []
    for verb, some in (("gain", paid.winners), ("lose", paid.losers)):
        if masked.is_few(some):
            said.append(f"{masked.persons(some)} {verb}")
        elif some:
            middle = median([one.change for one in some])
            assert middle is not None
            each = "" if len(some) == 1 else f" (median {money(Fraction(round(middle * 100), 100))})"
            said.append(f"{len(some):,} {verb}{'s' if len(some) == 1 else ''}{each}")
    text = " and ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _unchanged(paid: PaymentDiff, masked: Masked) -> str:
    same = [one for one in paid.payees if not one.change and not one.unknown]
    if not same:
        return ""
    text = f"{masked.persons(same)} {'is' if len(same) == 1 and not masked.is_few(same) else 'are'} paid the same."
    return f"{text[:1].upper()}{text[1:]}"


def _payees(title: str, some: Sequence[PayeeChange]) -> Grid:
    rows = tuple(
        (one.key, one.name, dollars(one.before), dollars(one.after), money(one.change), _percent(one.share), _each(one))
        for one in some
    )
    head = (title, "name", "before", "after", "change", "%", "per student")
    return Grid(head, rows, frozenset({2, 3, 4, 5, 6}))


def groups_section(found: OutcomeDiff, masked: Masked) -> Section | None:
    """Payments and ratings by what sets their rows apart, and claims by student group."""
    hidden = found.paid is not None and masked.hides_money(found.paid)
    grids = []
    money_rows = tuple(
        (
            f"{plural(one.entity)} by {one.by}", one.group, f"{one.payees:,}", f"{one.gaining:,}", f"{one.losing:,}",
            dollars(one.before), dollars(one.after), money(one.after - one.before),
        )
        for one in found.payment_groups
        if not masked.is_personal(one.entity)
    )  # fmt: skip
    if money_rows and any(one.before != one.after for one in found.payment_groups):
        head = ("payees", "group", "how many", "gain", "lose", "before", "after", "change")
        grids.append(Grid(head, money_rows, frozenset(range(2, 8))))
    rated = tuple(
        (f"{plural(one.entity)} by {one.by}", one.group, f"{one.rows:,}", f"{one.moved:,}")
        for one in found.rating_groups
    )
    if any(one.moved for one in found.rating_groups):
        grids.append(Grid(("rated", "group", "how many", "rated otherwise"), rated, frozenset({2, 3})))
    students = masked.students(found.student_money)
    if any(one.before != one.after for one in found.student_money) and not hidden:
        columns = ("line", "students", "how many", "before", "after", "change")
        grids.append(Grid(columns, students, frozenset(range(2, 6))))
    return Section("Who is concerned", (), tuple(grids)) if grids else None


def money(change: Fraction) -> str:
    """A change in dollars with its sign."""
    return f"+{dollars(change)}" if change > 0 else dollars(change)


def _pair(both: tuple[Fraction | None, Fraction | None], money: bool = False) -> str:
    if both == (None, None):
        return ""
    said = [NOTHING if one is None else dollars(one) if money else _cut(one) for one in both]
    return said[1] if said[0] == said[1] else " → ".join(said)


def _cut(factor: Fraction) -> str:
    return decimal_text(Fraction(factor * 10_000 // 1, 10_000))


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{'+' if share > 0 else ''}{decimal_text(Fraction(round(share * 1000), 10))}%"


def _each(one: PayeeChange) -> str:
    return "" if one.per_student is None else money(Fraction(round(one.per_student * 100), 100))
