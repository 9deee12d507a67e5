"""The cases of policies as JUnit XML, which build servers show: a suite for each policy, a test for each case."""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..results.cases.cases import CaseResult, TestReport
from ..text.characters import writable
from ..text.diagnostic import Severity


def junit_xml(report: TestReport) -> str:
    """The report as XML. A case that could not be run is an error; what is wrong with files is a suite of its own."""
    suites = Element("testsuites", name="specie test")
    for file, cases in groupby(report.cases, key=lambda one: one.span.source.name):
        _add_suite(suites, file, list(cases))
    wrong = [one for one in report.diagnostics if one.severity is Severity.ERROR]
    if wrong:
        suite = SubElement(
            suites, "testsuite", name="files", tests=str(len(wrong)), failures="0", errors=str(len(wrong)), skipped="0"
        )
        for one in wrong:
            line, _ = one.span.source.position(one.span.start)
            name = writable(f"{one.code} {one.span.source.name}:{line}")
            test = SubElement(suite, "testcase", name=name, classname=writable(one.span.source.name))
            SubElement(test, "error", message=writable(one.message), type=one.code)
    tests, failures, errors = (
        sum(int(suite.get(what, "0")) for suite in suites) for what in ("tests", "failures", "errors")
    )
    suites.attrib |= {"tests": str(tests), "failures": str(failures), "errors": str(errors)}
    indent(suites)
    text = tostring(suites, encoding="us-ascii").decode("ascii")  # other characters by their numbers
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_suite(suites: Element, file: str, cases: list[CaseResult]) -> None:
    broken = sum(one.broken for one in cases)
    failed = sum(bool(one.failures) and not one.broken for one in cases)
    suite = SubElement(
        suites, "testsuite", name=writable(cases[0].policy or file), file=writable(file), tests=str(len(cases)),
        failures=str(failed), errors=str(broken), skipped="0",
    )  # fmt: skip
    for one in cases:
        line, _ = one.span.source.position(one.span.start)
        test = SubElement(
            suite, "testcase", name=writable(one.name), classname=writable(one.policy or file), file=writable(file),
            line=str(line),
        )  # fmt: skip
        if one.broken:
            SubElement(test, "error", message="the case could not be run", type="error")
        elif one.failures:
            first = one.failures[0]
            message = f"{first.what}: expected {first.expected}, got {first.got}"
            failure = SubElement(test, "failure", message=writable(message), type="difference")
            told = [f"published: {one.cite}"] if one.cite else []
            for each in one.failures:
                at, _ = each.span.source.position(each.span.start)
                told.append(f"{each.span.source.name}:{at} {each.what}: expected {each.expected}, got {each.got}")
                told += [f"  why: {each.why}"] if each.why else []
                told += [f"    {line}" for line in each.more]
            failure.text = writable("\n".join(told))
