"""How an index, that of a student group or a domain is made of its parts: sums that add up, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...syntax.accountability import Indicator
from ...syntax.domain import Domain
from ...syntax.print import print_expr
from ...syntax.weight_table import NOT_RATED
from ..indicator_steps import (
    HIGH,
    LOW,
    Rated,
    Spot,
    between,
    caps_of,
    decimals,
    division,
    number_text,
    steps_of_score,
    too_few,
    years_pooled,
)
from ..indicators import contributions, shares_of
from ..rated import ALL_STUDENTS, Ends, called, exact, to_nine
from ..replay import source_title
from .explanation import Entry, Item, Ledger, Note

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a whole, or the index of a student group (no item). `base` is what its columns are called by."""

    row: Rated
    base: str
    name: str
    item: Indicator | Domain | None = None
    group: str = ""

    def ends(self, part: str = "") -> Ends:
        """A number of it by both ends."""
        return self.row.ends(f"{self.base}: {part}" if part else self.base)

    @property
    def status(self) -> str:
        """Rated, pending, not_rated or not_applicable."""
        return self.row.word(f"{self.base}: status")

    @property
    def cite(self) -> str:
        """The law that it has from."""
        return (self.item.cite if self.item is not None else "") or self.row.level.section.cite

    @property
    def text(self) -> str:
        """Its name with its title."""
        return f"{self.name} ({self.item.title})" if self.item is not None and self.item.title else self.name

    def weight_text(self, weight: Fraction) -> str:
        """A weight as the policy writes it: a percent, or a bare number."""
        type = self.row.replay.columns[self.row.level.name, f"{self.base}: weight used"].type
        return f"{number_text(weight * 100)}%" if type.unit.kind == "ratio" else number_text(weight)

    def missing(self) -> str:
        """Why it has no number."""
        if isinstance(self.item, Indicator):
            return too_few(Spot(self.row, self.item, self.group))
        return "none of its parts is rated, or one that it needs is not" if self.item is not None else "it has no index"

    def told(self, end: int) -> Iterator[str]:
        """Where its own number comes from, at one end."""
        if isinstance(self.item, Indicator):
            spot = Spot(self.row, self.item, self.group)
            yield division(spot, end)
            yield from (*caps_of(spot), *steps_of_score(spot), *years_pooled(spot))
        elif self.item is not None:
            yield made_of(self.row, self.item, self.group)


def pieces_of(row: Rated, names: Sequence[str], group: str = "") -> list[Piece]:
    """The parts of these names that there are."""
    items = {item.name: item for item in row.level.section.both}
    return [
        Piece(row, called(name, group), name, items[name], group)
        for name in names
        if row.has(called(name, group, "status"))
    ]


def index_items(row: Rated) -> Iterator[Item]:
    """The index as a sum, of what is known or at both ends: of indicators and domains, or of the indexes of all
    students and of groups; then what these and the domains are made of.
    """
    level, unrounded = row.level, row.ends("index: unrounded")
    parts = [item.name for item in level.weighted]
    if level.blended:
        blend = [Piece(row, f"index, {group}", f"index of {group.replace('_', ' ')}") for group in level.blended]
        yield from _ledgers(row, "index", "how the index is made up", blend, "index: unrounded", "index")
        for group in level.blended:
            named = "" if group == ALL_STUDENTS else group
            title = f"how the index of {group.replace('_', ' ')} is made up"
            yield from _ledgers(row, f"index, {group}", title, pieces_of(row, parts, named), f"index, {group}")
    elif unrounded != (None, None):
        pieces = pieces_of(row, parts)
        yield from _ledgers(row, "index", "how the index is made up", pieces, "index: unrounded", "index")
    for domain in level.section.domains:
        if row.has(called(domain.name, "", "status")):
            yield from domain_items(row, domain)


def domain_items(row: Rated, domain: Domain, group: str = "") -> Iterator[Item]:
    """What a domain is made of: a sum, or the better of its parts."""
    base = called(domain.name, group)
    if row.word(f"{base}: status") in (NOT_RATED, "not_applicable"):
        yield Note(f"{domain.name}: {row.word(f'{base}: status').replace('_', ' ')}")
        return
    pieces = pieces_of(row, [word.text for word in domain.parts], group)
    before = row.ends(f"{base}: unrounded")
    if domain.better_of or exact(before) is None:
        yield Note(f"{domain.name}: {made_of(row, domain, group)}")
        return
    entries = _contributions(row, pieces, None, LOW)
    whole = sum((entry.amount for entry in entries), NOTHING)
    capped, after = exact(before) or NOTHING, exact(row.ends(base)) or NOTHING
    entries.append(Entry(f"{domain.name} before rounding" if whole != after else domain.name, whole, True))
    if capped != whole:
        entries += [Entry(f"at most {number_text(capped)}{_since(row, domain, group)}", capped - whole)]
        entries.append(Entry("what is left", capped, True))
    if capped != after and domain.round is not None:
        entries += [Entry(f"rounded to {decimals(domain.round)}", after - capped), Entry(domain.name, after, True)]
    yield Ledger(f"how {domain.name} is made up", tuple(entries), points=True)


def made_of(row: Rated, domain: Domain, group: str = "") -> str:
    """What a domain is made of, in one sentence."""
    base = called(domain.name, group)
    pieces = pieces_of(row, [word.text for word in domain.parts], group)
    told = [f"{piece.name} {_number(piece)}" for piece in pieces]
    how = "the better of" if domain.better_of else "the weighted mean of"
    before, after = row.ends(f"{base}: unrounded"), row.ends(base)
    said = f"{how} {' and '.join(told)} is {between(before)}"
    cap = _since(row, domain, group) if domain.better_of and _is_capped(pieces, before) else ""
    said = f"{how} {' and '.join(told)}, at most {between(before)}{cap}" if cap else said
    return said if before == after else f"{said}, rounded to {between(after)}"


def _number(piece: Piece) -> str:
    return between(piece.ends()) if piece.status in ("rated", "pending") else f"({piece.status.replace('_', ' ')})"


def _is_capped(pieces: Sequence[Piece], before: Ends) -> bool:
    known = [number for piece in pieces if (number := exact(piece.ends())) is not None]
    value = exact(before)
    return value is not None and bool(known) and max(known) > value


def _since(row: Rated, domain: Domain, group: str) -> str:
    """The tests of the caps that hold, as their author wrote them."""
    base = called(domain.name, group)
    held = [
        print_expr(cap.when)
        for number, cap in enumerate(domain.at_most, 1)
        if cap.when is not None and row.value(f"{base}: cap {number}") is True
    ]
    return f", since {' or '.join(held)}" if held else ""


# -- sums -----------------------------------------------------------------------------------------------------------


def _ledgers(
    row: Rated, base: str, title: str, pieces: Sequence[Piece], unrounded: str, rounded: str = ""
) -> Iterator[Ledger]:
    """The sum that a whole is, or one for each of its ends."""
    whole = row.ends(unrounded)
    final = row.ends(rounded) if rounded else whole
    if exact(whole) is not None:
        yield Ledger(title, _steps(row, base, pieces, whole, final, LOW), points=True)
        return
    for end, word in ((LOW, "least"), (HIGH, "most")):
        if whole[end] is not None:
            named = "the index" if base == "index" else base
            yield Ledger(f"{named} at the {word}", _steps(row, base, pieces, whole, final, end), points=True)


def _steps(row: Rated, base: str, pieces: Sequence[Piece], whole: Ends, final: Ends, end: int) -> tuple[Entry, ...]:
    """The contributions, which add up to the whole before it is rounded, then its rounding."""
    found = _contributions(row, pieces, whole, end)
    before, after, rounding = whole[end] or NOTHING, final[end] or NOTHING, row.level.section.index
    if base != "index" or rounding is None or rounding.round is None:
        return (*found, Entry(base, before, True))
    found.append(Entry("index before rounding", before, True))
    return (*found, Entry(f"rounded to {decimals(rounding.round)}", after - before), Entry("index", after, True))


def _contributions(row: Rated, pieces: Sequence[Piece], whole: Ends | None, end: int) -> list[Entry]:
    weights = [exact(piece.ends("weight used")) for piece in pieces]
    used = sum((one for one in weights if one is not None), NOTHING)
    values = [piece.ends()[end] for piece in pieces]
    if whole is None:
        total = sum((w * v for w, v in zip(weights, values, strict=True) if w and v is not None), NOTHING)
        exact_total = to_nine(total / used) if used else NOTHING
        whole = (exact_total, exact_total)
    parts = contributions(shares_of(weights, whole), values, whole[end])
    found = []
    for piece, weight, part in zip(pieces, weights, parts, strict=True):
        notes = tuple(_notes(piece, pieces, weights, weight, used, part, end))
        law = piece.cite
        found.append(Entry(piece.text, part or NOTHING, False, law, source_title(row.replay, law), notes))
    return found


def _notes(
    piece: Piece, pieces: Sequence[Piece], weights: Sequence[Fraction | None], weight: Fraction | None, whole: Fraction,
    part: Fraction | None, end: int,
) -> Iterator[str]:  # fmt: skip
    """The arithmetic of one contribution: where its number comes from, the weight and what it comes to."""
    status, value = piece.status, piece.ends()[end]
    if status == NOT_RATED:
        yield f"not rated and left out: {piece.missing()}"
        return
    if status == "not_applicable":
        yield "does not apply and is left out"
        return
    yield from piece.told(end)
    if weight is None or value is None or part is None:
        return
    if piece.item is None and not weight:
        yield "left out: another group has an index"
        return
    used = piece.weight_text(weight)
    said = f"{number_text(value)} × {used}"
    if whole != 1:
        others = [other.weight_text(found) for other, found in zip(pieces, weights, strict=True) if found]
        said += f" / ({' + '.join(others)})" if len(others) > 1 else f" / {others[0]}"
    written = exact(piece.ends("weight"))
    if written is not None and written != weight:
        said += f", by the chart instead of {piece.weight_text(written)}"
    exactly = to_nine(value * weight / whole) == part
    yield f"{said} = {number_text(part)}" + ("" if exactly else ", its last decimal such that all add up to the index")
