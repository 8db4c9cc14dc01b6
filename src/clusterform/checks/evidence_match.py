"""What on a form asks for evidence, and which of it a line of the evidence list belongs to.

The notice fixes no layout for the list, so a line may name a box, a row, a whole group, a code of the blank
template, or a piece of any of these. Where a piece fits several, it counts for all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from clusterform.answers import Answer, CountNames, EvidenceItem, FilledForm, State, Ticks
from clusterform.fields import Field
from clusterform.figures import Figure
from clusterform.record import record
from clusterform.text import fold

SHORTEST_PIECE = 4
"""Folded characters: a shorter piece, such as 产业链, stands in too many places to mean one."""
SHORTEST_LABEL = 3
"""An option shorter than this (是) is named by its row."""

_CODE = re.compile(r"^\W*([0-9]{1,2}\.[0-9]{1,2})\s*(?:[-—–－_]?\s*[(（]?([①-⑳]|[0-9]{1,2}(?![0-9.])))?")
_NUMBERING = re.compile(r"[0-9一二三四五六七八九十第部分章节项条号]+")
_TAIL = re.compile(
    r"(?:相关|有关)?(?:证明材料|佐证材料|支撑材料|证明文件|情况说明|证明|清单|名单|材料|文件|公告)+$"
)
_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


@record
class Claim:
    """A box, or a row or group of rows, that asks for evidence when it is ticked or not zero."""

    path: str
    option: str | None
    """The option's key; None for a row."""
    label: str
    """As the form prints it."""
    names: tuple[str, ...]
    """Its own names, folded."""
    heads: tuple[str, ...]
    """Names of the group that covers it, folded."""
    code: tuple[str, str]
    """Its row's code and its own number there, such as ("2.3", "4"); empty where it has none."""
    asked: bool
    """Whether it is ticked, or not zero: evidence is due."""
    column: str | None = None
    """For a row, the first column that is not zero."""
    open: bool = False
    """Whether its answer is blank, unreadable or not there: it cannot be said that no evidence is due."""


def claims(form: FilledForm) -> tuple[Claim, ...]:
    """All that can ask for evidence on this form, in its order; a group of rows counts as one."""
    found: list[Claim] = []
    rows: dict[str, int] = {}
    for item in form.fields.values():
        found.extend(_boxes(form, item))
        if not item.evidence or item.options:
            continue
        claim = _row(form, item)
        key = item.evidence_code or (item.group if item.group in item.evidence_names else item.path)
        if key in rows:
            found[rows[key]] = _merged(found[rows[key]], claim)
        else:
            rows[key] = len(found)
            found.append(claim)
    return tuple(found)


def _boxes(form: FilledForm, item: Field) -> Iterator[Claim]:
    value = form.answer(item.path).value
    ticks = value if isinstance(value, Ticks) else Ticks(())
    answered = bool(ticks.ticked or fold(ticks.remark))
    heads = _folded((item.label, item.group, *item.evidence_names))
    for option in item.options:
        if not option.evidence:
            continue
        long = len(fold(option.label)) >= SHORTEST_LABEL
        names = _folded((option.label, *option.spellings)) if long else heads
        label = option.label if long else item.label
        code = _code(option.code)
        asked, unsure = option.key in ticks.ticked, not answered or option.key in ticks.undecided
        yield Claim(
            item.path, option.key, label, names, heads if long else (), code, asked=asked, open=unsure
        )


def _row(form: FilledForm, item: Field) -> Claim:
    column = next((key for key, answer in form.places(item.path) if _amount(answer.value) > 0), "")
    names = _folded((item.label, *item.evidence_names))
    label = item.group if item.group in item.evidence_names and item.group else item.label
    return Claim(
        item.path,
        None,
        label,
        names,
        (),
        (item.evidence_code, ""),
        asked=column != "",
        column=column or None,
        open=any(_unknown(answer) for _, answer in form.places(item.path)),
    )


def _merged(first: Claim, later: Claim) -> Claim:
    """A group's claim: all its rows' names, placed at the first row that is not zero."""
    names = tuple(dict.fromkeys((*first.names, *later.names)))
    placed = first if first.asked or not later.asked else later
    return replace(placed, names=names, open=first.open or later.open)


def _amount(value: object) -> int:
    if isinstance(value, CountNames):
        value = value.count
    return int(value.value > 0) if isinstance(value, Figure) else 0


def _unknown(answer: Answer) -> bool:
    """Whether it is neither a figure nor 无."""
    value = answer.value
    if isinstance(value, CountNames):
        return value.count is None and fold(value.count_text) != "无"
    return answer.state is not State.NONE and not isinstance(value, Figure)


def _folded(texts: Iterable[str]) -> tuple[str, ...]:
    return _folded_once(tuple(texts))


@lru_cache(maxsize=1024)
def _folded_once(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded for text in texts if (folded := fold(text))))


@lru_cache(maxsize=1024)
def _code(text: str) -> tuple[str, str]:
    match = _CODE.match(text.translate(_WIDTH))
    return (match[1], fold(match[2] or "")) if match else ("", "")


class Matcher:
    """What each line of a form's evidence list belongs to."""

    def __init__(
        self, known: Sequence[Claim], parts: Iterable[str] = (), unasked: Iterable[str] = ()
    ) -> None:
        """`parts` are the form's part headings, which alone name nothing.

        `unasked` are the names of rows that ask for no evidence: a line that is exactly such a name belongs to that
        row, and not to a box whose text happens to hold it.
        """
        self.known = tuple(known)
        self._unasked = frozenset(_folded(unasked))
        self._parts = frozenset(_folded(parts))
        self._named: defaultdict[str, list[Claim]] = defaultdict(list)
        self._headed: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.known:
            for names, index in ((claim.names, self._named), (claim.heads, self._headed)):
                for name in names:
                    index[name].append(claim)

    @classmethod
    def of(cls, form: FilledForm) -> Matcher:
        """For a form's own claims."""
        unasked = (
            name
            for f in form.fields.values()
            if not f.evidence and not f.options
            for name in f.evidence_names
        )
        return cls(claims(form), form.section_titles.values(), unasked)

    def fitting(self, line: EvidenceItem) -> tuple[Claim, ...]:
        """The claims a line belongs to: by its code, by its subject, else by its title."""
        subject = fold(line.subject)
        bare = not _NUMBERING.sub("", subject) or subject in self._parts
        code = _code(line.subject)
        if code[0] and (found := self._by_code(code)):
            return found
        if _TAIL.sub("", subject) in self._unasked:
            return ()
        found = () if bare else self._by_name(subject)
        return found or self._by_name(fold(line.title))

    def _by_code(self, code: tuple[str, str]) -> tuple[Claim, ...]:
        """A row's code alone covers all its boxes."""
        row, number = code
        return tuple(c for c in self.known if c.code[0] == row and (not number or c.code[1] in {"", number}))

    def _by_name(self, text: str) -> tuple[Claim, ...]:
        """From the surest way to the loosest; the first that finds anything decides."""
        if not text:
            return ()
        core = _TAIL.sub("", text) or text
        ways = (self._exact, self._within, self._head_within, self._around)
        return tuple(next((found for way in ways if (found := way(text, core))), ()))

    def _exact(self, text: str, core: str) -> list[Claim]:
        for index in (self._named, self._headed):
            found = [*index.get(text, ()), *(index.get(core, ()) if core != text else ())]
            if found:
                return found
        return []

    def _within(self, text: str, core: str) -> list[Claim]:  # noqa: ARG002  (all ways have one signature)
        """The claims whose name the text holds, save a name that is only part of another one found."""
        held = [n for n in self._named if len(n) >= SHORTEST_PIECE and n in text]
        whole = [n for n in held if not any(n != other and n in other for other in held)]
        return [c for n in whole for c in self._named[n]]

    def _head_within(self, text: str, core: str) -> list[Claim]:  # noqa: ARG002
        return [
            c for n, found in self._headed.items() if len(n) >= SHORTEST_PIECE and n in text for c in found
        ]

    def _around(self, text: str, core: str) -> list[Claim]:  # noqa: ARG002
        """The claims of whose name or group the text is a piece."""
        if len(core) < SHORTEST_PIECE:
            return []
        indexes = (*self._named.items(), *self._headed.items())
        return [c for n, found in indexes if core in n for c in found]


def names_something(line: EvidenceItem, form: FilledForm) -> bool:
    """Whether a line names any row or part of the form at all, evidence asked or not."""
    labels = [fold(x) for f in form.fields.values() for x in (f.label, f.group)]
    labels += [fold(title) for title in form.section_titles.values()]
    for text in (fold(line.subject), fold(line.title)):
        core = _TAIL.sub("", text) or text
        if len(core) >= SHORTEST_PIECE and any(
            core in x or (len(x) >= SHORTEST_PIECE and x in text) for x in labels
        ):
            return True
    return False
