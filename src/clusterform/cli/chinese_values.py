"""The values of options in Chinese: 错误 for error, 网页 for html. They become the English key before a command sees them."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.messages import Fact, Pair
from clusterform.text import fold

CHINESE: dict[str, tuple[str, ...]] = {
    "error": ("错误", "必须修改"),
    "warning": ("警告", "建议核对"),
    "manual": ("人工确认", "需人工确认", "人工"),
    "info": ("提示",),
    "never": ("从不", "不"),
    "auto": ("自动",),
    "west": ("西部", "西部地区"),
    "zh": ("中文", "汉语"),
    "en": ("英文", "英语"),
    "rich": ("屏幕",),
    "plain": ("纯文本", "文本"),
    "html": ("网页",),
    "xlsx": ("表格", "电子表格", "Excel"),
    "docx": ("文档", "Word"),
}
"""By the key that options take; the first is the one that messages tell."""
_KEYS = {fold(name): key for key, names in CHINESE.items() for name in names}


def key_of(value: str) -> str:
    """The English key of a value that is given in Chinese; any other value as it is."""
    return _KEYS.get(fold(value), value)


def levels_of(given: Iterable[str]) -> list[str]:
    """The same for CODE=LEVEL pairs, whose sign may be full-width."""
    pairs = (item.replace("＝", "=").partition("=") for item in given)
    return [f"{code}{sign}{key_of(level.strip())}" for code, sign, level in pairs]


def with_chinese(keys: Iterable[str]) -> tuple[Fact, ...]:
    """The keys, in Chinese with their Chinese names where they have any: auto（自动）."""
    return tuple(Pair(f"{key}（{CHINESE[key][0]}）", key) if key in CHINESE else key for key in keys)
