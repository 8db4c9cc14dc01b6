"""A blank workbook filled with answers."""

from __future__ import annotations

from clusterform.errors import UsageError
from clusterform.parsers.package import Package
from clusterform.writing.given import GivenForm


def fill_xlsx(given: GivenForm, package: Package, name: str) -> bytes:
    """The blank workbook in `package` filled with the answers of the file called `name`."""
    raise UsageError(
        f"{name}：暂时不能填写 Excel 工作簿（{given.form}，{package.kind}），请把输出文件名改为 .docx。",
        f"{name}: workbooks cannot be filled yet ({given.form}, {package.kind}); write a .docx.",
    )
