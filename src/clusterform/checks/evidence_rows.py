"""Kind `evidence_rows`: a list handed in as a table holds another number of entries than the form says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clusterform.answers import Answer, CountNames, State
from clusterform.checks.check import Check
from clusterform.checks.evidence_missing import LIST_SECTION
from clusterform.checks.reader import Hit, Reader
from clusterform.claims.claims import Claim, key_of
from clusterform.claims.matching import Matched
from clusterform.evidence_line import EvidenceFile
from clusterform.fields import Field

Place = tuple[Claim, tuple[EvidenceFile, ...]]


class EvidenceRows(Check, kind="evidence_rows"):
    """Nothing to set."""

    def places(self, reader: Reader) -> Iterator[Place]:
        """Each row that asks for a list, with the tables given for it and for nothing else."""
        matched = reader.shared("evidence", Matched.of)
        tables: dict[tuple[str, str | None], dict[str, EvidenceFile]] = {}
        for line, match in matched.lines:
            found = match.sure if any(file.rows for file in line.files) else ()
            if len({key_of(c) for c in found}) == 1:
                tables.setdefault(key_of(found[0]), {}).update({f.name: f for f in line.files if f.rows})
        for claim in matched.known:
            held = tables.get(key_of(claim))
            if claim.option is None and claim.asked and held:
                yield claim, tuple(held.values())

    def judge(self, reader: Reader, place: Place) -> Hit | None:
        """Any honest way of counting, on the form or in the list, may be the right one."""
        claim, files = place
        figures = _figures(reader, claim)
        counts = _counts(files)
        if not figures or figures & counts:
            return None
        path = claim.path
        return Hit(
            section=LIST_SECTION,
            label=claim.label,
            value=str(_total(reader, claim)),
            facts={
                "field": path,
                "rows": str(sum(file.rows[0] for file in files)),
                "files": "、".join(file.name for file in files),
            },
        )


def _counts(files: tuple[EvidenceFile, ...]) -> set[Decimal]:
    """Each file's own numbers, and their sums over all files."""
    counts = {n for file in files for n in file.rows}
    counts.add(sum(file.rows[0] for file in files))
    counts.add(sum(file.rows[-1] for file in files))
    return {Decimal(n) for n in counts}


def _rows(reader: Reader, claim: Claim) -> list[Field]:
    """The rows that are one claim: a group's, by their code."""
    row = claim.code[0]
    return [f for f in reader.form.fields.values() if f.evidence and not f.options and f.evidence_code == row]


def _total(reader: Reader, claim: Claim) -> Decimal:
    return sum((n for f in _rows(reader, claim) for n in _numbers(reader, f, sure=False).values()), Decimal())


def _figures(reader: Reader, claim: Claim) -> set[Decimal]:
    """The total, each row's own, and of a matrix each year's and each column's; Unknown where one is not known."""
    rows = [_numbers(reader, field, sure=True) for field in _rows(reader, claim)]
    figures = {sum((n for numbers in rows for n in numbers.values()), Decimal())}
    for numbers in rows:
        figures.add(sum(numbers.values(), Decimal()))
        parts = {part for column in numbers if column for part in column.split("/")}
        for part in parts:
            figures.add(sum((n for c, n in numbers.items() if c and part in c.split("/")), Decimal()))
    return figures - {Decimal()}


def _numbers(reader: Reader, field: Field, *, sure: bool) -> dict[str | None, Decimal]:
    columns: list[str | None] = [c.key for c in field.columns] or [None]
    return {column: _number(reader, field, column, sure=sure) for column in columns}


def _number(reader: Reader, field: Field, column: str | None, *, sure: bool) -> Decimal:
    answer: Answer = reader.sure(field.path, column) if sure else reader.answer(field.path, column)
    value = answer.value
    if isinstance(value, CountNames):
        return value.count if value.count is not None else Decimal()
    if sure and not isinstance(value, Decimal) and answer.state is not State.NONE:
        return reader.figure(field.path, column).value
    return value if isinstance(value, Decimal) else Decimal()
