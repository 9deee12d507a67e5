"""The door: the functions that walk the floors. The command line and notebooks use nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .datasets import check_data as check_data
from .datasets import describe as describe
from .datasets import described as described
from .datasets import import_source as import_source
from .datasets import read_dataset as read_dataset
from .datasets import synth as synth
from .differences import write_diff as write_diff
from .execution.memory_tables import MemoryTables
from .execution.memory_tables import dataset as dataset
from .execution.software import missing_software as missing_software
from .reports import report as report
from .simulations import simulate as simulate
from .simulations import write_simulation as write_simulation
from .syntax.policy_files import policy_files, scenario_files
from .text.diagnostic import Diagnostics
from .text.errors import PolicyError
from .text.report import Report as Report
from .types.check_files import check_file, check_files, checked_without_fault, load_checked
from .types.checked import CheckedPolicy

# What a check does not need is imported by the function that needs it: `specie check` has to answer at once.
if TYPE_CHECKING:
    from .plan.in_force import CellValue
    from .plan.plan import Plan
    from .results.cases.cases import TestReport
    from .results.cases.generated_file import GeneratedFile
    from .results.cases.mutation import PolicyMutation, Progress
    from .results.diff.against import Against, OnData
    from .results.diff.comparison import Comparison
    from .results.diff.edit import PolicyDiff
    from .results.diff.history import History
    from .results.explain.explanation import Explanation
    from .results.outcome import Outcome
    from .results.run import Run
    from .syntax.format_files import FormatReport
    from .types.lint.fix_files import FixReport


def load(path: str | Path, diagnostics: Diagnostics) -> CheckedPolicy | None:
    """Read, parse and check one policy file; complaints go to `diagnostics`. Nothing where it is no policy (Y066)."""
    return load_checked(path, diagnostics)


def check(paths: Iterable[str | Path], data: str | Path | None = None, processes: int = 1) -> Report:
    """Everything that can be known of policies without running them; with `data`, the data contract too.

    `paths` are policy files, or folders in which every `*.yaml` that is a policy is checked; one without any is an
    error (Y065). Scenarios (`*.scenario.yaml`) are held to their policies. Many files without data are checked by so
    many `processes` at a time.
    """
    diagnostics, paths = Diagnostics(), tuple(paths)
    files, scenarios = policy_files(paths, diagnostics), scenario_files(paths)
    if scenarios:
        from .results.simulate.check_scenario_files import check_scenario_files

        check_scenario_files(scenarios, files, diagnostics)
    if data is None:
        diagnostics.extend(check_files(files, processes))
        return Report(diagnostics.sorted(), len(files), len(scenarios))
    from .results.policy_data import read_data

    for path in files:
        checked = check_file(path, diagnostics)
        if checked is not None and not diagnostics.has_errors:
            read_data(checked, data, diagnostics)
    return Report(diagnostics.sorted(), len(files), len(scenarios))


def fix(paths: Iterable[str | Path]) -> FixReport:
    """Cure the findings in policies that a program can cure without a change of meaning, and write the files."""
    from .types.lint.fix_files import fix_files

    return fix_files(policy_files(paths, Diagnostics()))


def format(paths: Iterable[str | Path], write: bool = True) -> FormatReport:
    """Give files and those in folders their layout (docs/format.md), or unless `write` only say which would change."""
    from .syntax.format_files import format_files

    return format_files(paths, write)


def diff(old: str | Path, new: str | Path, *, prove: bool = False) -> PolicyDiff:
    """What changes from one policy to another, edit by edit, from their texts alone; with `prove`, z3 is asked too.

    Each is a path, or `REV:path` for a file as it was at a revision of the repository, with what it extends as that was
    then. Raises PolicyError with every complaint where one of them cannot be read (X050 to X053) or is at fault.
    """
    from .results.diff.policy_diff import diff_files

    return diff_files(old, new, Diagnostics(), prove)[0]


def compare(
    old: str | Path, new: str | Path, data: str | Path | MemoryTables, *,
    new_data: str | Path | MemoryTables | None = None, elsewhere: Iterable[str | Path] = (),
    as_of: Date | None = None, backend: str = "duckdb", causes: bool = True, totals: bool = False,
    prove: bool = False,
) -> Comparison:  # fmt: skip
    """The same, and what becomes of every result of `data`, each effect traced to its edits with `causes`.

    The new policy runs on `new_data` where given; both run on the folders of `elsewhere` too. With `totals`, only what
    becomes of payments and ratings. Raises PolicyError where the data are at fault as well.
    """
    from .results.diff.comparison import compare_files

    return compare_files(
        old, new, data, new_data=new_data, elsewhere=tuple(elsewhere), as_of=as_of, backend=backend, causes=causes,
        totals=totals, prove=prove,
    )  # fmt: skip


def diff_against(
    revision: str, paths: Iterable[str | Path] = (), data: OnData | None = None, *, prove: bool = False
) -> Against:
    """The same of every policy that differs from where the branch left a revision (X050 to X054)."""
    from .results.diff.against import compare_against

    return compare_against(revision, paths, data, prove)


def history(policy: str | Path, limit: int = 20) -> History:
    """What each commit changed in the meaning of a policy, the newest first (X050, X053, X055)."""
    from .results.diff.history import policy_history

    return policy_history(policy, limit)


def evaluate(
    policy: str | Path,
    data: str | Path | MemoryTables,
    as_of: Date | None = None,
    backend: str = "duckdb",
    overrides: Mapping[str, CellValue] | None = None,
    equity: bool = False,
) -> Run:
    """The official run of a policy on a dataset; with `equity`, what tells students apart is read as well.

    `as_of` is, where not given, the dataset's `as_of`, else the first day of the policy's school year; never the clock.
    Raises PolicyError with every complaint where the policy or the data are at fault.
    """
    from .results.equity.student_groups import read_with_groups
    from .results.policy_data import completed, day_of_run, read_data
    from .results.run import run_policy

    checked, diagnostics = checked_without_fault(policy), Diagnostics()
    dataset = (read_with_groups if equity else read_data)(checked, data, diagnostics)
    day = None if dataset is None else day_of_run(checked, dataset, as_of, diagnostics)
    if dataset is None or day is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    return run_policy(completed(checked, dataset), dataset, day, backend, overrides)


def plan(policy: str | Path, as_of: Date | None = None) -> Plan:
    """The plan of a policy at the epoch of a day. Raises PolicyError where the policy is at fault."""
    from .plan.from_checked import plan_policy
    from .plan.in_force import first_day

    checked = checked_without_fault(policy)
    day = as_of or first_day(checked.policy)
    epoch = checked.epochs[-1] if day is None else checked.epoch(day)
    return plan_policy(checked, epoch)


def plan_text(policy: str | Path, as_of: Date | None = None, data: str | Path | None = None) -> str:
    """The plan of a policy as text; with `data`, it is run and the rows of each entity are shown too."""
    if data is None:
        from .plan.print import print_plan

        return print_plan(plan(policy, as_of))
    from .views.plan_of_run import plan_of_run

    return plan_of_run(evaluate(policy, data, as_of))


def explain(
    policy: str | Path,
    data: str | Path | MemoryTables,
    entity: str,
    key_text: str,
    name: str | None = None,
    as_of: Date | None = None,
    backend: str = "duckdb",
) -> Explanation:
    """Why a result of one row is what it is: `name` of the row that `key_text` writes, or what the policy is about.

    A key is written as it is, or `occupation=15-1252,area=US-OH` where it has several columns. Raises PolicyError where
    there is no such entity, row or result (X011 to X016). Where `CI` is set, rows about persons are refused (X017) and
    left out of what is said of others.
    """
    return why(evaluate(policy, data, as_of, backend), entity, key_text, name)


def why(run: Run, entity: str, key_text: str, name: str | None = None, public: bool = False) -> Explanation:
    """`explain` of a run that is there; `public` shows nothing of persons and no small number of them (X048)."""
    from .results.explain.explain import explain as explained
    from .results.explain.personal import without_personal
    from .results.explain.public import public as for_all
    from .results.explain.target import target

    diagnostics = Diagnostics()
    key = target(run, entity, key_text, name, diagnostics, guarded(), public)
    if key is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    found = explained(run, entity, key, name, otherwise=True)
    return for_all(run, found, key) if public else without_personal(found) if guarded() else found


def guarded() -> bool:
    """Whether what is printed may be read by anybody, as the log of an automatic run is: `CI` is set."""
    return bool(os.environ.get("CI"))


def test(paths: Iterable[str | Path], backend: str = "reference", coverage: bool = False) -> TestReport:
    """Run the cases of policies: a path is a file of cases, a policy with one beside it, or a folder of such.

    With `coverage` the report says in full what the cases have seen: both outcomes of each condition, and so on.
    """
    from .results.cases.cases import run_cases

    return run_cases(paths, backend, coverage)


def mutate(
    paths: Iterable[str | Path], most: int | None = None, seed: int = 0, progress: Progress | None = None,
    processes: int = 1,
) -> tuple[PolicyMutation, ...]:  # fmt: skip
    """Which small changes of policies their cases do not notice: of all, or of `most`; by so many `processes`."""
    from .results.cases.mutation import mutate_all

    return mutate_all(paths, most, seed, progress, processes)


def generate(paths: Iterable[str | Path]) -> list[GeneratedFile]:
    """Cases around the cuts of policies, from the cases that they have, with what comes out today."""
    from .results.cases.generated_file import generated_files

    return generated_files(paths)


def outcome(run: Run, equity: bool = False) -> Outcome:
    """The result tables of a run, with `equity` that of groups of students, what it holds undetermined, and what it
    finds.
    """
    from .results.outcome import outcome as of_run

    return of_run(run, equity)


def write(result: Outcome, out: str | Path, format: str = "csv") -> None:
    """Write the tables of a run and `run.json` into a folder, whole or not at all: as csv, json, parquet or xlsx.

    Raises PolicyError where the folder holds something that is not a run (X012), or cannot be written (X019), or where
    a workbook cannot hold a table (X040).
    """
    from .results.record import write_run

    diagnostics = Diagnostics()
    files = table_files(result, format, diagnostics)
    if diagnostics.has_errors or not write_run(result, files, Path(out), __version__, diagnostics):
        raise PolicyError(diagnostics.sorted())


def table_files(result: Outcome, format: str, diagnostics: Diagnostics) -> dict[str, bytes]:
    """The tables of a run as files, name → bytes: one for each table, or one workbook with all."""
    if format == "xlsx":
        from .views.workbook import FILE, workbook

        return {FILE: workbook(result, __version__, diagnostics)}
    from .results.table_file import table_files as files_of

    return files_of(result.tables, format)


def verify(
    folder: str | Path, policy: str | Path | None = None, data: str | Path | None = None, backend: str = "duckdb"
) -> Report:
    """Hold the files of a recorded run to `run.json` (X041 to X044); with `policy` and `data`, make the run again as of
    its day and compare byte for byte (X045, X046). Raises PolicyError where the policy or the data are at fault.
    """
    from .results.record import RECORD, record_bytes
    from .results.verification import compare_runs, read_record, verify_files

    folder, diagnostics = Path(folder), Diagnostics()
    record = read_record(folder, diagnostics)
    if record is None:
        return Report(diagnostics.sorted())
    verify_files(folder, record, diagnostics)
    if policy is not None and data is not None:
        formats = [name.rpartition(".")[2] for name in record["outputs"]]
        day, equity = Date.fromisoformat(record["as_of"]), "equity" in record["rows"]
        result = outcome(evaluate(policy, data, day, backend, equity=equity), equity)
        files = table_files(result, formats[0] if formats else "csv", diagnostics)
        compare_runs(folder, record, {**files, RECORD: record_bytes(result, files, __version__)}, diagnostics)
    return Report(diagnostics.sorted(), len(record["outputs"]))
