"""L038: a dated value that is the one before it."""

from __future__ import annotations

from ...text.diagnostic import Label
from .linted import Linted


def changes_of_nothing(of: Linted) -> None:
    """Report each value of a parameter that says what the one before it says, of the same standing and by the same
    citation: mostly the new number was forgotten.
    """
    for item in of.policy.parameters:
        held: dict[str, object] = {}
        for at, dated in enumerate(item.values):
            before = item.values[at - 1] if at else None
            same = all(name in held and held[name] == value for name, value in dated.members)
            if before is not None and same and _said(before) == _said(dated):
                others = (Label(before.span, "the one before"),)
                help = "write the new value, or take this one out; a `note:` of its own says that it was confirmed"
                of.report(f"parameters.{item.name}", "L038", dated.span, others=others, help=help, name=item.name)
            held.update(dated.members)


def _said(dated: object) -> tuple[object, ...]:
    return tuple(getattr(dated, name) for name in ("standing", "cite", "note"))
