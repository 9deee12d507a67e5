"""From the section `priority_list` to the list with its tiers, order, limit, stayers and exceptions."""

from __future__ import annotations

from ..text.document import Entry, Node
from ..text.source import NOWHERE
from .policy import ListException, PriorityList, Quota, Stay, Tier
from .slots import (
    Reading,
    choices,
    day,
    entries,
    item,
    optional_test,
    optional_value,
    order,
    scalar,
    slot,
    test,
    text,
    truth,
    value,
    word,
    words,
)


def parse_priority_list(entry: Entry | None, reading: Reading) -> PriorityList | None:
    """The list, from the entry whose key is `priority_list` (Y050, Y055, Y056, Y060)."""
    block = entry.value if entry else None
    entity = word(slot(block, "list"))
    if entry is None or entity is None:
        return None
    return PriorityList(
        **item(entry.key, block, reading),
        entity=entity,
        when=test(slot(block, "when"), reading),
        undetermined=text(slot(block, "undetermined")) or "pending_review",
        undetermined_because=text(slot(block, "undetermined_because")),
        tiers=_tiers(slot(block, "tiers"), reading),
        rank_by=order(slot(block, "rank_by"), reading),
        in_force=optional_value(slot(block, "in_force"), reading),
        limit=optional_value(slot(block, "limit"), reading),
        on_tie_at_limit=text(slot(block, "on_tie_at_limit")) or "include",
        quotas=tuple(_quota(entry, reading) for entry in entries(slot(block, "quotas"))),
        stay=_stay(slot(block, "stay"), reading),
        honor_for=optional_value(slot(slot(block, "sunset"), "honor_for"), reading),
        exceptions=tuple(
            found for entry in entries(slot(block, "exceptions")) if (found := _exception(entry, reading))
        ),
    )


def _tiers(node: Node | None, reading: Reading) -> tuple[Tier, ...]:
    help = "give each tier its own name; join the tests with `or`"
    return tuple(Tier(**item(name, None, reading), when=when) for name, when in choices(node, help, reading))


def _quota(entry: Entry, reading: Reading) -> Quota:
    block = entry.value
    within, limit = words(slot(block, "within"), reading), value(slot(block, "limit"), reading)
    return Quota(**item(entry.key, block, reading), within=within, limit=limit)


def _stay(node: Node | None, reading: Reading) -> Stay | None:
    if not entries(node):
        return None
    return Stay(
        length=optional_value(slot(node, "for"), reading),
        when=optional_test(slot(node, "when"), reading),
        within_limit=truth(slot(node, "within_limit")) or False,
    )


def _exception(entry: Entry, reading: Reading) -> ListException | None:
    block = entry.value
    key, verdict = scalar(slot(block, "key")), text(slot(block, "verdict"))
    tier, area = scalar(slot(block, "tier")), scalar(slot(block, "area"))
    if key is None or not verdict:
        return None
    starts, ends = day(slot(block, "from"), reading), day(slot(block, "until"), reading)
    if starts and ends and ends <= starts:
        until = scalar(slot(block, "until"))
        help = "`until` is the first day on which the decision no longer holds"
        reading.diagnostics.report("Y055", until.span if until else NOWHERE, start=starts, help=help)
    return ListException(
        **item(entry.key, block, reading),
        key=key.text.strip(),
        key_span=key.span,
        area=text(area),
        area_span=area.span if area else NOWHERE,
        verdict=verdict,
        tier=text(tier),
        tier_span=tier.span if tier else NOWHERE,
        decided_by=text(slot(block, "decided_by")),
        starts=starts,
        ends=ends,
    )
