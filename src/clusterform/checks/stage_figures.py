"""Figures in the running text of 阶段性目标, such as 优质中小企业数量达到235家. Never a guess."""

from __future__ import annotations

import re
from typing import Literal

from clusterform.answers import FilledForm
from clusterform.checks.amounts import Amount, amounts_in, plain, single
from clusterform.checks.reader import Reader
from clusterform.patterns import pattern

StageRow = Literal["good_smes", "rd", "patents", "internet"]

_COUNTED = frozenset({"家", "户", "个", "件", "项", "万件"})
_MONEY = frozenset({"亿元", "亿", "千万元", "百万元", "万元", "万"})
_ROWS: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "good_smes": (pattern(r"优质(?:中小)?企业"), _COUNTED),
    "rd": (pattern(r"研发(?:经费|投入|费用)"), _MONEY),
    "patents": (pattern(r"发明专利"), _COUNTED),
    "internet": (pattern(r"工业互联网.{0,8}?(?:普及率|应用率)"), frozenset({"%"})),
}
_CONTINUED = pattern(r"[,;、](?=(?:总数|总量|累计)?(?:达|增至|突破))")
_CLAUSES = pattern(r"[,;。、!\n]")
# A part of the whole, a flow, or a ratio to staff is another quantity.
_OTHERWISE = pattern(r"新增|净增|万人|万名|每万|人均|申请|授权|其中|占比?$|强度")


def stage_amount(text: str, row: StageRow) -> Amount | None:
    """The amount a stage's text gives for a target row; None where it is not clearly there, or differs."""
    keyword, units = _ROWS[row]
    found: dict[str, Amount] = {}
    for clause in _CLAUSES.split(_CONTINUED.sub("", plain(text.replace("\n", "。")))):
        match = keyword.search(clause)
        if match is None or _OTHERWISE.search(clause[: match.start()]):
            continue
        amount = single(amounts_in(clause[match.end() :], units))
        if amount is not None and not amount.change:
            found[amount.shown] = amount
    return next(iter(found.values())) if len(found) == 1 else None


def stages(reader: Reader, row: StageRow) -> list[tuple[int, str, Amount | None]]:
    """Year, path and amount of each stage, in order."""
    return reader.shared(f"stages {row}", lambda form: _read_stages(form, row))


def _read_stages(form: FilledForm, row: StageRow) -> list[tuple[int, str, Amount | None]]:
    years = form.roles["stages"]
    paths = [f"plan.stage_{number}" for number in range(1, len(years) + 1)]
    return [
        (year, path, stage_amount(form.answer(path).text, row))
        for year, path in zip(years, paths, strict=True)
    ]
