"""One answer of a file: from a short form to the form of `extract`, looked over by the model of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from clusterform.answers import Answer, Contact, CountNames, State, TicksAnswer, answer_kind
from clusterform.fields import BOXES, Field, Kind
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.forms.model import RowDef
from clusterform.messages import Text
from clusterform.models import Written
from clusterform.nearest import hint
from clusterform.text import fold
from clusterform.writing.faults import Faults, named, quoted

_HALVES = {Kind.CONTACT: ("person", "phone"), Kind.COUNT_NAMES: ("count", "names")}
"""What may be given instead of an answer's text."""
_NONE = "无"


def in_full(item: Field, value: Any) -> dict[str, Any]:
    """An answer as `extract` prints it, whatever shorter form it has: a text, ticks, or the halves of an answer."""
    if not isinstance(value, Mapping):
        value = {"value" if item.kind in BOXES else "text": value}
    parts = {key: inner for key, inner in value.items() if inner is not None and inner != ""}
    halves = {half: parts.pop(half) for half in _HALVES.get(item.kind, ()) if half in parts}
    if halves:
        parts = {**parts, "text": "", "value": halves}
    if item.kind in BOXES and isinstance(parts.get("value"), str):
        parts["value"] = [parts["value"]]
    elif item.kind not in BOXES and not parts.get("text") and isinstance(parts.get("value"), str):
        parts["text"] = parts.pop("value")
    return parts


def answer_of(
    item: Field, row: RowDef, column: str | None, parts: dict[str, Any], faults: Faults
) -> Answer | None:
    """The answer that these parts are, None where they are blank; what is wrong with it is added to the faults."""
    kind = answer_kind(item.kind)
    shown = [name for name, field in kind.model_fields.items() if not field.exclude]
    known = sorted({*shown, *_HALVES.get(item.kind, ())})
    value = parts.get("value")
    if item.kind is Kind.COUNT_NAMES and isinstance(value, Mapping) and not parts.get("text"):
        halves = {"count_text": value.get("count"), "names": value.get("names")}
        parts = {**parts, "value": {half: text for half, text in halves.items() if text is not None}}
    for name in sorted(parts.keys() & kind.model_fields.keys() - set(shown)):
        faults.add(named(item, column), Text("answers.unknown-part", part=name, near=hint(name, known)))
    try:
        given = kind.model_validate(parts)
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            faults.add(named(item, _part(wrong["loc"]) or column), fault_of(wrong, known, parts.get("text")))
        return None
    if isinstance(given, TicksAnswer):
        return _ticks(item, given, faults)
    return _text(item, row, column, given, faults)


def checked_texts(given: Mapping[str, Any], place: str, faults: Faults) -> dict[str, str]:
    """The texts of a row or line by their keys."""
    try:
        return _TEXTS.validate_python({key: text for key, text in given.items() if text is not None})
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            faults.add(f"{place}.{wrong['loc'][0]}", fault_of(wrong))
        return {}


_TEXTS = TypeAdapter(dict[str, Written])


def fault_of(wrong: Any, known: Iterable[str] = (), text: object = "") -> Text:
    """What pydantic found wrong, in the words of the catalogue; `known` are the names that an answer's parts have."""
    kind, value = wrong["type"], wrong["input"]
    if kind == "value_error":
        return cast("Text", wrong["ctx"]["error"].args[0])
    if kind == "extra_forbidden":
        name = str(wrong["loc"][-1])
        return Text("answers.unknown-part", part=quoted(name), near=hint(name, known))
    if kind == "enum":
        return Text("answers.unknown-state", state=quoted(value), near=hint(str(value), tuple(State)))
    if kind == "tuple_type":
        return Text("answers.no-options", value=quoted(value))
    if kind == "string_type":
        return Text("answers.no-text", value=quoted(value))
    return Text("answers.disagree", text=quoted(text or ""), value=quoted(value))


def _part(place: tuple[int | str, ...]) -> str | None:
    """The part of an answer that is wrong, as path@part names it."""
    parts = {"remark": "remark", "count_text": "count", "names": "names"}
    return next((parts[name] for name in place if isinstance(name, str) and name in parts), None)


def _text(item: Field, row: RowDef, column: str | None, given: Answer, faults: Faults) -> Answer | None:
    """An answer in words; its value must say the same as its text, or one of them was changed alone."""
    text = given.text or _written(given.value)
    if not text.strip():
        return None
    read = convert(item, row, [Piece(text)])
    if given.text and None not in (given.value, read.value) and _value(read) != _value(given):
        shown = Text("answers.disagree", text=quoted(text), value=quoted(_value(given)))
        faults.add(named(item, column), shown)
    if not given.text and isinstance(given.value, CountNames) and isinstance(read.value, CountNames):
        halves = {"count_text": given.value.count_text.strip(), "names": given.value.names.strip()}
        read = read.model_copy(update={"value": read.value.model_copy(update=halves)})
    return read.model_copy(update={"text": text})


def _value(answer: Answer) -> Any:
    return answer.model_dump(include={"value"})["value"]


def _written(value: Any) -> str:
    """An answer given in its halves, as a form shows it."""
    if isinstance(value, CountNames):
        count, names = value.count_text.strip(), value.names.strip()
        return f"数量：{count}个 名称：{names}" if count or names else ""
    if isinstance(value, Contact):
        return " ".join(text for text in (value.person, value.phone) if text.strip())
    return "" if value is None else str(value)


def _ticks(item: Field, given: TicksAnswer, faults: Faults) -> TicksAnswer | None:
    """Ticked options by their keys or official texts, in the form's order; 无 for the whole group."""
    if given.undecided:
        labels = {option.key: option.label for option in item.options}
        options = [labels.get(key, key) for key in given.undecided]
        faults.add(named(item, None), Text("answers.undecided", options=options))
    none = given.state is State.NONE if not given.ticked else given.ticked == (_NONE,)
    if none and all(option.label != _NONE for option in item.options):
        return TicksAnswer.made(text=_NONE, state=State.NONE, value=(), remark=given.remark)
    keys = {_option(item, name, faults) for name in given.ticked if name}
    ticked = tuple(option.key for option in item.options if option.key in keys)
    return TicksAnswer.made(value=ticked, remark=given.remark) if ticked or given.remark.strip() else None


def _option(item: Field, name: str, faults: Faults) -> str | None:
    """The key of an option named by its key or its official text."""
    for option in item.options:
        if name == option.key or fold(name) in {fold(text) for text in (option.label, *option.spellings)}:
            return option.key
    known = [option.key if name.isascii() else option.label for option in item.options]
    faults.add(named(item, None), Text("answers.unknown-option", option=quoted(name), near=hint(name, known)))
    return None
