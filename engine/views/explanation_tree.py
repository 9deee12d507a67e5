"""The tree of an explanation as branches that a page can show: what each says, what it comes to, what is below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..execution.values import Missing
from ..results.dollars import dollars
from ..results.explain.explanation import Datum, Given, Item, Ledger, Note, Place, Rows, Rule, SeenRow, Step
from ..results.quantity import shown
from ..results.table import decimal_text
from .explanation_words import (
    counted_text,
    datum_text,
    file_text,
    in_force_text,
    margin_text,
    read_text,
    row_text,
    rule_name,
    same_row,
    told_elsewhere,
    value_text,
    verdict_text,
)


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of amounts that add up, with the law and more about it."""

    text: str
    amount: str
    total: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts that add up."""

    title: str
    unit: str
    lines: tuple[SumLine, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree: `text` (`code` where it is the author's), beside it a `name`, and the `value` that it comes
    to, whose `mark` is its verdict. `facts` are named, `open` where the page shows at once what is below.
    """

    text: str
    value: str = ""
    mark: str = ""
    name: str = ""
    code: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    branches: tuple[Branch, ...] = ()
    sum: Sum | None = None
    open: bool = False


def branches(items: Iterable[Item], here: Place, deciding: bool = True) -> tuple[Branch, ...]:
    """The branches of items below the row `here`; `deciding` where what is above them is open."""
    return tuple(_branch(item, here, deciding) for item in items)


def _branch(item: Item, here: Place, deciding: bool) -> Branch:
    match item:
        case Rule():
            return _rule(item, here, deciding)
        case Step():
            facts = (("margin", margin_text(item.margin)),) if item.margin else ()
            mark, opened = _mark(item), deciding and _decides(item)
            below = branches(item.items, here, opened)
            return Branch(item.text, value_text(item), mark, code=True, facts=facts, branches=below, open=opened)
        case Rows():
            opened = deciding and item.decisive
            return Branch(
                item.text, value_text(item), _mark(item), code=True, branches=tuple(_seen_rows(item, opened)),
                open=opened,
            )  # fmt: skip
        case Datum():
            return _datum(item, here)
        case Given():
            return _given(item)
        case Ledger():
            return Branch(item.text, sum=_sum(item), open=True)
        case Note():
            return Branch(item.text)


def _rule(rule: Rule, here: Place, deciding: bool) -> Branch:
    called, elsewhere = rule.title or rule_name(rule), told_elsewhere(rule, here)
    if not same_row(rule.place, here):
        called = f"{called} – {row_text(rule.place)}"
    name = rule.name if rule.title else ""
    value = verdict_text(rule) + (f" ({elsewhere})" if elsewhere else "")
    if rule.again:
        return Branch(called, value, rule.verdict, name)
    facts = [("because" if rule.verdict == "met" else "says", rule.because), ("rule", rule.written)]
    facts.append(("law", law_text(rule.cite, rule.source)))
    facts.append(("in force", f"since {rule.since.isoformat()}" if rule.since else ""))
    facts.append(("read", "" if same_row(rule.place, here) else file_text(rule.place)))
    facts.append(("margin", margin_text(rule.margin) if rule.margin else ""))
    opened = deciding and _decides(rule)
    below: list[Branch] = []
    for item in rule.items:
        same = isinstance(item, Step | Rows) and item.text == rule.written
        if same and isinstance(item, Step):
            below += branches(item.items, rule.place, opened)
        elif same and isinstance(item, Rows):
            below += _seen_rows(item, opened)
        else:
            below.append(_branch(item, rule.place, opened))
    told = tuple(fact for fact in facts if fact[1])
    return Branch(called, value, rule.verdict, name, facts=told, branches=tuple(below), open=opened)


def _decides(item: Rule | Step) -> bool:
    """Whether the page shows at once what is below: what is not met or not known, which people ask about first."""
    return item.value is False or isinstance(item.value, Missing)


def _mark(item: Step | Rows) -> str:
    if item.type.kind != "truth":
        return ""
    if isinstance(item.value, Missing):
        return "undetermined"
    return {True: "met", False: "not_met"}.get(item.value is True, "")


def _seen_rows(rows: Rows, deciding: bool) -> Iterator[Branch]:
    yield Branch(counted_text(rows))
    for row in rows.rows:
        yield _seen(row, deciding)


def _seen(row: SeenRow, deciding: bool) -> Branch:
    possible = " (possible)" if row.possible else ""
    text = f"{row_text(row.place)}{possible}{read_text(row.place)}"
    return Branch(text, branches=branches(row.items, row.place, deciding), open=deciding)


def _datum(datum: Datum, here: Place) -> Branch:
    facts = [("what", datum.title)]
    if not same_row(datum.place, here):
        facts.append(("read", f"{datum.column} of {row_text(datum.place)}{read_text(datum.place)}"))
    return Branch(datum.text, datum_text(datum), code=True, facts=tuple(fact for fact in facts if fact[1]))


def _given(given: Given) -> Branch:
    standing = given.standing.replace("_", " ")
    facts = [("value", in_force_text(given)), ("law", law_text(given.cite, given.source)), ("standing", standing)]
    facts += [("note", given.note), ("why", given.why), *(("put off", one) for one in given.deferred)]
    told = tuple(fact for fact in facts if fact[1])
    return Branch(given.name, shown(given.value, given.type), code=True, facts=told)


def _sum(ledger: Ledger) -> Sum:
    written = decimal_text if ledger.points else dollars
    lines, law = [], ""
    for entry in ledger.entries:
        amount = written(entry.amount)
        cited = law_text(entry.cite, entry.source)
        notes = (*entry.notes, *([cited] if cited and cited != law else []))
        law = cited or law
        plus = "+" if entry.amount > 0 and not entry.total else ""
        lines.append(SumLine(entry.text, plus + amount.replace("-", "−", 1), entry.total, notes))
    return Sum(ledger.text, "Points" if ledger.points else "Amount", tuple(lines))


def law_text(cite: str, source: str) -> str:
    """A citation with the title of its source."""
    return f"{cite}: {source}" if cite and source else cite
