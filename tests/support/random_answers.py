"""Random right answers for tests, as a file of answers holds them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from clusterform.fields import Field, Kind
from clusterform.forms.model import RowDef, load_form

EDITION = "2025"
_HAN = "浙江精密量具产业集群企业研发绿色数字平台开放服务园区轴承检测中心主管部门协会方晓雯余建军技术升级"
WORDS = st.text(_HAN, min_size=4, max_size=24)
_LINES = st.lists(WORDS, min_size=1, max_size=3).map("。\n".join)
_DECIMALS = st.decimals(0, 100, places=2).map(lambda d: f"{d:.2f}")
_COUNTS = st.integers(0, 99999).map(str)
_PHONES = st.sampled_from(["0570-6018826", "13757012468", "010-64102633", "0512-52880000"])
_DATES = st.sampled_from(["2025年6月18日", "2025年7月1日"])
_NONE = st.just("无")
_TARGETS = st.one_of(
    _DECIMALS, _COUNTS, _DECIMALS.map(lambda d: f"{d}亿元"), _DECIMALS.map(lambda d: f"{d}%")
)
_PLACES = {
    Kind.DECIMAL: st.one_of(_DECIMALS, _NONE),
    Kind.COUNT: _COUNTS,
    Kind.TARGET: _TARGETS,
    Kind.PHONE: _PHONES,
    Kind.CONTACT: st.tuples(st.sampled_from(["方晓雯", "余建军"]), _PHONES).map(" ".join),
    Kind.DATE: _DATES,
    Kind.PERSON: st.sampled_from(["方晓雯", "余建军"]),
    Kind.PROSE: _LINES,
    Kind.FORMULA: WORDS.map(lambda text: f"{text}=能源消费量÷集群总产值"),
    Kind.CLUSTER_NAME: st.sampled_from(["浙江省开化县精密量具产业集群", "德化县白瓷产业集群"]),
    Kind.REGION: st.just("浙江省（区、市）衢州市（区）开化县（市、区）"),
}


def _place(item: Field) -> st.SearchStrategy[Any]:
    if item.kind is Kind.CHOICE:
        return st.sampled_from([[o.key] for o in item.options])
    if item.kind is Kind.CHOICES:
        return st.lists(
            st.sampled_from([o.key for o in item.options]), unique=True, max_size=len(item.options)
        )
    if item.kind is Kind.COUNT_NAMES:
        names = st.lists(WORDS, min_size=1, max_size=3, unique=True)
        return names.map(lambda found: {"count": str(len(found)), "names": "、".join(found)})
    kind = _PLACES.get(item.kind, WORDS)
    if not item.columns:
        return kind
    return st.fixed_dictionaries({}, optional={c.key: kind for c in item.columns})


def _directions(form: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Table, direction and columns of every part of a target table that has open rows."""
    definition = load_form(EDITION, form)
    found = []

    def look(rows: tuple[RowDef, ...]) -> None:
        for row in rows:
            if row.growable and row.columns is not None:
                keys = tuple(c.key for c in definition.columns(row.columns))
                found.extend((row.columns, group.label, keys) for group in row.rows if group.open_rows)
            look(row.rows)

    for section in definition.sections:
        look(section.rows)
    return found


@st.composite
def answer_files(draw: st.DrawFn, form: str) -> dict[str, Any]:
    """The data of a file of answers; a few fields are left out."""
    fields = load_form(EDITION, form).fields
    asked = {path: _place(item) for path, item in fields.items() if item.kind is not Kind.SEAL}
    left = draw(st.sets(st.sampled_from(sorted(asked)), max_size=8))
    answers = draw(st.fixed_dictionaries({p: s for p, s in asked.items() if p not in left}))
    table, direction, columns = draw(st.sampled_from(_directions(form)))
    added = {
        "table": table,
        "direction": direction,
        "indicator": draw(WORDS) + "数",
        "values": {key: draw(_COUNTS) for key in columns},
    }
    lines = draw(
        st.lists(st.fixed_dictionaries({"for": WORDS, "title": WORDS, "pages": _COUNTS}), max_size=3)
    )
    return {
        "form": form,
        "edition": EDITION,
        "answers": answers,
        "added_targets": draw(st.sampled_from([[], [added]])),
        "evidence": lines,
    }
