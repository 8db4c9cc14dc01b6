"""clusterform from Python: check, compare, read, fill and blank, as the commands do them. `import clusterform` gives these names.

Paths may be texts. What goes wrong raises ClusterformError, whose text is in Chinese and English.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from clusterform.answers import FilledForm
from clusterform.batch.run import How, check_all
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import Report
from clusterform.forms.edition import newest_edition
from clusterform.forms.ruleset import layers
from clusterform.output import refuse_existing, write_bytes
from clusterform.parsers.container.package import open_form, open_package
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings

if TYPE_CHECKING:
    from clusterform.comparison import Comparison
    from clusterform.copies.fix import Fixed
    from clusterform.parsers.container.package import Package

StrPath = str | os.PathLike[str]
Language = Literal["zh", "en"]


def check(
    path: StrPath,
    *,
    edition: str | None = None,
    rules: Sequence[StrPath] = (),
    evidence: StrPath | None = None,
    lang: Language = "zh",
) -> Report:
    """What `clusterform check` says of one file; a file that cannot be read is reported so, and raises nothing.

    >>> report = clusterform.check("examples/application-broken-figures.docx", lang="en")
    >>> [file] = report.files
    >>> file.status.value, file.cluster
    ('fail', '浙江省开化县精密量具产业集群')
    >>> [(f.rule, f.severity.value, f.expected) for f in file.findings if f.field == "digital.cloud_share"]
    [('CF206', 'error', '70.44')]
    """
    settings = _settings(edition, rules, evidence, lang)
    return check_all([Path(path)], Checker(settings), How(cache=False)).report


def check_folder(
    path: StrPath,
    *,
    edition: str | None = None,
    rules: Sequence[StrPath] = (),
    evidence: StrPath | None = None,
    lang: Language = "zh",
    jobs: int | None = None,
) -> Report:
    """What `clusterform batch` says of every form below a folder, and of all of them together.

    Files are checked by `jobs` workers, one for each processor if None. Where workers start as new processes
    (Windows, macOS), call it under `if __name__ == "__main__":`.

    >>> report = clusterform.check_folder("examples/province", jobs=1)
    >>> sorted({file.form for file in report.files})
    ['application', 'recommendation-summary', 'review', 'review-summary']
    >>> report.batch[0].rule
    'CF801'
    """
    settings = _settings(edition, rules, evidence, lang, batch=True)
    return check_all([Path(path)], Checker(settings), How(jobs=jobs)).report


def _settings(
    edition: str | None,
    rules: Sequence[StrPath],
    evidence: StrPath | None,
    lang: Language,
    *,
    batch: bool = False,
) -> Settings:
    return Settings(
        edition=edition,
        language=lang,
        rule_files=layers(map(Path, rules)),
        evidence=None if evidence is None else Path(evidence),
        batch=batch,
    )


def diff(
    old: StrPath,
    new: StrPath,
    *,
    edition: str | None = None,
    rules: Sequence[StrPath] = (),
    lang: Language = "zh",
    jobs: int | None = None,
) -> Comparison:
    """What lies between two submissions of a form, or of a folder of forms, as `clusterform diff` tells it.

    A file that cannot be read is among `unread`; UsageError for two forms of different kinds or editions.

    >>> made = clusterform.diff("examples/application-broken-figures.docx", "examples/application-clean.docx")
    >>> made.before, made.gone, made.added
    (12, 6, 0)
    >>> [form] = made.forms
    >>> [(a.before, a.after) for a in form.answers if a.field == "digital.cloud_share"]
    [('71.44', '70.44')]
    >>> [f.rule for f in form.findings.gone if f.field == "digital.cloud_share"]
    ['CF206']
    """
    from clusterform.batch.submissions import Submission, compare_submissions, refuse_unlike

    paths = (Path(old), Path(new))
    refuse_unlike(*paths)
    folder = paths[1].is_dir()
    checker = Checker(_settings(edition, rules, None, lang, batch=folder))
    how = How(jobs=jobs, cache=folder)
    before, after = (Submission(path, check_all([path], checker, how)) for path in paths)
    return compare_submissions(before, after, checker.settings)


def read(path: StrPath, *, edition: str | None = None) -> FilledForm:
    """The answers of a filled form, nothing judged: a pydantic model with each part, in it each answer by its key.

    An answer has its text, state, value and place; a row of several columns has one for each, by the column's key.

    >>> form = clusterform.read("examples/application-clean.docx")
    >>> form.leading_industry.total_output["2024"].value
    Decimal('87.50')
    >>> form.basic_info.industry_type.value
    ('secondary',)
    >>> form.cover.cluster_name.text, form.cover.cluster_name.state.value
    ('浙江省开化县精密量具产业集群', 'filled')
    >>> form.leading_industry.total_output["2024"].place.row
    2
    """
    path = Path(path)
    return read_form(open_form(path), Settings(edition=edition), path.stem)


def fill(
    answers: StrPath | Mapping[str, Any],
    output: StrPath,
    *,
    blank: StrPath | None = None,
    edition: str | None = None,
    force: bool = False,
) -> Path:
    """Writes a blank form filled with answers, a file of them or their data; its ending .docx or .xlsx is the format.

    What is written is read again: an answer that would be read otherwise raises DataError, and nothing is written.

    >>> answers = {"form": "application", "answers": {"basic_info.area": "18.60"}}
    >>> made = clusterform.fill(answers, folder / "filled.docx")
    >>> clusterform.read(made).basic_info.area.value
    Decimal('18.60')
    """
    from clusterform.writing import FORMATS, filled
    from clusterform.writing.answers.given_form import given_form, read_answers

    output, year = Path(output), edition or newest_edition()
    chosen = output.suffix.lower().removeprefix(".")
    if chosen not in FORMATS:
        raise UsageError("output.ending-of-form", name=output.name)
    source = None if isinstance(answers, Mapping) else Path(answers)
    empty = None if blank is None else Path(blank)
    _not_over(output, [path for path in (source, empty) if path is not None], force=force)
    name = "answers" if source is None else source.name
    given = given_form(answers, name, year) if source is None else read_answers(source, year)
    made = filled(given, chosen, None if empty is None else _opened(empty, chosen), name)
    return _written(output, made)


def blank(kind: str, output: StrPath, *, edition: str | None = None, force: bool = False) -> Path:
    """Writes a blank form, summary or evidence list, by its name in English or Chinese; .docx or .xlsx is the format.

    >>> clusterform.blank("申报表", folder / "blank.docx").name
    'blank.docx'
    """
    from clusterform.writing import blank as blank_of

    output = Path(output)
    made = blank_of(kind, output.suffix.lower().removeprefix("."), edition or newest_edition())
    _not_over(output, [], force=force)
    return _written(output, made)


def annotate(
    path: StrPath,
    output: StrPath,
    *,
    edition: str | None = None,
    rules: Sequence[StrPath] = (),
    evidence: StrPath | None = None,
    legend: bool = False,
    force: bool = False,
    lang: Language = "zh",
) -> Path:
    """Writes a copy of a filled form with a comment at each finding; the form itself is not changed.

    `legend`: in a workbook also a sheet that lists all findings.

    UsageError where the output's ending is another than the copy's, UnreadableError where there is no form to copy.

    >>> made = clusterform.annotate("examples/application-broken-figures.docx", folder / "marked.docx")
    >>> [file] = clusterform.check(made, lang="en").files
    >>> [(f.severity.value, f.message[:25]) for f in file.findings if f.rule == "CF014"]
    [('info', 'The file still holds mark')]
    """
    from clusterform.copies.annotate import annotated

    source, target = Path(path), Path(output)
    _not_over(target, [source], force=force)
    report = check(source, edition=edition, rules=rules, evidence=evidence, lang=lang)
    [file] = report.files
    ending, data = annotated(source, report, file, legend=legend)
    _require_ending(target, ending)
    return _written(target, data)


def fix(
    path: StrPath,
    output: StrPath | None,
    *,
    accept: bool = False,
    rounding: bool = False,
    select: Sequence[str] = (),
    edition: str | None = None,
    rules: Sequence[StrPath] = (),
    force: bool = False,
    lang: Language = "zh",
) -> Fixed:
    """Writes a copy of a filled form with its safe repairs, if there are any; the form itself is not changed.

    In Word they are tracked changes unless `accept`; `rounding` rounds figures of more than two decimals; without an
    output nothing is written. Errors as of `annotate`.

    >>> made = clusterform.fix("examples/application-broken-figures.docx", folder / "mended.docx")
    >>> [(repair.before, repair.after) for repair in made.made]
    [('77.2', '77.20')]
    >>> [(repair.before, repair.after, repair.brings[0].rule) for repair in made.left]
    [('/', '无', 'CF118')]
    """
    from clusterform.copies.fix import FixOptions, fixed

    source, target = Path(path), None if output is None else Path(output)
    if target is not None:
        _not_over(target, [source], force=force)
    checker = Checker(_settings(edition, rules, None, lang)).made_ready()
    made = fixed(
        checker, source, FixOptions(tuple(select), accepted=accept, language=lang, rounding=rounding)
    )
    if target is not None and made.made:
        _require_ending(target, made.ending)
        _written(target, made.data)
    return made


def _require_ending(target: Path, ending: str) -> None:
    if target.suffix.lower() != ending.lower():
        raise UsageError("copy.ending", name=target.name, ending=ending)


def _written(output: Path, made: bytes) -> Path:
    write_bytes(output, made)
    return output


def _opened(path: Path, wanted: str) -> Package:
    """The blank form; UsageError where it is of another kind than the output's name says."""
    from clusterform.parsers.container.sniff import ForeignFormatError, format_name

    try:
        package = open_package(path)
    except ForeignFormatError as foreign:
        raise UsageError(
            "blank.foreign", path=path.name, format=format_name(foreign.format), ending=wanted
        ) from foreign
    except UnreadableError as error:
        raise UnreadableError(error.what, "file.named", path=path.name, reason=error.text) from error
    if package.kind != wanted:
        raise UsageError("blank.other-ending", ending=package.kind, output=wanted)
    return package


def _not_over(target: Path, inputs: Sequence[Path], *, force: bool) -> None:
    """UsageError where the output is one of the inputs, or is there already and was not to be overwritten."""
    if any(target.resolve() == path.resolve() for path in inputs):
        raise UsageError("output.is-input", path=target)
    refuse_existing(target, force=force)
