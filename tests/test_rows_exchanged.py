"""Two rows of counts, each typed in the other's place: one cause; two rows that differ in part stay as they are."""

from __future__ import annotations

from pathlib import Path

from clusterform.finding import Finding, Severity
from support.answers import clean
from support.forms import write
from support.reading import checked

ONE, OTHER = "digital.cloud_smes", "digital.platform_smes"


def errors(years: tuple[str, ...], path: Path) -> list[Finding]:
    texts = clean("application").texts
    changed = {f"{ONE}@{y}": texts[f"{OTHER}@{y}"] for y in years}
    changed |= {f"{OTHER}@{y}": texts[f"{ONE}@{y}"] for y in years}
    path.write_bytes(write("application", changes={"set": changed}))
    return [f for f in checked(path).findings if f.severity is Severity.ERROR]


def test_two_rows_exchanged_are_one_finding(tmp_path: Path) -> None:
    (found,) = errors(("2022", "2023", "2024"), tmp_path / "a.docx")
    assert (found.field, len(found.explains)) == (ONE, 6)
    assert found.cause is not None
    assert found.cause.kind == "exchanged"
    assert found.cause.expected == ("96", "118", "143", "71", "92", "117")
    assert "填反了" in found.message


def test_one_year_exchanged_is_no_exchange_of_rows(tmp_path: Path) -> None:
    found = errors(("2023",), tmp_path / "a.docx")
    assert found
    assert all(f.cause is None or len(f.cause.cells) < 6 for f in found)
