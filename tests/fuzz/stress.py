"""Whole forms that are too long: twice the text may take no more than three times as long, wherever it stands.

    python tests/fuzz/stress.py [WORD...]

A pump is repeated to 10,000 and to 20,000 characters in every kind of text of a form, a third of the kinds at a time,
in Word and in Excel; then boxes, paragraphs, evidence and rows by the thousand. What the clean form takes is taken
off, so that the ratio is that of the text alone. With words, only what has one of them in its name.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clusterform.engine import run_rules
from clusterform.errors import UnreadableError
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from support import ooxml as x
from support.answers import Filled, clean
from support.book import Habit, laid_out
from support.book_files import by_hand
from support.forms import write
from support.metamorphic import rewritten

LONG = 20_000
BOUND = 3
_FIVE = 5
_QUICK = 0.1
"""Seconds that the longer text may take without a word about its ratio."""
RUNS = " \u3000□√☑_-、；。1９甲AX\n/（）无①\t×⼀"
WORDS = "「（」|（）|(甲)|数量：名称：|一、|1.|2024年|年月日|省市县|电话：|□是 |√ □|1 |12.34,|0570-6018826|某某|—\n|(一)\n|……|产业集群|佐证材料|《》"
PUMPS = (*RUNS, *WORDS.split("|"))
PLACES = [
    "cover.cluster_name",
    "cover.contact",
    "cover.date",
    "cover.region",
    "basic_info.department_phone",
    "basic_info.area",
    "leading_industry.smes@2023",
    "leading_industry.chain_text",
    "innovation.platforms_provincial@count",
    "innovation.platforms_provincial@names",
    "green.co2_formula",
    "green.green_work@remark",
    "plan.overview",
    "plan.target_openness@target",
    "plan.target_other@baseline",
    "plan.stage_1",
]
"""Cover lines, a person, a telephone, a date, a place, figures, prose, names, a formula, part eight and its targets."""
LISTED = ("title", "for", "pages")
_THIRDS = 3
_HERE = "此处为极长文字"
_TITLE = "中小企业特色产业集群申报表"
CHECKER = Checker(Settings())
Make = Callable[[int], bytes]


def main() -> int:
    """1 where a form takes more than it may."""
    wanted = sys.argv[1:]
    base = min(_seconds(write("application")) for _ in range(_FIVE))
    slow = asked = 0
    for name, make, most in forms():
        if wanted and not any(word in name for word in wanted):
            continue
        asked += 1
        ratio, took = _ratio(make, most, base)
        if ratio >= BOUND:
            slow += 1
            print(f"{name}: {ratio:.1f} ({took:.2f} s)", flush=True)
    print(f"{asked} forms, {slow} slower than what they hold")
    return 1 if slow else 0


def forms() -> Iterator[tuple[str, Make, int]]:
    """Name, what makes the form of a size, and its largest size."""
    for kind, written in (("Word", partial(write, "application")), ("Excel", _book)):
        for pump in PUMPS:
            for third in range(_THIRDS):
                yield f"{kind} {third}: {pump!r}", partial(_pumped, written, pump, third), LONG
    yield "boxes", lambda n: _with(x.p(*[x.w14("1") + x.run("项")] * n)), LONG
    yield "boxes in paragraphs", lambda n: _with(x.p(x.w14("1") + x.run("项")) * n), 10_000
    yield "signs", lambda n: _with(x.p(*[x.sym("Wingdings", "F0FE") + x.run("是")] * n)), 10_000
    yield "struck words", lambda n: _with(x.p(*[x.run("甲") + x.run("乙", "<w:strike/>")] * n)), 10_000
    yield "paragraphs", lambda n: _with(x.p(x.run("甲")) * n), 10_000
    yield "titles", lambda n: _with(x.p(x.run(_TITLE)) * n, "plan.overview"), 8_000
    yield "brackets", lambda n: _with(x.p(x.run("（" * n + "）" * n))), 200
    yield "evidence", _evidence, 5_000
    yield "targets", _targets, 3_000
    yield "tables", lambda n: _with(_nested(n)), 300


def _pumped(written: Callable[[Filled], bytes], pump: str, third: int, length: int) -> bytes:
    text = (pump * length)[:length]
    filled = clean("application")
    filled.texts |= dict.fromkeys(PLACES[third::_THIRDS], text)
    filled.evidence[third] = {**filled.evidence[third], LISTED[third]: text}
    return written(filled)


def _book(filled: Filled) -> bytes:
    return by_hand(laid_out("application", Habit(numbers="text"), filled))


def _with(paragraphs: str, place: str = "leading_industry.chain_text") -> bytes:
    """The form with these paragraphs as an answer of prose, in a cell or on the page itself."""
    filled = clean("application")
    filled.texts[place] = _HERE

    def put(xml: str) -> str:
        start, end = xml.rindex("<w:p>", 0, xml.index(_HERE)), xml.index("</w:p>", xml.index(_HERE))
        return f"{xml[:start]}{paragraphs}{xml[end + len('</w:p>') :]}"

    return rewritten(write("application", filled), put)


def _evidence(lines: int) -> bytes:
    filled = clean("application")
    filled.evidence = [filled.evidence[n % len(filled.evidence)] for n in range(lines)]
    return write("application", filled)


def _targets(rows: int) -> bytes:
    """The form with rows of its own in the table of targets."""
    filled = clean("application")
    filled.texts["plan.target_openness@target"] = _HERE

    def put(xml: str) -> str:
        at = xml.index(_HERE)
        start, end = xml.rindex("<w:tr>", 0, at), xml.index("</w:tr>", at) + len("</w:tr>")
        row = xml[start:end].replace("定性描述", "自设指标")
        return xml[:end] + "".join(row.replace(_HERE, f"{n}.00") for n in range(rows)) + xml[end:]

    return rewritten(write("application", filled), put)


def _nested(depth: int) -> str:
    xml = x.p(x.run("内"))
    for _ in range(depth):
        xml = x.tbl(x.tr(x.tc(xml))) + x.p()
    return xml


def _ratio(make: Make, most: int, base: float) -> tuple[float, float]:
    long = make(most)
    once = _seconds(long) - base
    if once < _QUICK:
        return 0, once
    short = make(most // 2)
    if once < 2.5 * (_seconds(short) - base):
        return 0, once
    times = [median(_seconds(data) for _ in range(_FIVE)) - base for data in (short, long)]
    return times[1] / max(times[0], 1e-9), times[1]


def _seconds(data: bytes) -> float:
    """What the check of a file takes, of the processor; one that is refused as too much takes no more."""
    begun = time.process_time()
    try:
        run_rules(
            read_form(open_package(data), CHECKER.settings),
            CHECKER.rules_of().rules,
            CHECKER.rules_of().terms,
        )
    except UnreadableError as refused:
        if refused.what != "over-limits":
            raise
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
