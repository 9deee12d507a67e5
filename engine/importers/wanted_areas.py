"""The areas that somebody asks an importer for."""

from __future__ import annotations

from collections.abc import Collection

from ..text.diagnostic import Diagnostics
from ..text.source import NOWHERE
from ..text.suggest import nearest
from .places import PLACES, place_of


def read_areas(areas: Collection[str], diagnostics: Diagnostics) -> tuple[str, ...] | None:
    """The codes of the areas asked for; nothing where one is unknown (D051). None asked for means every area."""
    sound = True
    for area in areas:
        if area not in PLACES:
            place = place_of(area)
            near = place.code if place else nearest(area, PLACES)
            help = f"did you mean `{near}`?" if near else "the nation is `US`, a state is written as `US-OH`"
            diagnostics.report("D051", NOWHERE, help=help, area=area, problem="is not a code of an area")
            sound = False
    return tuple(dict.fromkeys(areas)) if sound else None


def check_areas_seen(areas: Collection[str], seen: Collection[str], diagnostics: Diagnostics) -> None:
    """Complain of areas that were asked for and of which the files have no row (D051)."""
    for area in areas:
        if area not in seen:
            shown = ", ".join(f"`{code}`" for code in PLACES if code in seen)
            diagnostics.report("D051", NOWHERE, help=f"they have {shown}", area=area, problem="has no row in the files")
