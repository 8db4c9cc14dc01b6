"""Where the official options stand in a group's text: word for word, by a known spelling, or nearly so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import NamedTuple

from clusterform.fields import Option
from clusterform.parsers.checkbox import Token, TokenKind
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.words import word

NOTE = pattern(
    r"[（(]\s*+(?:{beside.note}\s*+[：:])?[^（）()：:。\n]{0,14}{beside.asked}[^（）()：:。"
    r"\n]{0,14}?{beside.asked_for}\s*+"
    r"(?:[：:，,]\s*+(?P<said>[^（）()]*+))?[）)]"
)
"""A printed note such as （注：勾选需提供佐证材料）; what was written into it stays."""

ROUND = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳➀➁➂➃➄➅➆➇➈➉❶❷❸❹❺❻❼❽❾❿➊➋➌➍➎➏➐➑➒➓㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
"""Numbers that Unicode has with a circle: U+2460, 2776, 2780, 278A, 3280 and on."""
_SHORT = 3
"""Letters up to which an option is a mere word (是, 不适用) that must stand alone."""
_ALIKE = 75
"""Similarity (difflib) from which a text is an option reworded, in hundredths."""
_CLEARLY = 2
"""By how much the best likeness must exceed the next."""


class OptionSpan(NamedTuple):
    """Where an option stands: `start` to `end` in characters."""

    option: Option
    start: int
    end: int
    reworded: bool = False


class GroupText:
    """A group's text, folded, with each folded letter's place; boxes, ticks and notes are no letters."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        spans = [(t.start, t.end) for t in tokens if t.kind is not TokenKind.TEXT]
        covered = {at for start, end in (*spans, *note_spans(text)) for at in range(start, end)}
        folded = [(c, at) for at, char in enumerate(text) if at not in covered for c in fold(char)]
        self.text = text
        self.letters = "".join(letter for letter, _ in folded)
        self.places = [at for _, at in folded]
        self.taken = [False] * len(folded)
        self.signs = sorted([start for start, _ in spans])
        """Where boxes and ticks begin."""

    def find(self, options: Sequence[Option]) -> list[OptionSpan]:
        """The options that stand there, longest first, so that 是 is not found inside a longer one."""
        labels = [fold(option.label) for option in options]
        if self.letters == "".join(labels):  # nothing else, were they run together (√是否) or not
            starts = accumulate(map(len, labels[:-1]), initial=0)
            return [
                self._take(o, at, at + len(words))
                for o, at, words in zip(options, starts, labels, strict=True)
            ]
        wanted = [(fold(text), option) for option in options for text in (option.label, *option.spellings)]
        found: dict[str, OptionSpan] = {}
        for words, option in sorted(wanted, key=lambda item: -len(item[0])):
            if option.key not in found and words:
                at = self._best(words, option)
                if at is not None:
                    found[option.key] = self._take(option, at, at + len(words))
        return sorted(found.values(), key=lambda place: place.start)

    def find_alike(self, options: Sequence[Option]) -> list[OptionSpan]:
        """Options not found word for word that a piece of the rest resembles, the best likeness first.

        A piece that resembles two of them as much (第1产业) is left alone.
        """
        wanted = [(option, fold(option.label)) for option in options]
        pairs: list[tuple[int, Option, int, int]] = []
        for start, end in self._rest() if wanted else ():
            if sum(words in self.letters[start:end] for _, words in wanted) > 1:
                continue  # several options run together
            ranked = sorted(
                ((_likeness(self.letters[start:end], w), o) for o, w in wanted), key=lambda r: -r[0]
            )
            clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _CLEARLY
            if ranked[0][0] >= _ALIKE and clear:
                pairs.append((*ranked[0], start, end))
        found: dict[str, OptionSpan] = {}
        for _, option, start, end in sorted(pairs, key=lambda pair: -pair[0]):
            if option.key not in found:
                found[option.key] = self._take(option, start, end, reworded=True)
        return list(found.values())

    def _take(self, option: Option, start: int, end: int, *, reworded: bool = False) -> OptionSpan:
        self.taken[start:end] = [True] * (end - start)
        return OptionSpan(option, self.places[start], self.places[end - 1] + 1, reworded)

    def _best(self, words: str, option: Option) -> int | None:
        """Where the words stand best: beside a box, else on their own, else first."""
        hits = [at for at in self._hits(words) if len(words) > _SHORT or self._alone(at, at + len(words))]
        if not hits and option.explain:  # ☑是2023年发生…: the explanation follows without a break
            hits = [
                at for at in self._hits(words) if self._beside_sign(at) and self._not_a_longer_word(at, words)
            ]
        beside = [at for at in hits if self._beside_sign(at) or self._beside_sign(at + len(words))]
        alone = [at for at in hits if self._alone(at, at + len(words))]
        return next(iter((*beside, *alone, *hits)), None)

    def _hits(self, words: str) -> Iterator[int]:
        at = self.letters.find(words)
        while at >= 0:
            if not any(self.taken[at : at + len(words)]):
                yield at
            at = self.letters.find(words, at + 1)

    def _alone(self, start: int, end: int) -> bool:
        return self._break(start) and self._break(end)

    def _break(self, at: int) -> bool:
        """Whether something other than a letter of a word stands before the folded letter `at`."""
        if at in (0, len(self.places)) or self.places[at] - self.places[at - 1] > 1:
            return True
        before, after = self.text[self.places[at - 1]], self.text[self.places[at] : self.places[at] + 2]
        if before in ROUND or before.isdigit():  # an option's number: ②否, 2否
            return True
        return after[:1] in ROUND or (
            after[:1].isdigit() and after[1:] in tuple(".．、)）")
        )  # of the next: ①是2.否

    def _beside_sign(self, at: int) -> bool:
        """Whether a box or tick stands right before the folded letter `at`."""
        low = self.places[at - 1] if at else -1
        high = self.places[at] if at < len(self.places) else len(self.text)
        following = bisect_right(self.signs, low)
        return following < len(self.signs) and self.signs[following] < high

    def _not_a_longer_word(self, at: int, words: str) -> bool:
        return not self.letters.startswith(
            words + word("beside.no" if words == word("beside.yes") else "beside.fixed"), at
        )

    def _rest(self) -> Iterator[tuple[int, int]]:
        """The pieces of letters not yet taken, cut at boxes, ticks and line ends."""
        ends = {0, len(self.letters)}
        cuts = [
            at
            for at in range(len(self.letters) + 1)
            if at in ends or self.taken[at - 1] or self.taken[at] or self._cut(at)
        ]
        return ((start, end) for start, end in pairwise(cuts) if not self.taken[start])

    def _cut(self, at: int) -> bool:
        return self._beside_sign(at) or "\n" in self.text[self.places[at - 1] : self.places[at]]


def _likeness(letters: str, words: str) -> int:
    """How alike, from 0 to 100; a text that goes on after the option is compared by its beginning too."""
    pieces = {letters, letters[: len(words)]} if len(words) > _SHORT else {letters}
    matcher = SequenceMatcher(None, "", words, autojunk=False)
    best = 0
    for piece in pieces:
        matcher.set_seq1(piece)
        if matcher.real_quick_ratio() * 100 > best and matcher.quick_ratio() * 100 > best:
            best = max(best, round(matcher.ratio() * 100))
    return best


def note_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where printed notes stand, without what was written into them."""
    for match in NOTE.finditer(text):
        if match["said"]:
            yield match.start(), match.start("said")
            yield match.end("said"), match.end()
        else:
            yield match.span()
