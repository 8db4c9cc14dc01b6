"""What is promised of every copy that `fix` makes, whatever the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from clusterform.answers import Answer, FilledForm
from clusterform.copies.fix import Fixed, FixOptions, fixed
from clusterform.copies.repairs import Repair, repairs_of
from clusterform.finding import FileReport, Severity
from clusterform.parsers.container.own_marks import OWN_MARKS, copy_mark
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from clusterform.writing.text_edits import bare

CHECKER = Checker(Settings(ignore=("CF013",)))
"""Without the comparison of pages, for which LibreOffice takes seconds."""
ROUNDED = FixOptions(rounding=True)
WAYS = (FixOptions(), FixOptions(accepted=True), ROUNDED)
"""Tracked, plain, and tracked with all that is rounded."""


def _found(report: FileReport) -> Counter[tuple[object, ...]]:
    return Counter(
        (f.rule, f.severity, f.field, f.column, f.label) for f in report.findings if f.variant != OWN_MARKS
    )


def require_safe_repairs(path: Path, folder: Path, ways: Sequence[FixOptions] = WAYS) -> int:
    """All that is promised of mended copies of a form, made in these ways. How many places were mended."""
    report, form = CHECKER.examine(path)
    return sum(
        _require_safe(path, folder / "mended", report, form, how)
        for how in ways
        if repairs_of(report, form, rounding=how.rounding)
    )


def _require_safe(path: Path, copy: Path, report: FileReport, form: FilledForm, how: FixOptions) -> int:
    before = path.read_bytes()
    made = fixed(CHECKER, path, how)
    assert path.read_bytes() == before
    assert all(not repair.brings for repair in made.made)
    if made.made:
        copy = copy.with_suffix(made.ending)
        copy.write_bytes(made.data)
        again, read = CHECKER.examine(copy)
        _require_answers(made, form, read, how)
        _require_findings(made, report, again)
        assert copy_mark(open_package(copy)) == "fixed"
        second = fixed(CHECKER, copy, how)
        assert second.made == ()
        assert _said(second.left) == _said(made.left)
    return len(made.made)


def _said(repairs: tuple[Repair, ...]) -> list[object]:
    return [(r.address, r.before, r.after) for r in repairs]


def _require_answers(made: Fixed, form: FilledForm, read: FilledForm, how: FixOptions) -> None:
    """Each mended answer says what it said before, or 无 where that can be the answer; no other is touched."""
    mended = {repair.address for repair in made.made}
    assert len(mended) == len(made.made)
    for repair in made.made:
        answer, item = read.answer(*repair.address), form.fields[repair.address[0]]
        assert answer.text == repair.after
        if repair.after == "无":
            assert item.can_be_none(repair.address[1])
        elif not how.rounding:
            assert _number(answer) == _number(form.answer(*repair.address))
    for address, answer in form.answers.items():
        assert address in mended or bare(answer) == bare(read.answer(*address))


def _number(answer: Answer) -> object:
    return answer.decimal if answer.decimal is not None else answer.value


def _require_findings(made: Fixed, report: FileReport, again: FileReport) -> None:
    """None is new, and one less of each that was mended; of our own marks an information alone tells."""
    assert not _found(again) - _found(report)
    for repair in made.made:
        f = repair.finding
        key = (f.rule, f.severity, f.field, f.column, f.label)
        assert _found(again)[key] < _found(report)[key]
    assert {f.severity for f in again.findings if f.variant == OWN_MARKS} <= {Severity.INFO}
