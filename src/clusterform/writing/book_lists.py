"""The sheets of a blank workbook that are no part of the form: 填报说明, 佐证材料清单 and the codes for it, the summaries."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.forms.model import FormDef
from clusterform.writing.book_page import Entry, Page, Role

_EVIDENCE = (
    ("序号", 6),
    ("编号", 9),
    ("对应栏目", 46),
    ("材料名称", 40),
    ("材料类型", 18),
    ("文件", 24),
    ("页码", 10),
)
_PROOFS = ("主管部门证明", "第三方机构证明", "申报主体自我声明")
_LINES = 80
_CODES = "佐证材料栏目编号"
_CODES_SHEET = "目录（佐证栏目编号）"


def guidance_page(form: FormDef) -> Page:
    """填报说明, word for word."""
    page = Page(form.guidance.heading, (20,) * 5)
    page.line(form.guidance.heading, Role.TITLE, 32)
    for number, text in enumerate(form.guidance.items, 1):
        page.line(f"{number}. {text}", Role.NOTE)
    return page


def codes(form: FormDef) -> Iterator[tuple[str, str]]:
    """Every box and row that may ask for evidence: its number on the evidence list, and its official text."""
    told: set[str] = set()
    for path, item in form.fields.items():
        for option in item.options:
            if option.evidence and option.code:
                yield option.code, option.label
        row = form.rows[path]
        if (
            item.evidence
            and item.evidence_code
            and item.evidence_code not in told
            and not row.ticked_evidence
        ):
            told.add(item.evidence_code)
            yield item.evidence_code, item.group or item.label


def codes_page(form: FormDef) -> Page:
    """The codes, for the evidence list to choose from."""
    page = Page(_CODES_SHEET, (12, 80), frozen=2)
    page.line(_CODES, Role.TITLE, 32)
    page.put("编号", Role.HEAD, 0)
    page.put("栏目", Role.HEAD, 1)
    page.row += 1
    for code, text in codes(form):
        page.put(code, Role.OPTION, 0)
        page.put(text, Role.OPTION, 1)
        page.row += 1
    return page


def evidence_page(form: FormDef) -> Page:
    """佐证材料清单; number and text are chosen from the codes."""
    count = len(list(codes(form)))
    sources = {
        "编号": f"='{_CODES_SHEET}'!$A$3:$A${count + 2}",
        "对应栏目": f"='{_CODES_SHEET}'!$B$3:$B${count + 2}",
    }
    page = Page(form.evidence_headings[0], tuple(width for _, width in _EVIDENCE), frozen=2, landscape=True)
    page.line(form.evidence_headings[0], Role.TITLE, 32)
    page.row = _table(page, [head for head, _ in _EVIDENCE], _LINES, sources)
    return page


def _table(page: Page, heads: list[str], lines: int, sources: dict[str, str]) -> int:
    """A header and numbered open rows; the next free row."""
    for place, head in enumerate(heads):
        page.put(head, Role.HEAD, place)
    page.row += 1
    page.frozen = page.row
    for number in range(1, lines + 1):
        for place, head in enumerate(heads):
            text = str(number) if head == "序号" else ""
            page.put(text, Role.ANSWER, place, entry=_column_entry(head, sources))
        page.row += 1
    return page.row


_CHOICES = {
    "材料类型": (_PROOFS, "主管部门、第三方机构出具的证明，或申报主体自我声明。"),
    "初审结果": (("通过", "未通过"), "未通过的，在“未通过原因”一列说明原因。"),
}


def _column_entry(head: str, sources: dict[str, str]) -> Entry:
    choices, hint = _CHOICES.get(head, ((), ""))
    if head in sources:
        hint = f"从列表中选择，全部可选项见“{_CODES_SHEET}”工作表。"
    return Entry("text", choices=choices, source=sources.get(head, ""), hint=hint)
