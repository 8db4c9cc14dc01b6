"""What is said to the user, in both languages: a key of the catalogue and the facts that its sentence needs.

The sentences stand in messages/zh.yaml and messages/en.yaml; those of a rule stand in the rule's own YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeAlias

from clusterform.data_files import messages_file
from clusterform.snapshot import kept

LANGUAGES = ("zh", "en")


class Bilingual:
    """Something that can be said in each language: `said["zh"]`, or `said.zh`."""

    __slots__ = ()

    def __getitem__(self, language: str) -> str:
        raise NotImplementedError

    @property
    def zh(self) -> str:
        return self["zh"]

    @property
    def en(self) -> str:
        return self["en"]


class InBoth(Protocol):
    """What has a text in each language, such as a Text, and the words of a rule."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


Fact: TypeAlias = "str | InBoth | tuple[str | InBoth, ...]"
"""What fills a placeholder: a figure or name, a text, or a list of them."""


class Text(Bilingual):
    """A sentence of the catalogue. Each fact fills the placeholder of its name.

    A fact may be a Text, or a list, whose items are then joined as the language does it. What is not known never ends
    a run: a fact left out stays as its placeholder, and a key that is not in the catalogue is shown with its facts.
    """

    __slots__ = ("facts", "key")

    def __init__(self, key: str, /, **facts: object) -> None:
        self.key = key
        self.facts = facts

    def __getitem__(self, language: str) -> str:
        sentence = _catalogue(language).get(self.key)
        facts = {name: in_language(fact, language) for name, fact in self.facts.items()}
        if sentence is None:
            return " ".join([self.key, *facts.values()])
        return sentence.format_map(_Facts(facts))

    @property
    def known(self) -> bool:
        """Whether the catalogue has the key, where it is made from data."""
        return self.key in _catalogue(LANGUAGES[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.key, self.facts) == (other.key, other.facts)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Text({', '.join([repr(self.key), *(f'{n}={f!r}' for n, f in self.facts.items())])})"


class Pair(Bilingual):
    """A text that data gives in both languages."""

    __slots__ = ("_said",)

    def __init__(self, zh: str, en: str) -> None:
        self._said = {"zh": zh, "en": en}

    def __getitem__(self, language: str) -> str:
        return self._said[language]


class Joined(Bilingual):
    """Several texts as one; `by` is the key of what stands between them."""

    __slots__ = ("by", "parts")

    def __init__(self, by: str, parts: Iterable[object]) -> None:
        self.by = Text(by)
        self.parts = tuple(parts)

    def __getitem__(self, language: str) -> str:
        return self.by[language].join(in_language(part, language) for part in self.parts)


class Clause(Bilingual):
    """A sentence without its full stop, to stand inside another."""

    __slots__ = ("sentence",)

    def __init__(self, sentence: InBoth) -> None:
        self.sentence = sentence

    def __getitem__(self, language: str) -> str:
        return in_language(self.sentence, language).rstrip("。.")


class Shortened(Bilingual):
    """A sentence with what may be a very long value in it, cut off where nobody reads on."""

    __slots__ = ("most", "sentence")

    def __init__(self, sentence: InBoth | str, most: int) -> None:
        self.sentence = sentence
        self.most = most

    def __getitem__(self, language: str) -> str:
        text = in_language(self.sentence, language)
        return text if len(text) <= self.most else f"{text[: self.most]}…"


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def in_language(fact: Any, language: str) -> str:
    """A fact in zh or en: a text, figure or name is the same in both; what has both, such as a Text, is asked for one."""
    if isinstance(fact, str):
        return str(fact)
    if isinstance(fact, tuple | list):
        return Joined("join.list", fact)[language]
    return str(getattr(fact, language, fact))


@kept
def sentences(language: str) -> dict[str, str]:
    """Every sentence of the language by its key."""
    from clusterform.yaml_file import read_yaml  # its own mistakes are told in sentences

    found: dict[str, str] = read_yaml(messages_file(f"{language}.yaml"))
    return found


def _catalogue(language: str) -> Mapping[str, str]:
    """Empty where it cannot be read, which is then no reason for saying nothing at all."""
    from clusterform.errors import DataError

    try:
        return sentences(language)
    except (DataError, OSError):
        return {}
