"""Every text for the user that is no rule's message, in both languages. A rule's words stand in its YAML."""

from __future__ import annotations

_PLACE = {"zh": 0, "en": 1}

CATALOGUE: dict[str, tuple[str, str]] = {
    # What a finding weighs, in plain words.
    "severity.error": ("必须修改", "must correct"),
    "severity.warning": ("建议核对", "please check"),
    "severity.manual": ("需人工确认", "person to confirm"),
    "severity.info": ("提示", "note"),
    # How the check of a file ended.
    "status.pass": ("没有必须修改的地方", "nothing to correct"),
    "status.fail": ("需要修改", "needs correcting"),
    "status.unreadable": ("无法读取", "could not be read"),
    "status.incomplete": ("检查未完成", "check not completed"),
    "form.application": ("申报表", "application form"),
    "form.review": ("复核申报表", "review form"),
    "form.recommendation-summary": ("推荐汇总表", "summary of recommendations"),
    "form.review-summary": ("复核情况汇总表", "summary of reviews"),
    "form.unknown": ("未能识别的表", "form not recognised"),
    # Where something stands.
    "section.file": ("文件", "The file"),
    "section.cover": ("封面", "Cover"),
    "section.evidence": ("佐证材料清单", "Evidence list"),
    "section.across": ("整批核对", "Across the forms"),
    "section.numbered": ("第 {number} 部分", "Part {number}"),
    "place.whole": ("整份文件", "the whole file"),
    "place.part": ("本部分", "this part"),
    "place.page": ("约第 {number} 页", "about page {number}"),
    "place.table": ("第 {number} 张表", "table {number}"),
    "place.row": ("第 {number} 行", "row {number}"),
    "place.cell": ("第 {number} 格", "cell {number}"),
    "place.sheet": ("工作表“{name}”", "sheet “{name}”"),
    "place.join": (" ", ", "),
    "place.list": ("、", ", "),
    "place.batch": ("整批材料", "the folder"),
    # What is said of it.
    "finding.value": ("表中填写：{text}", "the form shows: {text}"),
    "finding.blank": ("（空白）", "(blank)"),
    "finding.covers": ("其中：{labels}", "among them: {labels}"),
    "finding.more": ("等 {count} 栏", " … {count} rows in all"),
    "finding.edits": ("要改的地方：{places}", "to be changed: {places}"),
    "finding.edit": ("{place} 改为 {to}", "{place} to {to}"),
    "finding.then": ("；", "; "),
    "finding.explains": ("改正后随之吻合的 {count} 处：{places}", "what then agrees ({count}): {places}"),
    "finding.expected": ("应当填写：{text}", "expected: {text}"),
    "finding.fix": ("可自动修正为：{text}", "can be fixed to: {text}"),
    "finding.basis": ("依据：{text}", "basis: {text}"),
    "finding.shortened": ("…（共 {count} 字）", "… ({count} characters in all)"),
    # The whole run.
    "report.title": ("检查结果", "Result of the check"),
    "report.edition": ("按 {edition} 年度通知检查", "by the notice of {edition}"),
    "report.rulesets": ("；另用规则：{rulesets}", "; with the rules {rulesets}"),
    "report.checklist": ("请逐项人工确认（{count} 项）", "For a person to confirm ({count})"),
    "report.checklist-shared": (
        "各份表都要逐项人工确认（{count} 项）",
        "For a person to confirm in each of the forms ({count})",
    ),
    "report.rest-all": (
        "{count} 份表都没有要逐处处理的地方，结果见上面的“各表情况”。",
        "None of the {count} has anything to be dealt with by itself; see the forms at a glance above.",
    ),
    "report.rest": (
        "其余 {count} 份没有要逐处处理的地方，结果见上面的“各表情况”。",
        "The other {count} have nothing to be dealt with by itself; see the forms at a glance above.",
    ),
    # The check-list of evidence.
    "evidence.heading": (
        "佐证材料核对清单（需要 {count} 项，其中 {missing} 项没有找到）",
        "Check-list of evidence (needed: {count}, not found: {missing})",
    ),
    "evidence.ticked": ("需要：已勾选", "needed: it is ticked"),
    "evidence.figure": ("需要：表中填写 {text}", "needed: the form shows {text}"),
    "evidence.own-list": ("表内清单", "the form's list"),
    "evidence.other-list": ("清单 {name} ", "the list {name}"),
    "evidence.line": ("{list}第 {number} 项", "line {number} of {list}"),
    "evidence.on-no-list": ("不在清单上，按文件名", "on no list, by its name"),
    "evidence.found": ("见：{text}", "found in: {text}"),
    "evidence.file": ("文件：{text}", "file: {text}"),
    "evidence.pages": ("页码：{text}", "pages: {text}"),
    "evidence.nothing": ("没有找到", "not found"),
    "report.statistics": ("各规则的发现数", "Findings by rule"),
    "report.files": (
        "共 {files} 份：{passed} 份没有必须修改的地方，{failed} 份需要修改。",
        "{files} in all: {passed} with nothing to correct, {failed} to correct.",
    ),
    "report.skipped": (
        "另有 {count} 项检查没有进行，因为所需的内容空缺、填“无”或有误；补填或改正后再检查一次，会一并查到。",
        "Checks not made, as what they need is blank, 无 or wrong: {count}. Check again once that is mended.",
    ),
    # What a rule's {or_none} says where 无 can be the answer.
    "advice.none": ("；没有相关情况的填“无”", ", or 无 where there is none"),
    "advice.none-computed": (
        "；由表内的数算不出的才填“无”",
        ", or 无 only where the form's figures do not give it",
    ),
    "report.unjudged": (
        "认定标准 {rule} 没有判断：“{label}”空缺、有误或读不出。补全、改正之前，不能确认本表可以报送。",
        "Criterion {rule} was not judged: “{label}” is blank, wrong or unreadable. Until it is given, the form is not cleared.",
    ),
    "report.crashed": (
        "规则 {rule} 运行出错（{reason}），本文件的检查没有完成；其余规则已照常检查。",
        "Rule {rule} broke while it ran ({reason}): this file's check is incomplete. The other rules ran.",
    ),
    "counts.line": (
        "{error} 处必须修改，{warning} 处建议核对，{manual} 处需人工确认",
        "{error} to correct, {warning} to check, {manual} for a person to confirm",
    ),
    "counts.info": ("，{count} 处提示", ", {count} to note"),
    "counts.unreadable": ("；{count} 份文件无法读取", "; files that could not be read: {count}"),
    "counts.incomplete": ("；{count} 份文件的检查未完成", "; files whose check is not complete: {count}"),
    "counts.unjudged": (
        "；{count} 份表有认定标准没有判断",
        "; forms with a criterion that was not judged: {count}",
    ),
    "counts.partial": ("；检查不完整，不能据此报送", "; not a full check, so no clearance"),
    # One sentence: what to do next.
    "next.incomplete": (
        "检查没有完成，请不要以本结果为准；请把上面的出错信息告知规则维护者后重新检查。",
        "The check is incomplete: do not rely on it; tell the maintainer what broke, then check again.",
    ),
    "next.unreadable": (
        "请按提示处理无法读取的文件后重新检查。",
        "Mend the files that could not be read as said above, then check again.",
    ),
    "next.error": ("请修改后重新检查。", "Please correct the form and check it again."),
    "next.unjudged": (
        "有的认定标准没有判断，不能据此报送；请补全、改正上面所列的数后重新检查。",
        "Some criteria were not judged, so this is no clearance; give the figures named above, then check again.",
    ),
    "next.warning": (
        "没有必须修改的地方；请核对上述各处，确认后可以报送。",
        "Nothing has to be corrected; look over the places above, then the form can be sent.",
    ),
    "next.manual": (
        "没有必须修改的地方；完成人工确认后可以报送。",
        "Nothing has to be corrected; once a person has confirmed the rest, the form can be sent.",
    ),
    "next.clean": ("没有发现问题，可以报送。", "Nothing was found; the form can be sent."),
    "next.partial": (
        "已检查的内容中没有必须修改的地方，但检查不完整：{gaps}。不能据此报送。",
        "Nothing that was looked at has to be corrected, but this was no full check: {gaps}. It is no clearance.",
    ),
    "next.also": (
        "另外，检查不完整：{gaps}。",
        " Besides, this was no full check: {gaps}.",
    ),
    # What keeps a run from clearing a form.
    "gap.left-out": ("有的规则没有检查（{names}）", "some rules did not look ({names})"),
    "gap.lowered": ("规则 {names} 被降低级别或更改", "rules made lighter or changed: {names}"),
    "gap.loosened": ("阈值 {names} 比全国的宽", "thresholds looser than the national ones: {names}"),
    "gap.west": (
        "人工指定为西部地区，认定标准被放宽",
        "the recognition criteria were relaxed by hand (a western region)",
    ),
    "gap.edition": ("{names} 年度不是现行通知的年度", "edition {names} is not the one in force"),
    "gap.waived": ("按 {names} 略去了一些问题", "findings were set aside by {names}"),
    "gap.crashed": ("整批核对的规则 {names} 没有完成", "rules across forms that broke: {names}"),
    "gap.apart": (
        "{names} 份表没有放在一起作整批核对，请检查它们所在的文件夹",
        "{names} forms were not laid side by side; check the folder that they lie in",
    ),
    "gap.unfinished": ("有 {names} 份表没有检查", "forms not looked at: {names}"),
    "gap.unopened": (
        "文件夹中有 {names} 个像是表的文件没有检查",
        "files of the folder that look like forms but were not checked: {names}",
    ),
    "gap.join": ("；", "; "),
    "gap.more": ("{names} 等", "{names} and more"),
    # What a run's settings change.
    "differs.heading": ("本次检查与默认设置不同的地方", "Where this check differs from the default"),
    "differs.file": ("设置文件：{names}", "settings file: {names}"),
    "differs.rules": ("规则文件：{names}", "rule files: {names}"),
    "differs.selected": ("只用规则：{names}", "only the rules {names}"),
    "differs.ignored": ("不用规则：{names}", "without the rules {names}"),
    "differs.severity": ("更改级别：{names}", "severities changed: {names}"),
    "differs.limits": (
        "更改阈值：{names}（括号内为全国的阈值）",
        "thresholds changed: {names} (the national ones in brackets)",
    ),
    "differs.waivers": ("略去问题的文件：{names}", "findings waived by {names}"),
    "differs.baseline": ("只报新问题，对照：{names}", "new findings alone, against {names}"),
    "differs.confirmed": ("人工确认的记录：{names}", "confirmed by a person: {names}"),
    "differs.west": ("人工指定为西部地区", "region set by hand: a western one"),
    "differs.edition": ("年度：{names}", "edition: {names}"),
    # The families of rules, by the beginning of their codes.
    "family.CF0": ("文件与表格样式", "The file and the form's style"),
    "family.CF1": ("完整性与填写格式", "Completeness and format"),
    "family.CF2": ("数据计算", "Arithmetic"),
    "family.CF3": ("栏目之间的关系", "Sense across fields"),
    "family.CF4": ("佐证材料", "Evidence"),
    "family.CF5": ("认定标准", "Recognition criteria"),
    "family.CF6": ("规划与目标", "Plan and targets"),
    "family.CF7": ("真实性声明及推荐意见", "Declaration"),
    "family.CF8": ("整批核对", "Across the folder"),
    "family.other": ("其他规则", "Other rules"),
    # A rule's page and the table of all rules.
    "rule.code": ("代码", "Code"),
    "rule.title": ("检查内容", "What it checks"),
    "rule.severity": ("级别", "Severity"),
    "rule.why": ("为什么检查", "Why"),
    "rule.computed": ("怎样计算", "How it is computed"),
    "rule.wrong": ("有误的写法", "A wrong example"),
    "rule.right": ("正确的写法", "A right example"),
    "rule.basis": ("依据", "Basis"),
    # Options.
    "option.without-folder": (
        "{option} 只在检查文件夹时有用，请去掉后再运行。",
        "{option} is of use for a folder only; leave it out and run again.",
    ),
    "option.whole-number": (
        "{option} 应为大于 0 的整数，写的是“{value}”。",
        "{option} is a whole number above 0; this was “{value}”.",
    ),
    "settings.passed-over": (
        "没有采用 {file}：它在被检查的材料中。如确需使用，请用 --config {file} 指定。",
        "{file} was not obeyed, as it lies in what is checked. Name it with --config {file} if it is meant.",
    ),
    # What is told beside a folder's report.
    "folder.left": (
        "{count} 个文件没有作为申报表检查：",
        "Files not checked, as they are no forms ({count}):",
    ),
    "folder.left-more": ("…其余 {count} 个从略", "… and {count} more"),
    "folder.interrupted": (
        "已中断：还有 {count} 份没有检查，整批核对没有进行；以上只是已完成的部分。",
        "Interrupted: {count} files were not checked, nor the forms together; the report holds what was finished.",
    ),
    "folder.crashed": (
        "规则 {rule} 运行出错（{reason}），整批核对没有完成；其余规则已照常检查。请告知规则维护者。",
        "Rule {rule} broke while it ran ({reason}): the check across forms is incomplete. The other rules ran.",
    ),
    "folder.progress": ("检查", "Checking"),
    "option.without-use": (
        "{format} 格式用不到选项 {options}，请去掉后再运行。",
        "The {format} report has no use for {options}; leave it out and run again.",
    ),
    "option.needs-file": (
        "{format} 格式不能显示在屏幕上，请用 -o 写明文件名，如 -o 报告.{format}。",
        "The {format} report cannot be shown on a screen; name a file with -o, such as -o report.{format}.",
    ),
}


def text(key: str, language: str, **facts: object) -> str:
    """The text of that key in zh or en, with its {placeholders} filled.

    KeyError for an unknown key or language, or a fact left out.
    """
    return CATALOGUE[key][_PLACE[language]].format_map(facts)
