"""How stable a list is under error in the data: the rows at its cut, and how many change in a draw."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from engine import api
from engine.results.simulate.journal import Reading
from engine.results.simulate.sensitivity.stability import MARGIN, PLACE, WITHIN, stable
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.results.simulate.test_simulation import simulate
from tests.small_state import POLICY


def test_how_stable_a_list_is_by_hand() -> None:
    """Of two places, the first is sure; the second (chance 3/5) and the third (2/5) change places in two draws of five:
    0 + 2/5 + 2/5 are expected to change. The fourth never comes.
    """
    read = {
        f"{what}{key}": None if value is None else Fraction(value)
        for key, place, margin in (("a", 1, 50), ("b", 2, 0), ("c", 3, -2), ("d", 4, None))
        for what, value in ((PLACE, place), (WITHIN, place <= 2), (MARGIN, margin))
    }
    chances = {
        "a": (Fraction(1), "listed"),
        "b": (Fraction(3, 5), "listed"),
        "c": (Fraction(2, 5), "not listed"),
        "e": (None, "undetermined"),
    }
    found = stable(read, chances, {"b": "Welding"})
    assert (found.expected, found.unsure, found.unknown) == (Fraction(4, 5), 2, 1)
    assert [(one.key, one.place, one.margin, one.published, one.chance) for one in found.rows] == [
        ("a", 1, 50, "listed", 1),
        ("b", 2, 0, "listed", Fraction(3, 5)),
        ("c", 3, -2, "not listed", Fraction(2, 5)),
        ("d", 4, None, "not listed", 0),
    ]
    assert found.rows[1].name == "Welding"


def test_rows_far_from_the_cut_are_left_out() -> None:
    """Of 30 places with a cut behind the 15th, the 6th to the 25th are shown."""
    read: Reading = {}
    for place in range(1, 31):
        read |= {
            f"{PLACE}{place}": Fraction(place),
            f"{WITHIN}{place}": Fraction(place <= 15),
            f"{MARGIN}{place}": None,
        }
    assert [one.place for one in stable(read, {}, {}).rows] == [*range(6, 26)]


def test_the_list_of_drawn_wages(tmp_path: Path) -> None:
    """Welders earn $47,000 with an error of 10%, chiefs $43,900 with none, above a floor of $30,000; fast food is third
    at $39,510. Two places: developers are sure of one. How often welders fall below chiefs is how often chiefs rise.
    """
    errors = "uncertainty:\n  draws: 40\n  seed: 7\n  columns:\n    labor_market.annual_median:\n      relative_standard_error: 10%\n"
    made = simulate(tmp_path, errors, policy=POLICY.replace("$43,900", "$30,000"))
    found, drawn = made.stability, made.uncertain
    assert found is not None and drawn is not None
    chances = {one.key: one.chance for one in found.rows}
    margins = {one.key: (one.place, str(one.margin)) for one in found.rows if one.margin is not None}
    assert margins == {"51-4121": (2, "0"), "11-1011": (3, "-3100"), "35-3023": (4, "-7490")}
    moved = 0
    for draw in drawn.baseline.draws:
        on = {name.removeprefix("listed: ") for name, value in draw.items() if name.startswith("listed: ") and value}
        moved += len(on ^ {"15-1252", "51-4121"})
    assert found.expected == Fraction(moved, 40) > 0
    assert sum(chance or 0 for chance in chances.values()) == 2
    assert simulate(tmp_path, "set:\n  wage_floor: $1\n").stability is None
    page = " ".join(article_text(simulation_article(made), 80).split())
    assert "How stable the list is" in page
    assert "Rows of which it is not known, as published or in some draw, are left out of this." in page
    api.write_simulation(made, tmp_path / "out")
    assert (
        (tmp_path / "out" / "stability.csv")
        .read_text("utf-8")
        .startswith("place,key,name,margin,as_published,chance\n")
    )
