"""A payment explained: a subtraction that adds up, to the last cent, whatever the steps; the golden texts are read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.execution.values import Missing
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation, Ledger, Note
from engine.results.explain.target import target
from engine.results.outcome import outcome
from engine.results.run import Run
from engine.text.diagnostic import Diagnostics
from engine.views.explanation import render_explanation
from tests.conftest import Golden
from tests.results.funded import KNOWN, LINES, funded
from tests.results.made import texts

PAYEES = ("d1", "d2", "d3")


def lines_in(run: Run) -> list[str]:
    return [item.name for item in run.checked.policy.funding]


def ledgers(explanation: Explanation) -> list[Ledger]:
    return [item for item in explanation.items if isinstance(item, Ledger)]


def adds_up(ledger: Ledger) -> None:
    """Every total but a first one is the total before it with the changes between."""
    amount: Fraction | None = Fraction(0) if not ledger.entries[0].total else None
    for entry in ledger.entries:
        if entry.total and amount is not None:
            assert entry.amount == amount, entry
        amount = entry.amount if entry.total else (amount or Fraction(0)) + entry.amount
    assert ledger.entries[-1].total


@pytest.mark.parametrize("name", KNOWN)
def test_the_steps_of_a_payment_add_up_to_what_the_run_stored(name: str) -> None:
    run = funded(name)
    stored = {row[:2]: row[2] for row in texts(outcome(run).table("payments"), "line", "key", "amount")}
    for line in lines_in(run):
        for payee in PAYEES:
            found = explain(run, "district", (payee,), line)
            for ledger in ledgers(found):
                adds_up(ledger)
            how = ledgers(found)[0]
            assert how.text == "how the payment is made up"
            assert how.entries[0].total
            assert how.entries[-1].amount == found.value == Fraction(stored[line, payee])


@pytest.mark.parametrize("name", ["prorated", "share, then cap", "guards", "first come"])
def test_duckdb_stores_what_is_replayed(name: str) -> None:
    run = funded(name, "duckdb")
    for payee in PAYEES:
        assert explain(run, "district", (payee,)) == explain(funded(name), "district", (payee,))


@pytest.mark.parametrize("name", LINES)
def test_every_claim_adds_up_and_every_payment_can_be_asked_for(name: str) -> None:
    run = funded(name)
    claims = outcome(run).table("claims")
    for line, key, status, paid in texts(claims, "line", "key", "status", "paid")[-9:]:
        found = explain(run, "attainment", (key,), line)
        assert found.value == status
        for ledger in ledgers(found):
            adds_up(ledger)
            assert not paid or ledger.entries[-1].amount == Fraction(paid)
        assert bool(found.responsible) == (status == "pending")
    for line in lines_in(run):
        assert explain(run, "district", ("d1",), line).sentence.startswith(("District d1", "What district d1"))


def test_cap_then_prorate_and_prorate_then_cap_say_which_and_why() -> None:
    """120 × $25 under a cap of $2,000 at one half: $1,000; the other way round, under $1,200, $1,200 of $1,500."""
    first, then = (explain(funded(name), "district", ("d1",)) for name in ("cap, then share", "share, then cap"))
    assert [(one.text.split(" and ")[0], int(one.amount)) for one in ledgers(first)[0].entries] == [
        ("120 claims that count, in full", 3000), ("limit cap", -1000), ("claim of district d1", 2000),
        ("prorated at 0.5", -1000), ("payment on Incentive for credentials earned", 1000),
    ]  # fmt: skip
    assert [(one.text.split(" and ")[0], int(one.amount)) for one in ledgers(then)[0].entries] == [
        ("120 claims that count, in full", 3000), ("claim of district d1", 3000),
        ("each claim prorated at 0.5", -1500), ("limit cap", -300), ("payment on Incentive for credentials earned", 1200),
    ]  # fmt: skip
    said = [item.text for item in (*first.items, *then.items) if isinstance(item, Note) and "order" in item.text]
    assert said == [
        "order of the steps: the limits first, then the appropriation, as always where the policy writes no `order:`",
        "order of the steps: the appropriation first, then the limits, as written: `order: [appropriation, limits]`",
    ]
    assert "cut to $2,000.00 by cap, prorated at 0.5 because claims of all come to $4,000.00" in first.sentence
    assert "prorated at 0.5 because claims of all come to $5,000.00 and there is $2,500.00, cut to" in then.sentence
    notes = [note for found in (first, then) for one in ledgers(found)[0].entries for note in one.notes]
    assert "without it the claim would be $3,000.00" in notes
    assert "without it the payment would be $1,500.00" in notes
    room = explain(funded("share, then cap that leaves room"), "district", ("d1",))
    assert room.value == 1500
    assert "prorated at 0.5 because claims of all come to $5,000.00 and there is $2,500.00." in room.sentence


@pytest.mark.parametrize(
    ("name", "payee", "said"),
    [
        ("in full", "d1", "is paid $100.00 for Incentive for credentials earned: claims of $100.00, in full."),
        ("first come", "d1", "claims of $40.00, of which the money reached $20.00, first come, first served."),
        ("first come, waiting", "d2", "is paid nothing for credentials: claims of $200.00, which the money did not"),
        ("first come, waiting", "d3", "is paid nothing for credentials: it has no claim that counts. 1 more claim is"),
        ("nobody", "d1", "not paid because claims of all come to $120.00 and there is $119.00, and it is all or nobo"),
        ("block", "d2", "claims of $190.00, cut to $79.50 by cap, kept back until no claim is pending."),
        ("guards", "d2", "cut to $79.50 by cap, raised to the minimum of $150.00."),
        ("guards", "d3", "cut to $320.50 by cap, held down to $200.00."),
        ("least prorated", "d1", "cut to $133.33 because the least amounts of all come to $450.00 and there is $400"),
        ("least too much", "d1", "nobody is: the least amounts of all come to $450.00, $50.00 more than the $400.00"),
        ("not known", "d1", "What district d1 is paid for credentials cannot be told, because enrolled of district"),
        ("parts of a cent, in full", "d1", "claims of $55.3333, rounded to $55.33."),
    ],
)
def test_the_sentence_says_what_mattered(name: str, payee: str, said: str) -> None:
    assert said in explain(funded(name), "district", (payee,)).sentence


def test_a_payment_that_fails_says_by_how_much() -> None:
    found = explain(funded("least too much"), "district", ("d2",))
    assert isinstance(found.value, Missing)
    assert [one.code for one in found.responsible] == ["F001"]
    assert all(one.failed for one in found.responsible)


def test_a_line_is_found_by_its_name_and_by_its_path() -> None:
    run = funded("prorated")
    by_name = explain(run, "district", ("d1",), "credentials")
    assert by_name == explain(run, "district", ("d1",)) == explain(run, "district", ("d1",), "funding.credentials")
    claim = explain(run, "attainment", ("a1",), "credentials")
    assert claim == explain(run, "attainment", ("a1",)) == explain(run, "attainment", ("a1",), "credentials: paid")
    assert explain(run, "district", ("d1",), "credentials: entitlement").value == 100


def test_what_can_be_asked_for() -> None:
    asked = [
        ("prorated", "district", "d1", None), ("prorated", "attainment", "a1", "credentials"),
        ("two lines", "district", "d1", "training"), ("prorated", "district", "d1", "credentals"),
        ("two lines", "district", "d1", None),
    ]  # fmt: skip
    said = []
    for name, entity, key, wanted in asked:
        diagnostics = Diagnostics()
        assert (target(funded(name), entity, key, wanted, diagnostics) is None) == diagnostics.has_errors
        said.append([f"{one.code} {' '.join(one.help)}" for one in diagnostics.sorted()])
    assert said[:3] == [[], [], []]
    assert said[3] == ["X014 did you mean `credentials`?"]
    assert said[4][0].startswith("X016 there are `credentials`, `training`")


GOLDEN = [
    ("payment", "prorated", "district", "d2"), ("payment-with-pending", "split", "district", "d1"),
    ("payment-share-then-cap", "share, then cap", "district", "d1"), ("payment-guards", "guards", "district", "d2"),
    ("payment-not-known", "least too much", "district", "d1"), ("claim-limited", "prorated", "attainment", "a2"),
    ("claim-pending", "prorated", "attainment", "a8"), ("claim-denied", "prorated", "attainment", "a7"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "name", "entity", "key"), GOLDEN)
def test_the_texts(file: str, name: str, entity: str, key: str, golden: Golden) -> None:
    text = render_explanation(explain(funded(name), entity, (key,)))
    assert max(map(len, text.splitlines())) <= 80
    golden(f"explanation/{file}.txt", text)
