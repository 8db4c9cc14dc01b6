"""Writes the generated parts of the documentation: python docs/build.py. A test compares them."""

from __future__ import annotations

from pathlib import Path

from clusterform.cli.options import OPTIONS, OptionUse
from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.model import load_form
from clusterform.forms.ruleset import load_ruleset
from clusterform.reports import FORMATS
from clusterform.reports.rule_page import as_document
from clusterform.writing.book.book_lists import codes

DOCS = Path(__file__).parent
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"
EVIDENCE = DOCS / "evidence.md"
FOLDERS = {"zh": DOCS / "folder.zh-CN.md", "en": DOCS / "folder.md"}
USES = {
    OptionUse.ANY: ("any check", "任何检查"),
    OptionUse.FOLDER: ("a folder", "文件夹"),
    OptionUse.REPORT: ("reports that have a use for it", "用得到它的报告格式"),
}
REPORTS = DOCS / "reports.md"
FORMAT_HEADS = {
    "zh": "| 格式 | 文件名的结尾 | 用得到的选项 |\n",
    "en": "| Format | Endings | Options it has a use for |\n",
}
PAGES = {"zh": DOCS / "rules.zh-CN.md", "en": DOCS / "rules.md"}


def rebuilt(language: str) -> str:
    """The page with what stands between its markers made anew from the newest edition's rules."""
    before, rest = PAGES[language].read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    ruleset = load_ruleset(edition_names()[-1], ())
    pages = [rule.page(language, ruleset.limits_of(rule)) for rule in ruleset.rules]
    return f"{before}{BEGIN}\n\n{as_document(pages, language)}\n{END}{after}"


def codes_rebuilt() -> str:
    """The page on evidence with the codes of the newest edition's forms made anew."""
    begin, end = "<!-- codes: begin -->", "<!-- codes: end -->"
    before, rest = EVIDENCE.read_text(encoding="utf-8").split(begin)
    return f"{before}{begin}\n\n{codes_table()}\n{end}{rest.split(end)[1]}"


def codes_table() -> str:
    """Every code once: what it stands for, and on which forms."""
    edition = edition_names()[-1]
    told: dict[tuple[str, str], list[str]] = {}
    for name in load_edition(edition).forms:
        form = load_form(edition, name)
        for code, label in codes(form):
            told.setdefault((code, label), []).append(form.title.removeprefix("中小企业特色产业集群"))
    lines = (f"| {code} | {label} | {'、'.join(forms)} |\n" for (code, label), forms in sorted(told.items()))
    return "| 编号 | 选项或栏目 | 表 |\n|---|---|---|\n" + "".join(lines)


def options_rebuilt(language: str) -> str:
    """The page on folders with the keys of the project file made anew from the table of options."""
    begin, end = "<!-- options: begin -->", "<!-- options: end -->"
    before, rest = FOLDERS[language].read_text(encoding="utf-8").split(begin)
    return f"{before}{begin}\n\n{options_table(language)}\n{end}{rest.split(end)[1]}"


def options_table(language: str) -> str:
    """Every key of the project file: its option, what it takes, and what it is good for."""
    heads = (
        "| 项 | 选项 | 说明 | 用于 |\n"
        if language == "zh"
        else "| key | option | what it does | good for |\n"
    )
    lines = []
    for option in OPTIONS:
        if option.in_file:
            flag = f"{option.flag} {option.takes.value}".strip()
            words = option.help.replace("|", "\\|")
            lines.append(f"| `{option.name}` | `{flag}` | {words} | {USES[option.use][language == 'zh']} |\n")
    return f"{heads}|---|---|---|---|\n{''.join(lines)}"


def formats_rebuilt() -> str:
    """The page on reports with its tables of formats made anew from `FORMATS`."""
    page = REPORTS.read_text(encoding="utf-8")
    for language, heads in FORMAT_HEADS.items():
        begin, end = f"<!-- formats {language}: begin -->\n", f"<!-- formats {language}: end -->"
        before, rest = page.split(begin)
        page = f"{before}{begin}{heads}|---|---|---|\n{formats_table()}{end}{rest.split(end)[1]}"
    return page


def formats_table() -> str:
    """Every format: its name, the endings that name it (an ending names the first), the options it has a use for."""
    lines = []
    for name, made in FORMATS.items():
        endings = " ".join(f"`.{ending}`" for ending in made.endings if format_of_ending(ending) == name)
        options = " ".join(f"`--{option}`" for option in sorted(made.options))
        lines.append(f"| `{name}` | {endings} | {options} |\n")
    return "".join(lines)


def format_of_ending(ending: str) -> str:
    return next(name for name, made in FORMATS.items() if ending in made.endings)


def main() -> None:
    REPORTS.write_text(formats_rebuilt(), encoding="utf-8", newline="\n")
    for language, path in FOLDERS.items():
        path.write_text(options_rebuilt(language), encoding="utf-8", newline="\n")
    EVIDENCE.write_text(codes_rebuilt(), encoding="utf-8", newline="\n")
    for language, path in PAGES.items():
        path.write_text(rebuilt(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
