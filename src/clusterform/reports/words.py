"""What reports over several forms say beside the findings: heads of tables, names of parts; in both languages."""

from __future__ import annotations

_PLACE = {"zh": 0, "en": 1}

WORDS: dict[str, tuple[str, str]] = {
    # A row a form.
    "overview": ("各表情况", "Forms at a glance"),
    "file": ("文件", "File"),
    "form": ("表格", "Form"),
    "cluster": ("集群名称", "Cluster"),
    "place": ("所属地区", "Place"),
    "status": ("结果", "Result"),
    "error": ("必须修改", "Errors"),
    "warning": ("建议核对", "Warnings"),
    "manual": ("人工确认", "To confirm"),
    "info": ("提示", "Notes"),
    "status.pass": ("无须修改", "Nothing to correct"),
    "status.fail": ("需要修改", "To correct"),
    "status.unreadable": ("无法读取", "Not readable"),
    "status.incomplete": ("未检查完", "Not completed"),
    # Across forms.
    "batch": ("整批核对", "Across the forms"),
    "batch.files": ("涉及：{names}", "concerns: {names}"),
    "batch.more": ("等 {count} 份", " and others, {count} in all"),
}


def word(key: str, language: str, **facts: object) -> str:
    """The words of that key in zh or en, with their {placeholders} filled. KeyError as for messages.text."""
    return WORDS[key][_PLACE[language]].format_map(facts)
