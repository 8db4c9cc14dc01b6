"""Random slips in random consistent forms: is the slip itself named as the cause, and said once?

    python tests/fuzz/slips.py [SLIPS] [SEED]

Slips that break two relations or more are measured; those that break one, which no other figure can place, are told
apart. Ends with 1 where fewer than 95 % are named, or where a slip gives more than 1.1 findings in the mean.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from random_forms import Dice, consistent

from clusterform.answers import Answer, FilledForm, State, number_answer
from clusterform.causes.report import WORK, explanations
from clusterform.causes.system import System, relations_of
from clusterform.checks.formula import Operand
from clusterform.checks.reader import Reader
from clusterform.engine import run_rules
from clusterform.fields import NUMERIC, Address, Field, Kind
from clusterform.filling.numbers import plain_number, read_target
from clusterform.finding import Severity
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from support.by_hand import changed
from support.forms import write

FORMS = ("application", "review")
NAMED, MEAN = Decimal("0.95"), Decimal("1.1")
CHECKER = Checker(Settings())
TIED = [r for r in CHECKER.rules_of().rules if any(check.is_relation() for check in r.checks)]
Texts = dict[Operand, str]
Slip = Callable[[Texts, Operand, Dice], Texts]


@cache
def clean(form: str) -> FilledForm:
    """The clean example, read once; the random figures are put into it."""
    return read_form(open_package(write(form)), CHECKER.settings)


def answer(item: Field, text: str, old: Answer) -> Answer:
    """What the reader makes of that text in a figure's cell."""
    if text == "无":
        return number_answer(text, State.NONE, None, old.place)
    if item.kind is Kind.TARGET:
        number = read_target(text)
        figure = number.figure if number is not None else None
    else:
        figure = plain_number(text, counted=item.kind is Kind.COUNT)
    state = State.UNREADABLE if figure is None else State.FILLED
    return number_answer(text, state, figure, old.place)


def with_texts(form: FilledForm, texts: Mapping[Operand, str]) -> FilledForm:
    """The form with these figures, and other texts as they are."""
    answers: dict[Address, Answer] = dict(form.answers)
    for cell, text in texts.items():
        place = cell.path, cell.column
        item = form.fields[cell.path]
        old = answers[place]
        answers[place] = answer(item, text, old) if item.kind in NUMERIC else old.but(text=text, value=text)
    return changed(form, answers)


def random_form(form: str, dice: Dice) -> FilledForm:
    """A form whose figures all agree."""
    base = clean(form)
    texts = {}
    for spot, text in consistent(form, dice).texts.items():
        path, _, column = spot.partition("@")
        item = base.fields.get(path)
        asked = item is not None and (path, column or None) in base.answers
        if item is not None and asked and (item.kind in NUMERIC or path.startswith("plan.stage")):
            texts[Operand(path, column or None)] = text
    old, now = Operand("plan.done_patents", "baseline"), Operand("innovation.patents", None)
    if old in texts:
        grown = (Decimal(texts[now]) / Decimal(texts[old])).sqrt() * 100 - 100
        texts[Operand("innovation.patent_growth", None)] = f"{grown:.2f}"
    return with_texts(base, texts)


def decimal(text: str, value: Decimal) -> str:
    """A figure written like the text it takes the place of."""
    return f"{value:.2f}" if "." in text else f"{value:.0f}"


def any_figure(texts: Texts, cell: Operand, dice: Dice) -> Texts:
    """Another figure of the same size."""
    factor = Decimal(dice.choice([*range(60, 96), *range(105, 160)])) / 100
    return {cell: decimal(texts[cell], Decimal(texts[cell]) * factor)}


def exchanged(texts: Texts, cell: Operand, dice: Dice) -> Texts:
    """Two years the other way round."""
    others = [c for c in texts if c.path == cell.path and c != cell]
    other = dice.choice(others) if others else cell
    return {cell: texts[other], other: texts[cell]}


def times(*powers: int) -> Slip:
    """One figure in another unit, or with its point moved."""

    def slip(texts: Texts, cell: Operand, dice: Dice) -> Texts:
        return {cell: decimal(texts[cell], Decimal(texts[cell]).scaleb(dice.choice(powers)))}

    return slip


def row_times(texts: Texts, cell: Operand, dice: Dice) -> Texts:
    """A whole row in another unit."""
    power = dice.choice([2, 4, -2, -4])
    row = [c for c in texts if c.path == cell.path]
    return {c: decimal(texts[c], Decimal(texts[c]).scaleb(power)) for c in row} if len(row) > 1 else {}


def digit(texts: Texts, cell: Operand, dice: Dice) -> Texts:
    """A digit of the whole number typed twice, or left out."""
    text = texts[cell]
    at = dice.randrange(len(text.partition(".")[0]))
    lost = text[:at] + text[at + 1 :]
    doubled = text[: at + 1] + text[at:]
    one = lost if dice.random() < 0.5 and lost[:1] not in {"", ".", "0"} else doubled
    return {cell: one} if text[at].isdecimal() else {}


def sign(texts: Texts, cell: Operand, dice: Dice) -> Texts:  # noqa: ARG001  (every slip has this signature)
    """The sign turned round."""
    return {cell: texts[cell].removeprefix("-") if texts[cell].startswith("-") else f"-{texts[cell]}"}


SLIPS: dict[str, Slip] = {
    "figure": any_figure,
    "exchanged": exchanged,
    "unit": times(2, 4, -2, -4),
    "row unit": row_times,
    "digit": digit,
    "point": times(1, -1),
    "sign": sign,
}


@dataclass
class Tally:
    """What became of the slips of one kind."""

    slips: int = 0
    named: int = 0
    findings: int = 0
    missed: list[str] = field(default_factory=list)


def told(form: FilledForm) -> Counter[tuple[str, str | None, str | None]]:
    """What the rules say to correct or check."""
    outcome = run_rules(form, CHECKER.rules_of().rules, CHECKER.rules_of().terms)
    assert not outcome.crashed, outcome.crashed
    asked = {Severity.ERROR, Severity.WARNING}
    return Counter((f.rule, f.field, f.column) for f in outcome.findings if f.severity in asked)


def reader(form: FilledForm) -> Reader:
    """The form as the system of relations reads it."""
    return Reader(form, CHECKER.rules_of().terms.limits)


def broken(form: FilledForm) -> int:
    """How many relations fail, those apart that are evidence only."""
    seen = reader(form)
    return sum(not r.tie.soft for r in System(relations_of(TIED, seen), seen, WORK).failing())


def slips(dice: Dice) -> Iterator[tuple[str, FilledForm, FilledForm, Texts, Texts]]:
    """One slip after the other: its kind, the form before and after, and the texts before and after."""
    while True:
        form = random_form(dice.choice(FORMS), dice)
        seen = reader(form)
        system = System(relations_of(TIED, seen), seen, WORK)
        assert not any(not r.tie.soft for r in system.failing()), "the form is not consistent"
        texts = {c: form.answer(c.path, c.column).text for c in system.figures if c in system.editable}
        texts = {c: t for c, t in texts.items() if t.removeprefix("-").replace(".", "", 1).isdecimal()}
        kind = dice.choice(list(SLIPS))
        change = SLIPS[kind](texts, dice.choice(list(texts)), dice)
        change = {c: t for c, t in change.items() if t != texts[c] and Decimal(t)}
        if change:
            yield kind, form, with_texts(form, change), {c: texts[c] for c in change}, change


def measure(number: int, dice: Dice) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """The slips that break two relations or more, and those that break one, by kind."""
    several: dict[str, Tally] = {kind: Tally() for kind in SLIPS}
    single: dict[str, Tally] = {kind: Tally() for kind in SLIPS}
    for _, (kind, before, after, old, new) in zip(range(number), slips(dice), strict=False):
        count = broken(after)
        if not count:
            continue
        tally = (several if count > 1 else single)[kind]
        more = told(after) - told(before)
        tally.slips += 1
        tally.findings += more.total()
        edits = [edit for found in explanations(TIED, reader(after)) for edit in found.edits]
        named = any(set(edit.cells) == set(new) for edit in edits)
        named = named or (count == 1 and any((f, c) == _place(after, new) for _, f, c in more))
        tally.named += named
        if count > 1 and (not named or more.total() > 1):
            ways = [(e.kind, [(c.path, c.column) for c in e.cells], e.expected) for e in edits]
            tally.missed.append(f"{kind} {old} -> {list(new.values())}: {ways}; {sorted(map(str, more))}")
    return several, single


def _place(form: FilledForm, new: Texts) -> tuple[str, str | None]:
    cell = next(iter(new))
    return cell.path, form.fields[cell.path].column_label(cell.column)


def main() -> int:
    """Measures and prints."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    several, single = measure(number, Dice(seed))
    for name, tallies in (("two relations or more", several), ("one relation", single)):
        total = Tally(*(sum(getattr(t, k) for t in tallies.values()) for k in ("slips", "named", "findings")))
        for kind, t in [*tallies.items(), ("all", total)]:
            if t.slips:
                print(
                    f"{name}, {kind}: {t.slips} slips, {t.named / t.slips:.1%} named, "
                    f"{t.findings / t.slips:.2f} findings each"
                )
        if tallies is several:
            kept = total.named >= NAMED * total.slips and total.findings <= MEAN * total.slips
    if len(sys.argv) > 3:
        print("\n".join(line for t in several.values() for line in t.missed))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
