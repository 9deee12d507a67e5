"""How sure the values of each bundled policy are, and how many cases it has: the table in `policies/README.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.syntax.choice_tables import Version
from engine.syntax.load import load_policy
from engine.syntax.parse_cases import parse_cases
from engine.syntax.policy import Policy
from engine.text.diagnostic import Diagnostics
from engine.text.load import load_source
from engine.text.read import read_document
from tests.house.checkout import ROOT

STANDINGS = ("enacted", "proposed", "secondary", "recalled", "assumed", "not_found")
FOLDER = ROOT / "policies"
STATES = {
    "co": "Colorado", "example": "none (made up)", "federal": "federal", "fl": "Florida", "in": "Indiana",
    "la": "Louisiana", "nc": "North Carolina", "oh": "Ohio", "tn": "Tennessee", "tx": "Texas", "wi": "Wisconsin",
}  # fmt: skip


def standings(policy: Policy) -> Iterator[str]:
    """The standing of every dated value, and of every table, points and bands or version of them."""
    for parameter in (*policy.parameters, *(fund.amount for fund in policy.appropriations)):
        yield from (dated.standing for dated in parameter.values)
    versions: list[Version] = [version for item in policy.tables for version in item.versions]
    versions += [version for item in policy.points for version in item.versions]
    versions += [version for item in policy.bands for version in item.versions]
    yield from (version.standing or "enacted" for version in versions)


def cases_beside(path: Path) -> int:
    """How many cases stand beside a policy."""
    found = Diagnostics()
    source = load_source(path.with_name(f"{path.stem}.cases.yaml"), found)
    document = read_document(source, found) if source is not None else None
    file = parse_cases(document, found) if document is not None else None
    return len(file.cases) if file is not None else 0


def standing_table() -> str:
    """The lines of the table, a policy each."""
    lines = [
        f"| state | policy | {' | '.join(one.replace('_', ' ') for one in STANDINGS)} | cases |",
        f"| --- | --- | {' | '.join('---:' for _ in STANDINGS)} | ---: |",
    ]
    for path in sorted(FOLDER.rglob("*.yaml")):
        if path.name.endswith(".cases.yaml"):
            continue
        policy = load_policy(path, Diagnostics())
        assert policy is not None, path
        counts = Counter(standings(policy))
        numbers = " | ".join(str(counts[one] or "") for one in STANDINGS)
        state = STATES[path.relative_to(FOLDER).parts[0]]
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        lines.append(f"| {state} | [`{name}`]({name}.yaml) | {numbers} | {cases_beside(path)} |")
    return "\n".join(lines) + "\n"
