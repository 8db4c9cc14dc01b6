"""Writes all that is made from the program into the documentation: python docs/build.py. With --check it only names what differs."""

from __future__ import annotations

import sys
from pathlib import Path

import api_reference
import commands
import rule_pages

from clusterform.cli.options import OPTIONS, OptionUse
from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.model import load_form
from clusterform.messages import LANGUAGES
from clusterform.reports import FORMATS
from clusterform.writing.book.book_lists import codes

DOCS = Path(__file__).parent
SITE = DOCS.parent / "mkdocs.yml"
HEADS = {
    "codes": ("编号 | 选项或栏目 | 表", "Code | Option or row | Form"),
    "options": ("项 | 选项 | 说明 | 用于", "Key | Option | What it does | Good for"),
    "formats": ("格式 | 文件名的结尾 | 用得到的选项", "Format | Endings | Options it has a use for"),
}
USES = {
    OptionUse.ANY: ("任何检查", "any check"),
    OptionUse.FOLDER: ("文件夹", "a folder"),
    OptionUse.REPORT: ("用得到它的报告格式", "reports that have a use for it"),
}


def generated() -> dict[Path, str]:
    """Every page that is made from the program, whole or between its markers, and the site's contents."""
    pages, site = {}, SITE.read_text(encoding="utf-8")
    for number, language in enumerate(LANGUAGES):
        folder = DOCS / language
        pages |= {folder / "rules" / name: text for name, text in rule_pages.pages(language).items()}
        site = between(
            site, f"rules {language}", rule_pages.contents(language), comment=f"{' ' * 10}# {{}}\n"
        )
        pages[folder / "commands.md"] = commands.page(language)
        for name, marker, text in (
            ("api.md", "reference", api_reference.reference(language)),
            ("evidence.md", "codes", table("codes", code_rows(), number)),
            ("folder.md", "options", table("options", option_rows(language), number)),
            ("reports.md", "formats", table("formats", format_rows(), number)),
            ("rules/index.md", "rules", rule_pages.table(language)),
        ):
            page = (folder / name).read_text(encoding="utf-8")
            pages[folder / name] = between(page, marker, text)
    return pages | {SITE: site}


def between(page: str, name: str, made: str, comment: str = "<!-- {} -->\n") -> str:
    """The page with what stands between its two markers of that name made anew."""
    begin, end = (comment.format(f"{name}: {word}") for word in ("begin", "end"))
    before, rest = page.split(begin)
    return f"{before}{begin}{made}{end}{rest.split(end)[1]}"


def table(name: str, rows: list[tuple[str, ...]], language: int) -> str:
    head = HEADS[name][language]
    lines = [f"| {head} |", "|---" * (head.count("|") + 1) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "".join(f"{line}\n" for line in ["", *lines, ""])


def code_rows() -> list[tuple[str, ...]]:
    """Every code of the newest edition's evidence once: what it stands for, and on which forms."""
    edition = edition_names()[-1]
    told: dict[tuple[str, str], list[str]] = {}
    for name in load_edition(edition).forms:
        form = load_form(edition, name)
        for code, label in codes(form):
            told.setdefault((code, label), []).append(form.title.removeprefix("中小企业特色产业集群"))
    return [(code, label, "、".join(forms)) for (code, label), forms in sorted(told.items())]


def option_rows(language: str) -> list[tuple[str, ...]]:
    """Every key of the project file: its option, what it does, and what it is good for."""
    return [
        (f"`{option.name}`", f"`{flag}`", words, USES[option.use][LANGUAGES.index(language)])
        for option, flag, words in ((o, *commands.of_table(o, language)) for o in OPTIONS)
        if option.in_file
    ]


def format_rows() -> list[tuple[str, ...]]:
    """Every format: its name, the endings that name it (an ending names the first), the options it has a use for."""
    first: dict[str, str] = {}
    for name, made in FORMATS.items():
        for ending in made.endings:
            first.setdefault(ending, name)
    return [
        (
            f"`{name}`",
            " ".join(f"`.{ending}`" for ending in made.endings if first[ending] == name),
            " ".join(f"`--{option}`" for option in sorted(made.options)),
        )
        for name, made in FORMATS.items()
    ]


def main(arguments: list[str]) -> int:
    stale = []
    pages = generated()
    for path, text in pages.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8", newline="\n")
    gone = [path for path in DOCS.glob("*/rules/*.md") if path not in pages]
    if "--check" not in arguments:
        for path in gone:
            path.unlink()
        return 0
    for path in [*stale, *gone]:
        sys.stderr.write(
            f"{path.relative_to(DOCS.parent)} is not what the program says: python docs/build.py\n"
        )
    return 1 if stale or gone else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
