"""Which box or row a line of the evidence list, or a file's name, belongs to.

The notice fixes no layout for the list, so a line may give a code of the blank template, or name a box, a row, a
whole group, or a piece of any of these. A code decides; else the same words; else words that hold a name whole, or
are a piece of one. A piece that fits several is doubtful: it is said, and never taken for one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from clusterform.answers import FilledForm
from clusterform.asked import Asked, asked_of
from clusterform.claims.claims import Claim, FormClaims, claims_of, claims_on, folded
from clusterform.claims.codes import Code, CodesAndWords, codes_in
from clusterform.evidence_line import EvidenceLine
from clusterform.grouped import grouped
from clusterform.patterns import pattern
from clusterform.text import fold

SHORTEST_PIECE = 4
"""Folded characters: a shorter piece, such as 产业链, stands in too many places to mean one."""

_KEPT = 1024
"""Codes and subjects of which the answer is kept: most forms have those of the printed list."""
_NUMBERING = pattern(r"[0-9{numerals}{evidence.numbering}]+")
_TAIL = pattern(r"{evidence.about}?{evidence.material}{1,9}$")


class LineMatch(NamedTuple):
    claims: tuple[Claim, ...] = ()
    doubt: str = ""
    """several: its words are a piece of each of these; contradiction: its code is of one, its words of another."""

    @property
    def sure(self) -> tuple[Claim, ...]:
        return () if self.doubt else self.claims


class Matcher:
    """What each line of an evidence list belongs to: the same for every form of a definition with these part headings."""

    def __init__(self, asked: Asked, parts: Iterable[str]) -> None:
        """`parts` alone name nothing.

        A line that is exactly the name of a row that asks for no evidence belongs to that row, and not to a box whose
        text happens to hold it.
        """
        self.known = claims_of(asked)
        others = (f for f in asked.fields.values() if not f.evidence and not f.options)
        self._unasked = frozenset(folded(name for f in others for name in f.evidence_names))
        self._parts = frozenset(folded(parts))
        self._named = grouped((name, claim) for claim in self.known for name in claim.names)
        self._headed = grouped((name, claim) for claim in self.known for name in claim.heads)
        self._coded = grouped((claim.code[0], claim) for claim in self.known)
        self._by_subject = lru_cache(maxsize=_KEPT)(self._of_subject)

    @classmethod
    def of(cls, form: FilledForm) -> Matcher:
        parts = tuple(form.section_titles.values())
        return asked_of(form).decided(("lines", parts), lambda asked: cls(asked, parts))

    def match(self, line: EvidenceLine) -> LineMatch:
        """By its code, else by its subject, else by its title."""
        found = self._by_subject(line.code, line.subject)
        if found is not None:
            return found
        by_title, subject = self.named(fold(line.title)), fold(line.subject)
        return by_title if by_title.claims or self._is_bare(subject) else self._brief(_TAIL.sub("", subject))

    def says_for_what(self, line: EvidenceLine) -> bool:
        """Whether a line has a code or words of its own for what it belongs to; a number or a part's heading is none."""
        coded = bool(codes_in(line.code).codes or codes_in(line.subject).codes)
        return coded or not self._is_bare(fold(line.subject))

    def _is_bare(self, subject: str) -> bool:
        return not _NUMBERING.sub("", subject) or subject in self._parts

    def _of_subject(self, code: str, subject: str) -> LineMatch | None:
        """By code or subject; None where these do not tell."""
        own = codes_in(code)
        coded = own if own.codes else codes_in(subject)
        if found := self.coded(coded.codes):
            return self._weighed(coded, found, subject if own.codes else coded.rest)
        folded_subject = fold(subject)
        if _TAIL.sub("", folded_subject) in self._unasked:
            return LineMatch()
        named = LineMatch() if self._is_bare(folded_subject) else self.named(folded_subject)
        return named if named.claims else None

    def _weighed(self, coded: CodesAndWords, found: tuple[Claim, ...], words: str) -> LineMatch:
        """What codes name, against the words beside them: words of another row contradict, a row's own words narrow."""
        text = fold(words)
        exact = self._exact(text, _TAIL.sub("", text) or text) if text else []
        if exact and not set(found).intersection(exact):
            return LineMatch((*found, *exact), "contradiction")
        if any(number for _, number in coded.codes):
            return LineMatch(found)
        return LineMatch(tuple(c for c in exact or self._within(text) if c in found) or found)

    def coded(self, codes: Iterable[Code]) -> tuple[Claim, ...]:
        """The claims of these codes; a row's code alone covers all its boxes."""
        return tuple(
            claim
            for row, number in codes
            for claim in (self._coded.get(row, ()) if row else ())
            if not number or claim.code[1] in {"", number}
        )

    def named(self, text: str) -> LineMatch:
        """By folded words, from the surest way to the loosest; the first that finds anything decides."""
        if not text:
            return LineMatch()
        core = _TAIL.sub("", text) or text
        found = self._exact(text, core) or self._within(text) or self._head_within(text)
        return LineMatch(tuple(found)) if found else self._around(core)

    def _exact(self, text: str, core: str) -> list[Claim]:
        for index in (self._named, self._headed):
            found = [*index.get(text, ()), *(index.get(core, ()) if core != text else ())]
            if found:
                return found
        return []

    def _brief(self, core: str) -> LineMatch:
        """A shorter piece, 链主: it stands for the one claim that holds it, where nothing else on the form does."""
        if not 1 < len(core) < SHORTEST_PIECE:
            return LineMatch()
        holding = {c for name, found in self._named.items() if core in name for c in found}
        elsewhere = any(core in name for name in (*self._unasked, *self._parts))
        return LineMatch(tuple(holding)) if len(holding) == 1 and not elsewhere else LineMatch()

    def _within(self, text: str) -> list[Claim]:
        """The claims whose name the text holds, save a name that is only part of another one found."""
        held = [name for name in self._named if len(name) >= SHORTEST_PIECE and name in text]
        whole = [name for name in held if not any(name != other and name in other for other in held)]
        return [claim for name in whole for claim in self._named[name]]

    def _head_within(self, text: str) -> list[Claim]:
        heads = (name for name in self._headed if len(name) >= SHORTEST_PIECE and name in text)
        return [claim for name in heads for claim in self._headed[name]]

    def _around(self, core: str) -> LineMatch:
        """The claims of whose name or group the text is a piece. All boxes of one group are one thing named."""
        if len(core) < SHORTEST_PIECE:
            return LineMatch()
        named = [c for name, found in self._named.items() if core in name for c in found]
        headed = [c for name, found in self._headed.items() if core in name for c in found]
        found = tuple(dict.fromkeys((*named, *headed)))
        one = len(set(named)) == 1 or (not named and len({claim.path for claim in headed}) == 1)
        return LineMatch(found, "" if one or not found else "several")


MatchedLine = tuple[EvidenceLine, LineMatch]
"""A line of the list and what it fits."""


class MatchedLines(NamedTuple):
    """A form's claims, and its lines with what each belongs to; worked out once for all rules."""

    known: tuple[Claim, ...]
    on: FormClaims
    lines: tuple[MatchedLine, ...]
    lacking: tuple[Claim, ...]
    """Evidence is due for them, and no line that gives material belongs to them."""
    titles_only: bool
    """No line says what it is for, not every title tells, and something lacks evidence: only a person can compare them."""

    @classmethod
    def of(cls, form: FilledForm) -> MatchedLines:
        matcher, on = Matcher.of(form), claims_on(form)
        lines = tuple(_in_order(matcher, form.evidence or ()))
        given = [(line, match) for line, match in lines if line.given]
        proven = {claim.key for _, match in given for claim in match.claims}
        lacking = tuple(claim for claim in matcher.known if claim.key in on.due and claim.key not in proven)
        return cls(
            matcher.known, on, lines, lacking, bool(lacking) and _says_too_little(matcher, given, form)
        )


def _says_too_little(matcher: Matcher, given: Iterable[MatchedLine], form: FilledForm) -> bool:
    listed = [(line, match) for line, match in given if not line.unlisted]
    if any(matcher.says_for_what(line) for line, _ in listed):
        return False
    return any(not match.sure and not names_something((line.title,), form) for line, match in listed)


def _in_order(matcher: Matcher, lines: Iterable[EvidenceLine]) -> Iterator[MatchedLine]:
    """Each line with what it belongs to. One that says nothing of it goes on with the line before on the same list."""
    before, source = LineMatch(), ""
    for line in lines:
        match = matcher.match(line)
        silent = not (fold(line.subject) or fold(line.code) or line.unlisted)
        if silent and not match.claims and line.source == source:
            match = before
        elif not silent:
            before, source = match, line.source
        yield line, match


def names_something(texts: Iterable[str], form: FilledForm) -> bool:
    """Whether a line's texts name any row or part of the form at all, evidence asked or not."""
    parts = tuple(form.section_titles.values())
    labels = asked_of(form).decided(("labels", parts), lambda asked: _labels(asked).union(map(fold, parts)))
    for text in map(fold, texts):
        core = _TAIL.sub("", text) or text
        if len(core) >= SHORTEST_PIECE and any(
            core in x or (len(x) >= SHORTEST_PIECE and x in text) for x in labels
        ):
            return True
    return False


def _labels(asked: Asked) -> frozenset[str]:
    """The folded labels of all rows, and of their groups."""
    return frozenset(fold(text) for field in asked.fields.values() for text in (field.label, field.group))
