"""Blank workbooks."""

from __future__ import annotations

from clusterform.errors import UsageError


def write_blank(kind: str, edition: str) -> bytes:
    """A blank workbook."""
    raise UsageError(
        f"{edition} 年度 {kind} 的 Excel 空白表尚未提供，请用 --format docx。",
        f"There is no blank workbook of {kind} {edition} yet; use --format docx.",
    )
