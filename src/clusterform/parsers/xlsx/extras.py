"""What a workbook holds beside its answers: hidden cells and sheets, notes, macros, links to the outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clusterform.answers import Observation
from clusterform.finding import Location
from clusterform.messages import Text
from clusterform.parsers.container.extras import beside, hidden_text, white_text
from clusterform.parsers.container.own_marks import LEGEND_SHEET, OWN_MARKS, is_own_note
from clusterform.parsers.container.package import Package
from clusterform.parsers.xlsx.cells import Cells, reference


def extras(package: Package, sheets: Iterable[str], *, dde: bool, legend: bool) -> tuple[Observation, ...]:
    exchange = [Text("active.dde-formula")] if dde or _exchanges(package) else []
    return (*beside(package, *exchange), *_notes(package, sheets, legend=legend))


def hidden_sheet(name: str, cells: Cells) -> Iterator[Observation]:
    """A hidden sheet that holds text. What stands in it is read where it stands nowhere else."""
    texts = [cells.contents[place].text.strip() for place in sorted(cells.contents)]
    if any(texts):
        yield hidden_text(f"{name}：{next(filter(None, texts))}", Location(sheet=name))


def hidden_cells(name: str, cells: Cells) -> Iterator[Observation]:
    """Hidden rows and columns that hold text, each once, at its first text. They are read all the same."""
    reported: set[tuple[str, int]] = set()
    for (row, column), held in sorted(cells.contents.items()):
        text = held.text.strip()
        hidden = [("row", row)] if row in cells.hidden_rows else []
        hidden += [("column", first) for first, last in cells.hidden_columns if first <= column <= last]
        if text and hidden and not reported & set(hidden):
            yield hidden_text(text, Location(sheet=name, ref=reference(row, column)))
        if text:
            reported.update(hidden)
    white = [cells.contents[place].text for place in cells.white]
    first = reference(*cells.white[0]) if white else None
    yield from white_text(white, Location(sheet=name, ref=first))


def _notes(package: Package, sheets: Iterable[str], *, legend: bool) -> Iterator[Observation]:
    """Notes, and the conversations of newer Excel, whose first words stand among the notes as well."""
    count = own = 0
    for part in filter(None, (package.related("comments", sheet) for sheet in sheets)):
        root = package.xml(part)
        authors = {str(number): e.text for number, e in enumerate(root.iter("{*}author"))}
        for note in root.iter("{*}comment"):
            author = authors.get(note.get("authorId") or "")
            ours = is_own_note(author, "".join(map(str, note.itertext())))
            own += ours
            count += not ours
    if count:
        yield Observation("comment", facts={"count": str(count)})
    if own or legend:
        sheet = {"sheet": Text("traces.legend", name=LEGEND_SHEET)} if legend else {}
        yield Observation(OWN_MARKS, facts={"comments": str(own), "changes": "0", **sheet})


def _exchanges(package: Package) -> bool:
    links = (r for r in package.relationships(package.main) if r.kind == "externalLink" and not r.external)
    return any(
        package.has(link.target) and next(package.xml(link.target).iter("{*}ddeLink"), None) is not None
        for link in links
    )
