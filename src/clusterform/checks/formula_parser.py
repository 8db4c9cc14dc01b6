"""How a rule writes a formula, and a condition on a form's figures: + - * / and brackets, comparisons, and, or, not.

A cell is written `section.key`, with another column than the place's own `section.key[previous]`; a condition may
write `集群总产值.2024`, see `row_names`. Signs and brackets may be full-width ones, words Chinese ones. There is
nothing else in this language: no attribute, no power, no text, no name but those of cells and of a few functions;
and what is longer or deeper than any rule has need of is refused unread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeAlias

from clusterform.checks.formula import Apply, Call, Constant, Node, Operand, Root, total
from clusterform.messages import Text
from clusterform.nearest import with_suggestion
from clusterform.patterns import pattern
from clusterform.text import narrow
from clusterform.validation import MisfitError, Wrong

LONGEST = 2000
"""Characters."""
MOST = 60
"""Cells and numbers in all; a formula is at most so deep, so that walking it ends well."""
_DEEPEST = 20
_DIGITS = 30
_DEGREES = range(2, 10)
_PLACES = range(9)

_TOKEN = pattern(
    r"(?P<blank>\s++)|(?P<number>\d++(?:\.\d++)?+)(?![\w])|(?P<word>(?:[\w“”《》、]|:(?=[\w“]))++)|(?P<sign><=|>=|<>|!=|==|[-+*/()\[\]<>=≤≥≠,.])|(?P<other>\S)"
)
_TYPED = str.maketrans("−–—×÷【】。≦⩽≧⩾", "---*/[].≤≤≥≥")
"""Signs as they are typed or printed, one character each, by those of the language."""
_JOINS = {"and": "and", "且": "and", "并且": "and", "or": "or", "或": "or", "或者": "or"}
_NOT = ("not", "非")
_SAME_SIGN = {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!=", "==": "="}
_COMPARED = ("<=", ">=", "<", ">", "=", "!=")
_BINDS = {"or": 1, "and": 2, **dict.fromkeys(_COMPARED, 4), "+": 5, "-": 5, "*": 6, "/": 6}
_NOT_BINDS, _MINUS_BINDS = 3, 7
_FUNCTIONS = {
    **dict.fromkeys(("abs", "绝对值"), "abs"),
    **dict.fromkeys(("min", "最小值"), "min"),
    **dict.fromkeys(("max", "最大值"), "max"),
    **dict.fromkeys(("sum", "合计"), "sum"),
    **dict.fromkeys(("average", "平均值"), "average"),
    **dict.fromkeys(("round", "四舍五入"), "round"),
    **dict.fromkeys(("root", "开方"), "root"),
}


class Compared(NamedTuple):
    sign: str
    left: Node
    right: Node


class Junction(NamedTuple):
    word: str
    """and, or"""
    parts: tuple[Condition, ...]


class Negation(NamedTuple):
    of: Condition


Condition: TypeAlias = "Compared | Junction | Negation"
Part: TypeAlias = "Node | Condition"


class CellName(NamedTuple):
    """A cell's name, point by point, and the column in square brackets; empty where there are none."""

    parts: tuple[str, ...]
    column: str


Naming = Callable[[CellName, int], Operand]
"""The cell of a name that begins at some character of the text."""


class _Token(NamedTuple):
    sort: str
    text: str
    at: int


@cache
def parse(text: str) -> Node:
    """The formula of a rule's text; MisfitError says what it does not know."""
    section, _, key = text.strip().partition(".")
    if section.isidentifier() and key.isidentifier():
        return Operand(f"{section}.{key}", None)  # as most are
    parsed = _Parser(text, _by_path, {"root": "root"}, fractions=False).whole()
    if isinstance(parsed, Compared | Junction | Negation):
        raise _wrong(0, "misfit.formula", text=text)
    return parsed


def parse_condition(text: str, naming: Naming) -> Condition:
    """The condition of a rule's text; MisfitError says what is wrong and where."""
    parsed = _Parser(text, naming, _FUNCTIONS).whole()
    if isinstance(parsed, Compared | Junction | Negation):
        return parsed
    raise _wrong(0, "condition.no-comparison")


def _by_path(name: CellName, at: int) -> Operand:
    path = ".".join(name.parts)
    if len(name.parts) != 2 or name.column.isdecimal():
        raise _wrong(at, "misfit.formula-part", text=path)
    return Operand(path, name.column or None)


def _wrong(at: int, key: str, **facts: object) -> MisfitError:
    return MisfitError(Wrong((), Text(key, **facts), at))


def _tokens(text: str) -> Iterator[_Token]:
    """Every word, number and sign in its usual width; a character that is two in that width stays as it is."""
    chars = (narrow(char) for char in text.translate(_TYPED))
    plain = "".join(new if len(new) == 1 else old for new, old in zip(chars, text, strict=True))
    at = 0
    while found := _TOKEN.match(plain, at):
        sort, start, at = str(found.lastgroup), at, found.end()
        word = found[sort]
        if sort == "other":
            raise _wrong(start, "condition.percent" if word == "%" else "misfit.formula-part", text=word)
        if sort != "blank":
            yield _Token(_sort(sort, word.lower()), _SAME_SIGN.get(word, word), start)
    yield _Token("end", "", len(text))


def _sort(sort: str, word: str) -> str:
    """`join` and `not` are words, but no part of a name."""
    return "join" if word in _JOINS else "not" if word in _NOT else sort


class _Parser:
    """By the binding of its operators, from the left; see Pratt, Top down operator precedence."""

    def __init__(
        self, text: str, naming: Naming, functions: dict[str, str], *, fractions: bool = True
    ) -> None:
        if len(text) > LONGEST:
            raise _wrong(0, "condition.too-long", most=LONGEST)
        self._naming = naming
        self._functions = functions
        self._fractions = fractions
        self._tokens = list(_tokens(text))
        self._next = 0
        self._leaves = 0
        self._deep = 0

    def whole(self) -> Part:
        parsed = self._part(0)
        if self._token.sort != "end":
            raise self._unexpected()
        return parsed

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, text: str = "") -> _Token:
        """The next token, which is to be this one where one is named."""
        token = self._token
        if text and token.text != text:
            raise _wrong(token.at, "condition.wanted", text=text)
        self._next += 1
        return token

    def _unexpected(self) -> MisfitError:
        token = self._token
        if token.sort == "end":
            return _wrong(token.at, "condition.unfinished")
        doubled = token.text == "*" and self._tokens[self._next - 1].text == "*"
        return _wrong(token.at, "misfit.formula-part", text="**" if doubled else token.text)

    def _part(self, least: int) -> Part:
        """As much as binds closer than `least`."""
        self._deep += 1
        if self._deep > _DEEPEST:
            raise _wrong(self._token.at, "condition.too-deep", most=_DEEPEST)
        left, before = self._first(), ""
        while (binds := _BINDS.get(self._operator(), 0)) > least:
            sign, token = self._operator(), self._take()
            left = _joined(sign, left, self._part(binds), token.at, goes_on=before in _COMPARED)
            before = sign
        self._deep -= 1
        return left

    def _operator(self) -> str:
        token = self._token
        return _JOINS[token.text.lower()] if token.sort == "join" else token.text

    def _first(self) -> Part:
        token = self._token
        if token.sort == "not":
            self._take()
            return Negation(_condition(self._part(_NOT_BINDS), token.at))
        if token.sort == "number":
            return self._number()
        if token.sort == "word":
            return self._named()
        if token.text == "-":
            self._take()
            return Apply("-", Constant(Decimal(0)), _node(self._part(_MINUS_BINDS), token.at))
        if token.text != "(":
            raise self._unexpected()
        self._take()
        inner = self._part(0)
        self._take(")")
        return inner

    def _count(self, at: int) -> None:
        self._leaves += 1
        if self._leaves > MOST:
            raise _wrong(at, "condition.too-many", most=MOST)

    def _number(self) -> Constant:
        token = self._take()
        self._count(token.at)
        if "." in token.text and not self._fractions:
            raise _wrong(token.at, "misfit.formula-part", text=token.text)
        if len(token.text) > _DIGITS:
            raise _wrong(token.at, "condition.digits", most=_DIGITS)
        return Constant(Decimal(token.text))

    def _named(self) -> Node:
        """A cell, or a function of what stands in its brackets."""
        at = self._token.at
        parts, column = [self._words()], ""
        if self._token.text == "(":
            return self._call(parts[0], at)
        while self._token.text == ".":
            self._take()
            parts.append(self._words())
        if self._token.text == "[":
            self._take()
            column = self._words()
            self._take("]")
        self._count(at)
        return self._naming(CellName(tuple(parts), column), at)

    def _words(self) -> str:
        """One part of a name, without the spaces in it."""
        found: list[str] = []
        while self._token.sort == "word" or (self._token.sort == "number" and not found):
            found.append(self._take().text)
        if not found:
            raise self._unexpected()
        return "".join(found)

    def _call(self, name: str, at: int) -> Node:
        function = self._functions.get(name.lower())
        if function is None:
            fault = Text("condition.no-function", name=name)
            raise MisfitError(
                Wrong(
                    (),
                    with_suggestion(
                        fault, name.lower(), [f for f in self._functions if f.isascii() is name.isascii()]
                    ),
                    at,
                )
            )
        self._take("(")
        parts = [_node(self._part(0), at)]
        while self._token.text == ",":
            self._take()
            parts.append(_node(self._part(0), at))
        self._take(")")
        return _called(function, parts, at)


def _called(function: str, parts: list[Node], at: int) -> Node:
    """The function as a formula; MisfitError where it takes other arguments."""
    if function in {"sum", "average"}:
        added = total(parts)
        return added if function == "sum" else Apply("/", added, Constant(Decimal(len(parts))))
    if function in {"min", "max"}:
        return Call(function, tuple(parts))
    if function == "abs":
        if len(parts) == 1:
            return Call(function, tuple(parts))
        raise _wrong(at, "condition.one-argument", name=function)
    known = _DEGREES if function == "root" else _PLACES
    if len(parts) != 2 or not isinstance(parts[1], Constant) or parts[1].value not in known:
        raise _wrong(at, "condition.second-argument", name=function, least=known[0], most=known[-1])
    return Root(parts[0], int(parts[1].value)) if function == "root" else Call(function, tuple(parts))


def _joined(sign: str, left: Part, right: Part, at: int, *, goes_on: bool) -> Part:
    """`goes_on`: the left side is a comparison whose last figure is compared again, as in 0 <= a <= 100."""
    if sign in {"and", "or"}:
        return Junction(sign, (*_parts(sign, _condition(left, at)), *_parts(sign, _condition(right, at))))
    if sign not in _COMPARED:
        if sign == "/" and right == Constant(Decimal(0)):
            raise _wrong(at, "condition.divided-by-zero")
        return Apply(sign, _node(left, at), _node(right, at))
    if goes_on:
        row = _parts("and", _condition(left, at))
        if isinstance(row[-1], Compared):
            return Junction("and", (*row, Compared(sign, row[-1].right, _node(right, at))))
    return Compared(sign, _node(left, at), _node(right, at))


def _parts(word: str, of: Condition) -> tuple[Condition, ...]:
    """A row of conditions with one word between them is one junction, however long."""
    return of.parts if isinstance(of, Junction) and of.word == word else (of,)


def _node(part: Part, at: int) -> Node:
    if isinstance(part, Compared | Junction | Negation):
        raise _wrong(at, "condition.no-number")
    return part


def _condition(part: Part, at: int) -> Condition:
    if isinstance(part, Compared | Junction | Negation):
        return part
    raise _wrong(at, "condition.no-condition")
