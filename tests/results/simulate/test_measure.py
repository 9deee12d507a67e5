"""The numbers of a run: what is paid, kept back and unspent come to what there is of an appropriation."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine import api
from engine.results.allocation import set_asides
from engine.results.run import Run
from engine.results.simulate.measure import Measures, measured, measures_of
from engine.views.measure_text import beside_paid
from tests.house.checkout import ROOT
from tests.results.funded import KNOWN, LINES, funded


def known(read: Measures, name: str) -> Fraction:
    value = read[name]
    assert value is not None, name
    return value


def held_together(run: Run) -> Measures:
    """The numbers of a run, of which each pot's are held against its amount."""
    read, policy = measured(run), run.checked.policy
    assert list(read) == list(measures_of(run.checked))
    for pot in policy.appropriations:
        amount = run.binding.cells[f"parameters.{pot.name}"]
        lines = [one.name for one in policy.funding if one.draws_on is not None and one.draws_on.text == pot.name]
        kept = f"kept back of {pot.name}"
        assert (kept in read) == (pot.pending_claims != "leave_out")
        parts = [known(read, f"paid by {name}") for name in lines]
        parts += [known(read, name) for name in (kept, f"unspent of {pot.name}") if name in read]
        assert sum(parts) + sum(set_asides(run, pot.name).values()) == amount
    return read


@pytest.mark.parametrize("name", [one for one in KNOWN if LINES[one][2]])
def test_what_is_paid_kept_back_and_unspent_is_what_there_is(name: str) -> None:
    held_together(funded(name))


def test_what_is_kept_back() -> None:
    """267.46 + 23.54 = 291, which is 97% of 300; nothing can be kept back where claims that wait are left out."""
    read = held_together(funded("prorated"))
    assert (read["paid"], read["kept back of fund"], read["unspent of fund"]) == (
        Fraction("267.46"), Fraction("23.54"), Fraction(0),
    )  # fmt: skip
    names = list(read)
    assert names.index("kept back of fund") + 1 == names.index("unspent of fund")
    assert not [one for one in measured(funded("leave out")) if one.startswith("kept back")]
    assert not [one for one in measured(funded("in full")) if one.startswith("kept back")]
    assert known(held_together(funded("block")), "kept back of fund") > 0


def test_what_is_not_known_is_not_kept_back() -> None:
    assert measured(funded("not known"))["kept back of fund"] is None


def test_the_example() -> None:
    """$27,500 less 3% is $26,675."""
    folder = ROOT / "policies" / "example" / "credentials-of-value.yaml"
    read = held_together(api.evaluate(folder, ROOT / "examples" / "state"))
    assert (read["paid"], read["kept back of incentive_fund"], read["unspent of incentive_fund"]) == (
        Fraction("13537.71"), Fraction("13137.29"), Fraction(0),
    )  # fmt: skip


def test_what_is_kept_back_stands_beside_what_is_paid() -> None:
    one, two = Fraction(1), Fraction(2)
    now: Measures = {"paid": one, "owed": two, "kept back of a": one, "kept back of b": Fraction(0)}
    then: Measures = {**now, "paid": two}
    assert beside_paid(["paid", "owed"], (now, then)) == ["paid", "kept back of a", "owed"]
    assert beside_paid(["owed", "paid", "kept back of a"], (now, then)) == ["owed", "paid", "kept back of a"]
    assert beside_paid(["owed"], (now, then)) == ["owed"]
    assert beside_paid(["paid"], (now, {**then, "kept back of b": None})) == [
        "paid",
        "kept back of a",
        "kept back of b",
    ]
