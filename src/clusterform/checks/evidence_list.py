"""The evidence list against what the form asks for: lines missing, astray, and of another length."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from clusterform.answers import CountNames, State, TicksAnswer
from clusterform.checks.check import Check
from clusterform.checks.reader import Hit, Reader
from clusterform.claims.claims import Claim, FormClaims
from clusterform.claims.codes import printed
from clusterform.claims.matching import LineMatch, MatchedLine, MatchedLines, names_something
from clusterform.evidence_line import EvidenceFile, EvidenceLine
from clusterform.fields import Field
from clusterform.finding import EVIDENCE_LIST, Location, Severity
from clusterform.messages import Text
from clusterform.text import fold


class EvidenceMissing(Check, kind="evidence_missing"):
    """A ticked box, or a row that is not zero, without a line on the evidence list.

    `of`: whether boxes or rows are looked at. That there is no list at all is said with the boxes.
    """

    of: Literal["options", "rows"]

    by_answers = True

    def places(self, reader: Reader) -> Iterator[Claim | tuple[int, int]]:
        """Each claim without a line; without a list that tells it, once the numbers of boxes and rows that need one.

        A line of which it is in doubt what it belongs to is another rule's to report, and may be this claim's.
        """
        matched = reader.shared("evidence", MatchedLines.of)
        if reader.form.evidence is None or matched.titles_only:
            due = matched.on.due
            boxes = sum(1 for _, option in due if option is not None)
            if due and self.of == "options":
                yield boxes, len(due) - boxes
            return
        yield from (c for c in matched.lacking if (c.option is None) == (self.of == "rows"))

    def judge(self, reader: Reader, place: Claim | tuple[int, int]) -> Hit:
        """Says it at the box or row; a list that is missing or tells nothing weighs less: a person can still compare."""
        if not isinstance(place, Claim):
            boxes, rows = (str(n) for n in place)
            lines = reader.form.evidence or ()
            facts = {
                "boxes": boxes,
                "rows": rows,
                "folder": reader.form.evidence_folder or "",
                "lines": str(len(lines)),
            }
            unnamed = "no-list" if reader.form.evidence_folder is None else "no-list-no-names"
            return Hit(
                section=EVIDENCE_LIST,
                label=Text("section.evidence").zh,
                variant="titles-only" if lines else unnamed,
                severity=Severity.MANUAL,
                facts=facts,
                location=lines[0].location if lines else None,
            )
        matched = reader.shared("evidence", MatchedLines.of)
        empty = next((li for li, match in matched.lines if li.empty and place in match.claims), None)
        facts = {"code": printed(place.code), "title": empty.title.strip() if empty else ""}
        path, label, column = matched.on.due[place.key]
        hit = Hit(path, column, label=label, variant="empty-line" if empty else None, facts=facts)
        return hit if self.of == "rows" else hit._replace(value=label, location=_box(reader, place))


def _box(reader: Reader, place: Claim) -> Location | None:
    ticks = reader.answer(place.path)
    return ticks.boxes.get(place.option or "") if isinstance(ticks, TicksAnswer) else None


_NAMED = 4
"""So many boxes and rows are named; of the rest the number."""


class EvidenceStray(Check, kind="evidence_stray"):
    """Evidence for a box not ticked, a row of zero, or nothing on the form; or who knows for which.

    `words`: what the form asks for apart from its boxes and rows, such as 计算公式.
    """

    words: tuple[str, ...] = ()

    by_answers = True

    def places(self, reader: Reader) -> Iterator[MatchedLine]:
        """Each line that says anything, with what it fits; a doubtful one with what it may yet be needed for.

        Of a list that tells of no line what it is for nothing is said: a person compares it whole.
        """
        matched = reader.shared("evidence", MatchedLines.of)
        if matched.titles_only:
            return
        lines = [(line, match) for line, match in matched.lines if line.given and line.called]
        due = matched.on.due.keys() - {claim.key for _, match in lines for claim in match.sure}
        for line, match in lines:
            if match.doubt == "several":
                wanting = [c for c in match.claims if c.key in due]
                yield (
                    line,
                    LineMatch(tuple(wanting), "several") if len(wanting) > 1 else LineMatch(match.claims),
                )
            else:
                yield line, match

    def judge(self, reader: Reader, place: MatchedLine) -> Hit | None:
        """A line that fits anything ticked or not zero is right, and so is one for a row that asks for none.

        What is blank or missing is another rule's to report, and its evidence may well be due.
        """
        line, match = place
        found, on = match.claims, reader.shared("evidence", MatchedLines.of).on
        if match.doubt:
            return _hit(line, match.doubt, found, on)
        if any(claim.key in on.due or claim.key in on.open for claim in found):
            return None
        if found:
            return _hit(line, "unasked", found, on)
        words = fold(line.subject + line.title)
        named = any(fold(word) in words for word in self.words)
        if named or names_something((line.subject, line.title), reader.form):
            return None
        return _hit(line, None, found, on)


def _hit(line: EvidenceLine, variant: str | None, found: tuple[Claim, ...], on: FormClaims) -> Hit:
    subject = line.called
    names = [f"{printed(claim.code)} {on.label(claim)}" for claim in found[:_NAMED]]
    key = "checks.many" if len(found) > len(names) else "checks.all"
    if line.unlisted:
        variant = "file-unasked"
    return Hit(
        section=EVIDENCE_LIST,
        label=subject,
        value=line.title.strip() or subject,
        variant=variant,
        facts={
            "number": line.number.strip() or "—",
            "named": on.label(found[0]) if found else "",
            "code": printed(found[0].code) if found else "",
            "all": Text(key, names=tuple(f"“{name}”" for name in names), count=len(found)),
            "where": Text("checks.source", name=line.source) if line.source else "",
        },
        location=line.location,
    )


ClaimWithFiles = tuple[Claim, tuple[EvidenceFile, ...]]


class EvidenceRows(Check, kind="evidence_rows"):
    """A list handed in as a table holds another number of entries than the form says."""

    by_answers = True

    def places(self, reader: Reader) -> Iterator[ClaimWithFiles]:
        """Each row that asks for a list, with the tables given for it and for nothing else."""
        matched = reader.shared("evidence", MatchedLines.of)
        tables: dict[tuple[str, str | None], dict[str, EvidenceFile]] = {}
        for line, match in matched.lines:
            found = match.sure if any(file.rows for file in line.files) else ()
            if len({c.key for c in found}) == 1:
                tables.setdefault(found[0].key, {}).update({f.name: f for f in line.files if f.rows})
        for claim in matched.known:
            held = tables.get(claim.key)
            if claim.option is None and claim.key in matched.on.due and held:
                yield claim, tuple(held.values())

    def judge(self, reader: Reader, place: ClaimWithFiles) -> Hit | None:
        """Any honest way of counting, on the form or in the list, may be the right one."""
        claim, files = place
        rows = [_numbers(reader, field) for field in claim.rows]
        figures = _figures(rows)
        if not figures or figures & _counts(files):
            return None
        path, label, _ = reader.shared("evidence", MatchedLines.of).on.due[claim.key]
        return Hit(
            section=EVIDENCE_LIST,
            label=label,
            value=str(sum((n for numbers in rows for n in numbers.values()), Decimal())),
            facts={
                "field": path,
                "rows": str(sum(file.rows[0] for file in files)),
                "files": "、".join(file.name for file in files),
            },
        )


def _counts(files: tuple[EvidenceFile, ...]) -> set[Decimal]:
    counts = {n for file in files for n in file.rows}
    counts.add(sum(file.rows[0] for file in files))
    counts.add(sum(file.rows[-1] for file in files))
    return {Decimal(n) for n in counts}


def _figures(rows: list[dict[str | None, Decimal]]) -> set[Decimal]:
    """The total, each row's own, and of a matrix each year's and each column's."""
    figures = {sum((n for numbers in rows for n in numbers.values()), Decimal())}
    for numbers in rows:
        figures.add(sum(numbers.values(), Decimal()))
        for part in {part for column in numbers if column for part in column.split("/")}:
            figures.add(sum((n for c, n in numbers.items() if c and part in c.split("/")), Decimal()))
    return figures - {Decimal()}


def _numbers(reader: Reader, field: Field) -> dict[str | None, Decimal]:
    """Unknown where one is not known."""
    return {column: _number(reader, path, column) for path, column in field.places}


def _number(reader: Reader, path: str, column: str | None) -> Decimal:
    answer = reader.sure(path, column)
    value = answer.value
    if isinstance(value, CountNames):
        return value.count if value.count is not None else Decimal()
    if isinstance(value, Decimal):
        return value
    return Decimal() if answer.state is State.NONE else reader.figure(path, column).value
