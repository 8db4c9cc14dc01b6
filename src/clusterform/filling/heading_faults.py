"""What is wrong with the headings of a form's parts: missing, doubled, out of order (CF010)."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Observation
from clusterform.filling.outline import Outline
from clusterform.finding import Location
from clusterform.forms.model import FormDef, SectionDef


def heading_faults(outline: Outline, form: FormDef) -> Iterator[Observation]:
    """A part heading that is missing, doubled or out of order (CF010)."""
    numbers = [number for number, _, _ in outline.seen]
    for section in form.sections:
        if section.heading and section.number not in numbers:
            yield Observation("section-missing", section=section.number, label=section.heading)
    settled = _in_order(outline)
    for number, location, text in outline.beside[:1]:
        yield _fault("section-beside", _section(form, number), text, location)
    told: set[int] = set()
    for number, location, text in outline.seen:
        if number in told:
            yield _fault("section-doubled", _section(form, number), text, location)
        elif number not in settled:
            yield _fault("section-misplaced", _section(form, number), text, location)
        told.add(number)


def _in_order(outline: Outline) -> set[int]:
    """The parts that stand in order. Sheets have none among them: whoever looks for a part looks for its tab."""
    by_sheet: dict[str | None, list[int]] = {}
    for number, location, _ in outline.seen:
        by_sheet.setdefault(location.sheet, []).append(number)
    return {n for numbers in by_sheet.values() for n in _longest_rising(list(dict.fromkeys(numbers)))}


def _longest_rising(numbers: list[int]) -> set[int]:
    """The largest set of parts that stand in order: the fewest others are out of place."""
    best: list[list[int]] = []
    for number in numbers:
        longest: list[int] = []
        for run in best:
            if run[-1] < number and len(run) > len(longest):
                longest = run
        best.append([*longest, number])
    whole: list[int] = max(best, key=len, default=[])
    return set(whole)


def _fault(what: str, section: SectionDef, text: str, location: Location) -> Observation:
    return Observation(what, section=section.number, label=section.heading, value=text, location=location)


def _section(form: FormDef, number: int) -> SectionDef:
    return next(s for s in form.sections if s.number == number)
