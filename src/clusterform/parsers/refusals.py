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


def encrypted() -> UnreadableError:
    """A file with a password or rights management."""
    return UnreadableError(
        "encrypted",
        "文件设有打开密码或受权限保护，无法读取。请在 WPS 或 Word 中取消密码（文件 > 文档加密）后保存，再重新检查。",
        "The file is encrypted or rights-managed. Remove the password in Word or WPS, save it, then check again.",
    )
