"""Why a rating: one sentence, sums that add up to what the run stored, what is open counted and never named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation, Ledger
from engine.results.explain.rating import article
from engine.results.explain.target import target
from engine.results.replay import checked_trace, replay_of
from engine.text.diagnostic import Diagnostics
from engine.text.errors import EngineBug
from engine.views.explanation import render_explanation
from tests.conftest import Golden
from tests.results.graded import POLICY, graded, graded_outcome
from tests.results.made import texts

PAGES = [("alpha", None, "rated"), ("foxtrot", None, "rating-pending"), ("charlie", "graduation", "too-few")]


def told(key: str, name: str | None = None, text: str = POLICY) -> Explanation:
    return explain(graded("reference", text), "school", (key,), name)


@pytest.mark.parametrize(("key", "name", "page"), PAGES, ids=[page for *_, page in PAGES])
def test_page(key: str, name: str | None, page: str, golden: Golden) -> None:
    golden(f"explanation/{page}.txt", render_explanation(told(key, name)))


SENTENCES = {
    ("alpha", None): "Alpha (alpha) is rated C: its index is 63.8; 26.2 points from an A.",
    ("bravo", "rating"): "Bravo (bravo) is rated C, whatever comes of what is not known: its index is from 60 to 84.4; "
    "5.6 to 30 points from an A.",
    ("charlie", None): "Charlie (charlie) is rated C: its index is 71.5; 18.5 points from an A.",
    ("delta", None): "Delta (delta) is not rated: only what meets `highest_grade >= 9` is.",
    ("echo", None): "Echo (echo) is rated F by the override few_graduate: fewer than half graduate.",
    ("foxtrot", None): "Foxtrot (foxtrot) cannot be rated yet: its index is from 41.6 to 77.2, F or C, because 1 of 3 "
    "students has no on_time_diploma and 1 of 3 students has no on_time_diploma (no record).",
    ("alpha", "index"): "The index of Alpha (alpha) is 63.8, before rounding 63.832222222.",
    ("alpha", "strength: n"): "strength of Alpha (alpha) is 53.33: 160 / 3 students = 53.333333333, rounded to 53.33.",
    ("alpha", "accountability.indicators.graduation"): "graduation of Alpha (alpha) is 66.666666667: 2 of 3 students × "
    "100 = 66.666666667.",
    ("bravo", "graduation"): "graduation of Bravo (bravo) is from 75 to 100, because 1 of 4 students has no "
    "on_time_diploma.",
    ("bravo", "climate_index"): "climate_index of Bravo (bravo) does not apply.",
    ("echo", "climate_index"): "climate_index of Echo (echo) is 10, as reported.",
    ("echo", "graduation, learners"): "graduation for learners of Echo (echo) is not rated: 1 student, and 3 are needed.",
}  # fmt: skip


@pytest.mark.parametrize(("key", "name"), list(SENTENCES))
def test_one_plain_sentence(key: str, name: str | None) -> None:
    assert told(key, name).sentence == SENTENCES[key, name]


def ledgers(explanation: Explanation) -> Iterator[Ledger]:
    return (item for item in explanation.items if isinstance(item, Ledger))


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_sums_add_up_to_what_the_run_stored(backend: str) -> None:
    ratings = graded_outcome(backend).table("ratings")
    columns = ("key", "index_unrounded", "index_lowest", "index_highest")
    sums = 0
    for key, unrounded, low, high in texts(ratings, *columns):
        of = list(ledgers(explain(graded(backend), "school", (key,), "rating")))
        assert len(of) == (0 if not low else 1 if low == high else 2)
        for ledger, index in zip(of, (low, high), strict=False):
            so_far = Fraction(0)
            totals = []
            for entry in ledger.entries:
                if entry.total:
                    assert entry.amount == so_far, (key, entry)
                    totals.append(entry.amount)
                else:
                    so_far += entry.amount
            assert totals[-1] == Fraction(index)
            assert not unrounded or totals[0] == Fraction(unrounded)
            sums += 1
    assert sums == 7


def test_every_cell_of_a_rating_replays_to_what_the_run_stored() -> None:
    run = graded("duckdb")
    replay = replay_of(run)
    roles = ("indicator", "rating", "points")
    for column in (one for one in run.plan.columns if one.id.role in roles):
        for key in replay.interpreter.keys(column.id.entity):
            checked_trace(replay, column.id.entity, column.id.name, key)


def test_a_stored_number_that_differs_is_a_fault_of_ours() -> None:
    run = graded()
    table = run.columns["school"]
    place = table.column_names.index("graduation: n__low")
    turned = table.column(place).take(list(range(len(table)))[::-1])
    broken = replace(run, columns={**run.columns, "school": table.set_column(place, table.column_names[place], turned)})
    with pytest.raises(EngineBug, match="X900"):
        explain(broken, "school", ("charlie",), "graduation")


def test_what_can_be_asked_for() -> None:
    diagnostics = Diagnostics()
    assert target(graded(), "school", "alpha", None, diagnostics) == ("alpha",)
    assert target(graded(), "school", "alpha", "accountability.ratings", diagnostics) == ("alpha",)
    assert not diagnostics.sorted()
    assert target(graded(), "school", "alpha", "graduatoin", diagnostics) is None
    assert [one.help for one in diagnostics.sorted()] == [("did you mean `graduation`?",)]


@pytest.mark.parametrize(("rating", "word"), [("A", "an"), ("B", "a"), ("F", "an"), ("C", "a"), ("exceeds", "an")])
def test_the_article(rating: str, word: str) -> None:
    assert article(rating) == word
