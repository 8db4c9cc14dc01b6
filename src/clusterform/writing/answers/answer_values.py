"""One answer of a file, in the shape that `extract` prints or as written by hand, as texts and ticks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from typing import Any

from clusterform.answers import CountNames, State
from clusterform.fields import BOXES, Column, Field, Kind
from clusterform.filling.convert import convert
from clusterform.filling.label_entries import head_spellings
from clusterform.filling.pieces import Piece
from clusterform.forms.model import FormDef
from clusterform.parsers.paragraph_builder import visible_text
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.writing.answers.answer_faults import Faults, meant, named, quoted, says
from clusterform.writing.answers.given import Counted, Place


def column_named(columns: Iterable[Column], name: str) -> str | None:
    """The key of the column of that key, or that head in any spelling; None where there is none."""
    for column in columns:
        if name == column.key or fold(name) in {fold(text) for text in head_spellings(column.label)}:
            return column.key
    return None


EXTRACTED = frozenset({"text", "state", "value", "place", "undecided", "remark"})
"""The keys of an answer as `extract` prints it."""
_UNWRITABLE = pattern("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no Office file can hold (XML 1.0, 2.2)."""
_LONGEST = 200_000
_STATES = tuple(state.value for state in State)


@dataclass(slots=True)
class Values:
    """Takes the answers of one file one by one."""

    form: FormDef
    faults: Faults
    texts: dict[Place, str] = data_field(default_factory=dict)
    ticks: dict[str, tuple[str, ...]] = data_field(default_factory=dict)
    remarks: dict[str, str] = data_field(default_factory=dict)
    counted: dict[str, Counted] = data_field(default_factory=dict)

    def take(self, path: str, value: Any) -> None:
        """The answer of a field: one for each column where the row has columns."""
        item = self.form.fields[path]
        if value is None:
            return
        if not item.columns:
            self._one(item, None, value)
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                column = self._column(item, str(name))
                if column is not None and inner is not None:
                    self._one(item, column, inner)
        else:
            zh, en = f"应按栏目分列填写，如 {item.columns[0].key}: …", "wants a mapping by column"
            self._wrong(item, None, f"{zh}；写的是“{quoted(value)}”。", f"{en}, not “{quoted(value)}”.")

    def take_part(self, path: str, part: str, value: Any) -> None:
        """The answer of path@column; a count, names or remark may stand so too."""
        item = self.form.fields[path]
        if part == "remark" and item.kind in BOXES:
            self._remark(item, value)
        elif part in {"count", "names"} and item.kind is Kind.COUNT_NAMES:
            held = self.counted.get(path, Counted("", ""))
            text = self.clean(f"{path}@{part}", value)
            self._counted(
                item, text if part == "count" else held.count, text if part == "names" else held.names
            )
        elif item.columns:
            column = self._column(item, part)
            if column is not None and value is not None:
                self._one(item, column, value)
        else:
            self._wrong(item, None, f"没有“{part}”这一栏。", f"has no column “{part}”.")

    def clean(self, place: str, value: Any) -> str:
        """A text as it can be written; a mistake where it is none. `place` names it in the message."""
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            shown = quoted(value)
            self.faults.add(
                place, f"应填文字或数字，写的是“{shown}”。", f"wants a text or a number, not “{shown}”."
            )
            return ""
        text = str(value).replace("\r\n", "\n").replace("\r", "\n")
        bad = _UNWRITABLE.search(text)
        if bad is not None:
            code = f"U+{ord(bad[0]):04X}"
            self.faults.add(
                place,
                f"含有不能写入文件的控制字符 {code}。",
                f"holds the control character {code}, which no file can keep.",
            )
            return ""
        if len(text) > _LONGEST:
            self.faults.add(place, f"文字过长（{len(text)} 字）。", f"is too long ({len(text)} characters).")
            return ""
        return visible_text(text)

    def _column(self, item: Field, name: str) -> str | None:
        """The key of a column named by its key or its official head."""
        key = column_named(item.columns, name)
        if key is None:
            zh, en = meant(name, [text for c in item.columns for text in (c.key, c.label)])
            self._wrong(
                item, None, f"没有“{quoted(name)}”这一栏，{zh}。", f"has no column “{quoted(name)}”; {en}."
            )
        return key

    def _one(self, item: Field, column: str | None, value: Any) -> None:
        given = value if isinstance(value, Mapping) else {}
        if given and not self._known_keys(item, column, given):
            return
        if item.kind in BOXES:
            self._boxes(item, value)
        elif item.kind is Kind.COUNT_NAMES:
            self._count_names(item, value)
        elif item.kind is Kind.CONTACT and given.keys() & {"person", "phone"}:
            parts = (self.clean(named(item, column), given.get(key)) for key in ("person", "phone"))
            self._put(item, column, " ".join(part for part in parts if part.strip()))
        elif isinstance(value, Mapping):
            self._put(item, column, self._extracted_text(item, column, given))
        else:
            self._put(item, column, self.clean(named(item, column), value))

    def _known_keys(self, item: Field, column: str | None, given: Mapping[Any, Any]) -> bool:
        known = {Kind.CONTACT: {"person", "phone"}, Kind.COUNT_NAMES: {"count", "names"}}.get(
            item.kind, set()
        )
        unknown = [str(key) for key in given if str(key) not in EXTRACTED | known]
        for key in unknown:
            zh, en = meant(key, sorted(EXTRACTED | known))
            self._wrong(
                item, column, f"没有“{quoted(key)}”这一项，{zh}。", f"has no part “{quoted(key)}”; {en}."
            )
        state = given.get("state")
        if state is not None and state not in _STATES:
            zh, en = meant(str(state), _STATES)
            self._wrong(
                item,
                column,
                f"state 不能是“{quoted(state)}”，{zh}。",
                f"state “{quoted(state)}” is unknown; {en}.",
            )
        return not unknown

    def _extracted_text(self, item: Field, column: str | None, given: Mapping[Any, Any]) -> str:
        """The text of an answer as extracted; its value must say the same, or one of them was changed alone."""
        value = given.get("value")
        text = self.clean(named(item, column), given.get("text"))
        if value is None:
            return text
        if not text and isinstance(value, str | int) and not isinstance(value, bool):
            return self.clean(named(item, column), value)
        read = convert(item, self.form.rows[item.path], [Piece(text)])
        if not says(read, value):
            zh = f"text“{quoted(text)}”与 value“{quoted(value)}”不一致。改了其中一个，请删去另一个。"
            en = f"text “{quoted(text)}” and value “{quoted(value)}” disagree; delete the one you did not change."
            self._wrong(item, column, zh, en)
        return text

    def _put(self, item: Field, column: str | None, text: str) -> None:
        if text.strip():
            self.texts[item.path, column] = text

    def _count_names(self, item: Field, value: Any) -> None:
        if isinstance(value, Mapping) and value.keys() & {"count", "names"}:
            count, names = (self.clean(f"{item.path}@{k}", value.get(k)) for k in ("count", "names"))
            self._counted(item, count, names)
            return
        if isinstance(value, Mapping) and not value.get("text") and isinstance(value.get("value"), Mapping):
            self._count_names(item, {k: value["value"].get(k) for k in ("count", "names")})
            return
        if isinstance(value, Mapping):
            text = self._extracted_text(item, None, value)
        else:
            text = self.clean(named(item, None), value)
        read = convert(item, self.form.rows[item.path], [Piece(text)])
        self._put(item, None, text)
        if isinstance(read.value, CountNames) and text.strip():
            self.counted[item.path] = Counted(read.value.count_text, read.value.names)

    def _counted(self, item: Field, count: str, names: str) -> None:
        if count.strip() or names.strip():
            self.counted[item.path] = Counted(count.strip(), names.strip())
            self.texts[item.path, None] = f"数量：{count.strip()}个 名称：{names.strip()}"

    def _boxes(self, item: Field, value: Any) -> None:
        """Ticked options: a list, one alone, or as extracted; 无 for the whole group."""
        chosen = value
        if isinstance(value, Mapping):
            chosen = value.get("value")
            self._remark(item, value.get("remark"))
            undecided = value.get("undecided")
            if undecided:
                names = "、".join(self._label(item, str(key)) for key in undecided)
                zh = f"原表中“{names}”是否勾选无法确定。请看原表，勾选的写入 value，并清空 undecided。"
                en = f"whether “{names}” is ticked could not be read; put what is ticked into value and empty undecided."
                self._wrong(item, None, zh, en)
            if not chosen and value.get("state") == State.NONE:
                self.texts[item.path, None] = "无"
        if isinstance(chosen, bool) or not isinstance(chosen, str | list | tuple | None):
            self._wrong(
                item,
                None,
                f"应列出勾选的选项，写的是“{quoted(chosen)}”。",
                f"wants a list of options, not “{quoted(chosen)}”.",
            )
            return
        wanted = [chosen] if isinstance(chosen, str) else list(chosen or ())
        if wanted == ["无"] and not any(o.label == "无" for o in item.options):
            self.texts[item.path, None] = "无"
            return
        keys = {self._option(item, name) for name in wanted if name != ""}
        ticked = tuple(o.key for o in item.options if o.key in keys)
        if ticked:
            self.ticks[item.path] = ticked

    def _option(self, item: Field, name: Any) -> str | None:
        """The key of an option named by its key or its official text."""
        if isinstance(name, str):
            for option in item.options:
                if name == option.key or fold(name) in {fold(t) for t in (option.label, *option.spellings)}:
                    return option.key
        zh, en = meant(str(name), [o.key if str(name).isascii() else o.label for o in item.options])
        self._wrong(item, None, f"没有选项“{quoted(name)}”，{zh}。", f"has no option “{quoted(name)}”; {en}.")
        return None

    def _label(self, item: Field, key: str) -> str:
        return next((o.label for o in item.options if o.key == key), key)

    def _remark(self, item: Field, value: Any) -> None:
        text = self.clean(f"{item.path}@remark", value)
        if text.strip():
            self.remarks[item.path] = text

    def _wrong(self, item: Field, column: str | None, zh: str, en: str) -> None:
        self.faults.add(named(item, column), zh, en)
