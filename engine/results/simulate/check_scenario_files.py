"""Files of scenarios, each held to its policy."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...syntax.load import BUNDLED
from ...syntax.scenario import Scenario
from ...text.diagnostic import Diagnostics
from ...text.load import load_source
from ...text.suggest import nearest
from ...types.check_files import load_checked
from ...types.checked import CheckedPolicy
from .checked_scenario import check_scenarios
from .read_scenario import read_scenario

_ID = re.compile(r"^policy\s*:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)


def check_scenario_files(scenarios: Sequence[Path], policies: Sequence[Path], diagnostics: Diagnostics) -> None:
    """Say what is wrong with each scenario by itself and in its policy, which is one of `policies`, of the folder
    `policies` nearest to the scenario or to where one is, or bundled. One that is not found is reported (Y084), as is a
    scenario that names none (Y085), unless it is checked together with one policy alone.
    """
    known: dict[Path, CheckedPolicy | None] = {}
    ids = {id: file for file in reversed(policies) if (id := _id(file))}
    for path in scenarios:
        own = Diagnostics()
        read = read_scenario(path, own)
        if read is not None:
            file = _policy(read, path, ids, policies, own)
            if file is not None and file not in known:
                known[file] = load_checked(file, found := Diagnostics())
                if found.has_errors:
                    known[file] = None
                    own.extend(found.sorted())
            checked = known.get(file) if file is not None else None
            if checked is not None:
                check_scenarios(checked, [read], own)
        diagnostics.extend(own.sorted())


def _id(file: Path) -> str:
    """The id of the policy in a file; empty where there is none."""
    source = load_source(file, Diagnostics())
    found = _ID.search(source.text) if source else None
    return found.group(1) if found else ""


def _policy(
    scenario: Scenario, path: Path, ids: dict[str, Path], policies: Sequence[Path], diagnostics: Diagnostics
) -> Path | None:
    """The file of the policy of a scenario (Y084, Y085)."""
    if scenario.policy is None:
        if len(policies) == 1:
            return policies[0]
        help = "add `policy:` with the id of the policy, or check it together with one policy"
        diagnostics.report("Y085", scenario.name.span, help=help)
        return None
    id = scenario.policy.text
    if id in ids:
        return ids[id]
    folders = list(dict.fromkeys(_folders(path)))
    for folder in folders:
        file = folder / f"{id}.yaml"
        if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
            return file
    bundled = (file.relative_to(BUNDLED).with_suffix("").as_posix() for file in BUNDLED.rglob("*.yaml"))
    near = nearest(id, [*ids, *(name for name in bundled if "." not in name)])
    looked = ", ".join("the bundled policies" if folder == BUNDLED else f"`{folder}`" for folder in folders)
    help = f"did you mean `{near}`?" if near else f"check it with its policy; looked for `{id}.yaml` in {looked}"
    diagnostics.report("Y084", scenario.policy.span, help=help, policy=id)
    return None


def _folders(path: Path) -> Iterator[Path]:
    """The folders in which policies are looked for, the nearest first."""
    for start in (path.absolute(), Path.cwd() / "here"):
        for above in start.parents:
            if above.name == "policies" or (above / "policies").is_dir():
                found = above if above.name == "policies" else above / "policies"
                yield found if path.is_absolute() else Path(os.path.relpath(found))
                break
    yield BUNDLED
