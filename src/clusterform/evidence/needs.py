"""What this form's ticks and figures need, code by code: the filler's shopping list, and how much of it is there."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import FilledForm
from clusterform.claims.claims import Claim, DueClaim, claims_on
from clusterform.claims.codes import printed
from clusterform.claims.matching import Matcher
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import Address
from clusterform.finding import EvidenceNeed, EvidenceProof
from clusterform.forms.lists import ListDef


def lines_needed(form: FilledForm) -> tuple[EvidenceLine, ...]:
    """A line for each box and row that needs evidence; what the form's own list gives is taken over."""
    lines = (
        {**texts, "code": printed(claim.code), "subject": due.label}
        for claim, due, items in _due(form)
        for texts in [{**item.texts, "file": item.subject if item.unlisted else item.file} for item in items]
        or [{}]
    )
    return tuple(EvidenceLine({**line, "number": str(number)}) for number, line in enumerate(lines, 1))


def rows_needed(form: FilledForm, listed: ListDef) -> list[tuple[str, ...]]:
    """The same as rows of that list."""
    return [tuple(line.texts.get(c.key, "") for c in listed.printed) for line in lines_needed(form)]


def needs(form: FilledForm) -> tuple[EvidenceNeed, ...]:
    """The same with where each is found, for the check-list."""
    searched = form.evidence_folder is not None
    return tuple(
        EvidenceNeed(
            code=printed(claim.code),
            label=due.label,
            figure=form.answer(due.path, due.column).text if claim.option is None else "",
            proofs=tuple(_proof(item, searched) for item in items if item.given),
        )
        for claim, due, items in _due(form)
    )


def _due(form: FilledForm) -> Iterator[tuple[Claim, DueClaim, list[EvidenceLine]]]:
    """Each claim that is ticked or not zero, in the form's order, with the lines that are surely its own."""
    matcher, on = Matcher.of(form), claims_on(form)
    held: dict[Address, list[EvidenceLine]] = {}
    for item in form.evidence or ():
        for claim in matcher.match(item).sure:
            lines = held.setdefault(claim.key, [])
            if item not in lines:
                lines.append(item)
    for claim in matcher.known:
        if claim.key in on.due:
            yield claim, on.due[claim.key], held.get(claim.key, [])


def _proof(item: EvidenceLine, searched: bool) -> EvidenceProof:
    files = tuple(file.name for file in item.files) or ((item.file.strip(),) if item.file.strip() else ())
    return EvidenceProof(
        source="" if item.unlisted else item.source,
        number=item.number.strip(),
        title=item.title.strip(),
        kind=item.kind.strip(),
        files=files,
        pages="" if item.pages.strip() in files else item.pages.strip(),
        listed=not item.unlisted,
        missing=searched and not item.files,
    )
