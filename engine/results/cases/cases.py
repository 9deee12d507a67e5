"""The cases of policies: each a small run over rows that a file gives, compared with what the file expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...model.standard import STANDARD
from ...syntax.cases import Case, CaseFile
from ...syntax.load import load_policy
from ...syntax.parse_cases import parse_cases
from ...text.diagnostic import Diagnostic, Diagnostics, Severity
from ...text.load import load_source
from ...text.read import read_document
from ...text.source import Source, Span
from ...types.check_policy import check_policy
from ...types.checked import CheckedPolicy
from ..run import Run
from .condition_coverage import ConditionCoverage, PolicyCoverage
from .coverage import Coverage, Unhit
from .failure import Failure, failures
from .runner import CaseRunner

ENDING = ".cases.yaml"
"""How the name of a file of cases ends; the rest of it is that of its policy."""

GENERATED = ".generated.cases.yaml"
"""How the name of a file of generated cases ends. Such cases are run, but show nothing of how well rules are tested."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run; `broken` where it could not be, for what the report's diagnostics say."""

    name: str
    title: str
    cite: str
    span: Span
    failures: tuple[Failure, ...] = ()
    broken: bool = False
    policy: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures and not self.broken


@dataclass(frozen=True, slots=True)
class TestReport:
    """What cases showed: their results in the order of files and cases, what is wrong with files, and the rules that no
    case hit, of `rules` in all. `skipped` counts the cases of files or policies that are at fault. `coverage` is there
    where it was asked for, a policy each.
    """

    cases: tuple[CaseResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    unhit: tuple[Unhit, ...]
    rules: int
    files: int
    skipped: int = 0
    coverage: tuple[PolicyCoverage, ...] = ()

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(one.passed for one in self.cases)

    @property
    def failed(self) -> int:
        """How many cases came out otherwise."""
        return sum(bool(one.failures) for one in self.cases)

    @property
    def not_run(self) -> int:
        """How many cases could not be run, or not to their end."""
        return self.skipped + len(self.cases) - self.passed - self.failed

    @property
    def has_errors(self) -> bool:
        """Whether a case failed or a file is at fault."""
        wrong = any(one.severity is Severity.ERROR for one in self.diagnostics)
        return wrong or bool(self.failed) or bool(self.not_run)


def run_cases(paths: Iterable[str | Path], backend: str = "reference", coverage: bool = False) -> TestReport:
    """Run the cases in files. A path is a file of cases, a policy (which stands for the files beside it) or a folder
    with all that lie in it; where there are none, that is an error (Y073). With `coverage`, say in full what they saw.
    """
    found = Diagnostics()
    results: list[CaseResult] = []
    unhit: list[Unhit] = []
    covered: list[PolicyCoverage] = []
    rules = skipped = 0
    files = case_files(paths, found)
    for path in files:
        file, checked = read_cases(path, found)
        if file is None or checked is None:
            skipped += len(file.cases) if file else 0
            continue
        runner, hit = CaseRunner(file, checked, backend), Coverage(checked)
        conditions = ConditionCoverage(checked) if coverage else None
        results += [_result(runner, case, hit, conditions, found) for case in file.cases]
        if path.name.endswith(GENERATED):
            continue
        unhit += hit.unhit()
        rules += hit.count
        if conditions is not None:
            covered.append(conditions.report(hit))
    return TestReport(tuple(results), found.sorted(), tuple(unhit), rules, len(files), skipped, tuple(covered))


def _result(
    runner: CaseRunner, case: Case, hit: Coverage, conditions: ConditionCoverage | None, diagnostics: Diagnostics
) -> CaseResult:
    """Run a case; what is wrong with it goes to `diagnostics`."""
    own = Diagnostics()
    wrong: tuple[Failure, ...] = ()
    run = runner.run(case, own)
    if run is not None and not own.has_errors:
        hit.see(run)
        if conditions is not None:
            conditions.see(run)
        wrong = tuple(failures(run, case, own))
    diagnostics.extend(own.sorted())
    policy = runner.checked.policy.id
    return CaseResult(case.name, case.title, case.cite, case.span, wrong, own.has_errors, policy)


def runs_of(path: Path, backend: str = "reference") -> Iterator[tuple[Case, Run]]:
    """The cases in one file, each with its run; one that cannot be run, which `run_cases` reports, is left out."""
    file, checked = read_cases(path, Diagnostics())
    if file is None or checked is None:
        return
    runner = CaseRunner(file, checked, backend)
    for case in file.cases:
        run = runner.run(case, Diagnostics())
        if run is not None:
            yield case, run


def case_files(paths: Iterable[str | Path], diagnostics: Diagnostics) -> list[Path]:
    """The files of cases that paths name, each once (Y073)."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = [file for file in sorted(path.rglob(f"*{ENDING}")) if not _is_hidden(file, path)]
            if not inside:
                _report_none(path, f"the cases of `NAME.yaml` stand beside it in `NAME{ENDING}`", diagnostics)
            found.update(dict.fromkeys(inside))
        elif path.name.endswith(ENDING) or not path.exists():
            found[path] = None  # what is not there is reported where it is read
        else:
            beside = path.with_name(path.name.removesuffix(".yaml") + ENDING)
            if beside.is_file():
                found[beside] = None
                generated = path.with_name(path.name.removesuffix(".yaml") + GENERATED)
                found |= {generated: None} if generated.is_file() else {}
            else:
                _report_none(path, f"its cases are read from `{beside}`", diagnostics)
    return list(found)


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _report_none(path: Path, help: str, diagnostics: Diagnostics) -> None:
    diagnostics.report("Y073", Span(Source(str(path), ""), 0, 0), help=help, path=str(path))


def read_cases(path: Path, diagnostics: Diagnostics) -> tuple[CaseFile | None, CheckedPolicy | None]:
    """A file of cases and its policy; either is nothing where it is at fault."""
    own = Diagnostics()
    source = load_source(path, own)
    document = read_document(source, own) if source else None
    file = parse_cases(document, own) if document else None
    checked = _policy_of(path, file, own) if file else None
    diagnostics.extend(own.sorted())
    return file, None if own.has_errors else checked


def _policy_of(path: Path, file: CaseFile, diagnostics: Diagnostics) -> CheckedPolicy | None:
    """The policy beside a file of cases, checked; Y070, Y071, and its own errors."""
    beside = path.with_name(path.name.removesuffix(GENERATED).removesuffix(ENDING) + ".yaml")
    if not beside.is_file():
        help = f"looked for `{beside}`: a policy `NAME.yaml` has its cases in `NAME{ENDING}`"
        diagnostics.report("Y070", file.policy.span, help=help, policy=file.policy.text)
        return None
    own = Diagnostics()
    policy = load_policy(beside, own)
    checked = check_policy(policy, STANDARD, own) if policy else None
    diagnostics.extend(one for one in own.sorted() if one.severity is Severity.ERROR)
    if policy is not None and policy.id != file.policy.text:
        help = f"write `cases_of: {policy.id}`, or move the file"
        diagnostics.report("Y071", file.policy.span, help=help, named=file.policy.text, found=policy.id)
    return checked
