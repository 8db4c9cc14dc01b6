"""What is said of a container that cannot be read, and what to do about it."""

from __future__ import annotations

from clusterform.errors import UnreadableError


def over(zh: str, en: str) -> UnreadableError:
    """Too big or too much."""
    return UnreadableError(
        "over-limits",
        f"{zh}，超出安全限制，已停止读取。请删去多余的图片和附件，用 WPS 或 Word 另存为新文件再提交。",
        f"Reading was stopped: {en}, over the safe limits. Remove needless pictures and attachments "
        "and save the file anew.",
    )


def too_long(seconds: int) -> UnreadableError:
    """A file whose check was stopped."""
    return UnreadableError(
        "over-limits",
        f"检查用时超过 {seconds} 秒。请用 WPS 或 Word 打开确认内容正常后另存为新文件；时限可用 --timeout 调整。",
        f"Its check took more than {seconds} seconds. Save the file anew in Word or WPS; --timeout sets the limit.",
    )


def too_much_memory() -> UnreadableError:
    """The same, for what it took of the machine."""
    return UnreadableError(
        "over-limits",
        "检查所需内存过大。请删去多余的图片和附件，用 WPS 或 Word 另存为新文件再检查。",
        "Its check needs too much memory. Remove needless pictures and attachments and save the file anew.",
    )


def no_file(source: object) -> UnreadableError:
    """A pipe, a device or a socket: there may be no end of it."""
    return UnreadableError(
        "cannot-open",
        f"{source} 是管道或设备，不是文件。请把表格存成 .docx 或 .xlsx 文件，再重新检查。",
        f"{source} is a pipe or a device, no file. Save the form as a .docx or .xlsx file, then check again.",
    )


def no_form(zh: str, en: str) -> UnreadableError:
    """No Word or Excel file."""
    return UnreadableError(
        "cannot-open",
        f"{zh}。请用 WPS 或 Word 打开填好的表格，另存为 .docx 或 .xlsx，再重新检查。",
        f"{en}. Open the filled form in Word or WPS and save it as .docx or .xlsx, then check again.",
    )


def nothing_inside() -> UnreadableError:
    """An empty container."""
    return no_form("文件里什么也没有（空压缩包）", "There is nothing inside (an empty zip)")


def damaged() -> UnreadableError:
    """A container that breaks off or contradicts itself."""
    return no_form(
        "文件已损坏或没有复制完整（压缩结构不完整）",
        "The file is damaged or was not copied whole (a broken zip)",
    )


def sheet_lost(name: str) -> UnreadableError:
    """A workbook that names a sheet and does not hold it."""
    return no_form(
        f"工作簿里缺少工作表“{name}”的内容，文件已损坏或没有复制完整",
        f"The workbook does not hold its sheet “{name}”: the file is damaged or was not copied whole",
    )


def cell_too_long(reference: str, length: int, most: int) -> UnreadableError:
    """A cell of a workbook that Excel itself would not open whole."""
    return UnreadableError(
        "over-limits",
        f"单元格 {reference} 有 {length} 个字符，而 Excel 一个单元格最多 {most} 个，已停止读取。请删短该单元格的文字，"
        "或把长文字改放在附件里，保存后重新检查。",
        f"Reading was stopped: cell {reference} holds {length} characters, and a cell of Excel no more than {most}. "
        "Shorten its text, or move it into an annex, save the file, then check again.",
    )


def encrypted() -> UnreadableError:
    """A file with a password or rights management."""
    return UnreadableError(
        "encrypted",
        "文件设有打开密码或受权限保护，无法读取。请在 WPS 或 Word 中取消密码（文件 > 文档加密）后保存，再重新检查。",
        "The file is encrypted or rights-managed. Remove the password in Word or WPS, save it, then check again.",
    )
