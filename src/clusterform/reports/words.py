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
    "status.unjudged": ("有未判断", "Not all judged"),
    "status.incomplete": ("未检查完", "Not completed"),
    # A row a finding.
    "findings": ("问题清单", "Findings"),
    "number": ("序号", "No."),
    "part": ("部分", "Part"),
    "label": ("栏目", "Row"),
    "column": ("列", "Column"),
    "where": ("位置", "Where"),
    "severity": ("级别", "Severity"),
    "rule": ("规则", "Rule"),
    "value": ("表中填写", "The form shows"),
    "expected": ("应当填写", "Expected"),
    "message": ("说明", "What to do"),
    "fix": ("可自动修正为", "Can be fixed to"),
    "basis": ("依据", "Basis"),
    "done": ("整改", "Follow-up"),
    "done.yes": ("已改", "Corrected"),
    "done.no": ("无需改", "Nothing to do"),
    "done.open": ("待核实", "To be verified"),
    "done.hint": ("请选择：已改、无需改、待核实", "Choose: corrected, nothing to do, to be verified"),
    "remark": ("备注", "Remarks"),
    # Counts.
    "counts": ("规则统计", "Rules and counts"),
    "title": ("检查内容", "What it checks"),
    "count": ("发现数", "Findings"),
    "edition": ("年度", "Edition"),
    "rulesets": ("规则集", "Rules"),
    "result": ("小结", "In sum"),
    "next": ("下一步", "What to do"),
    "differs": ("设置", "Settings"),
    "page": ("第 &P 页，共 &N 页", "Page &P of &N"),
    # The page.
    "skip": ("跳到正文", "Skip to the content"),
    "colon": ("：", ": "),
    "back": ("返回各表情况", "Back to the overview"),
    "filter.text": ("查找", "Search"),
    "filter.all": ("全部", "All"),
    "filter.shown": ("显示 {{shown}} 份，共 {{all}} 份", "{{shown}} of {{all}} shown"),
    "overview.caption": (
        "每份表一行，点击文件名查看该表的问题。",
        "A row a form; follow a file's name to what was found in it.",
    ),
    "batch.caption": (
        "需要把多份表放在一起才能看出的问题",
        "What only shows when the forms are laid side by side",
    ),
    "rules.caption": ("各规则发现的问题数及依据", "What each rule found, and its basis"),
    "rules.most": (
        "图中为发现最多的 {shown} 条规则，全部见下表。",
        "The {shown} rules that found most; all are in the table.",
    ),
    "rules.told": ("各规则的发现数：{facts}", "Findings by rule: {facts}"),
    "findings.caption": ("{count} 处", "{count} found"),
    "findings.by-part": ("按表中各部分排列", "By the parts of the form"),
    "findings.none": ("没有发现问题。", "Nothing was found."),
    "findings.shared": (
        "没有要逐处处理的地方；需人工确认的见开头的清单。",
        "Nothing to be dealt with by itself; what a person must confirm is on the list at the beginning.",
    ),
    "covers": ("其中 {count} 格", "{count} of them"),
    "counts.of": ("发现", "Found"),
    "crashed": ("没有完成的检查", "Checks that broke"),
    "unjudged": ("没有判断的认定标准", "Criteria not judged"),
    "skipped": ("没有进行的检查", "Checks not made"),
    "skipped.count": (
        "因所需内容空缺或有误，{count} 项检查没有进行",
        "{count} checks not made: what they need is blank or wrong",
    ),
    "years": ("三年数据", "Figures of three years"),
    "years.none": ("无数字", "none"),
    "aims": ("目标值与最低要求", "Targets against the least they may be"),
    "aims.note": ("{sign} {value}，最低 {floor}", "{sign} {value}, at least {floor}"),
    "aims.none": ("没有可比较的数字", "no figures to compare"),
    "aims.reached": ("达到", "reached"),
    "aims.short": ("未达到", "not reached"),
    "format": ("报告格式 {number}", "report format {number}"),
    "no.network": ("本页不访问网络", "this page contacts no network"),
    # The first page.
    "first": ("先处理这些", "First of all"),
    "first.errors": ("{count} 处必须修改", "{count} to correct"),
    "first.left": (
        "另有 {count} 条，见后面各页。",
        "{count} more, on the pages that follow.",
    ),
    "ticks.further": ("人工确认清单（续）", "For a person to confirm (continued)"),
    # The list to tick off.
    "checklist.forms": ("共 {count} 份", "{count} forms"),
    "checklist.each": ("各表所填不同，请逐份核对。{why}", "The forms differ here: look at each. {why}"),
    "checklist.without": ("共 {count} 份；不含 {names}", "{count} forms; not {names}"),
    # Across forms.
    "batch": ("整批核对", "Across the forms"),
    "batch.files": ("涉及：{names}", "concerns: {names}"),
    "batch.more": ("等 {count} 份", " and others, {count} in all"),
}


def word(key: str, language: str, **facts: object) -> str:
    """The words of that key in zh or en, with their {placeholders} filled. KeyError as for messages.text."""
    return WORDS[key][_PLACE[language]].format_map(facts)
