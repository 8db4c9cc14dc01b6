"""What a check is: parameters from a rule, the places it looks at, and what it says of each. A kind of check is a class."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Annotated, Any, ClassVar, Protocol

from clusterform.answers import FilledForm
from clusterform.asked import Asked
from clusterform.checks.reader import Hit, NameOf, Reader, RowName, Unknown
from clusterform.checks.ties import Tie
from clusterform.fields import Address, Field, Kind
from clusterform.finding import Responsible
from clusterform.models import Model

_PACKAGES = ("clusterform.checks", "clusterform.batch.checks")
"""Where the kinds stand: those of a form, and those of a folder, which stand with what they see of its forms."""
FOLDER = "folder"
"""What a rule across forms names in `forms`: no form is called so, so none is judged by it."""
_KINDS: "dict[str, type[Check]]" = {}


class Subject(Protocol):
    """What a check looks at: a `Reader` of one form, or a folder."""

    @property
    def form(self) -> FilledForm:
        """The form in which findings are looked up; of a folder one without fields, called `FOLDER`."""


class Check(Model):
    """One check of a rule. A kind says its name (`class Sum(Check, kind="sum")`); its fields are what a rule gives it.

    Nothing is kept between places: what `judge` says depends on the parameters, the subject and the place alone.
    """

    kind: ClassVar[str] = ""
    """The name by which rules ask for it."""
    wants: ClassVar[str] = ""
    """A step that the pipeline takes only where some rule has a check that wants it, such as `pages`."""
    falls_to: Responsible = "county"
    """Who has to see to what it finds: a letter to the county leaves out what is the province's own affair."""

    by_answers: ClassVar[bool] = False
    """Whether what is filled in decides where it looks; else the form's definition does, once for all its forms."""
    passes_plain: ClassVar[bool] = False
    """Whether it finds nothing where plain figures stand (see `Reader`): such places are passed over."""
    gives: ClassVar[tuple[str, ...]] = ()
    """Facts for a message's placeholders, of a kind that no shipped rule shows how to use."""

    def __init_subclass__(cls, *, kind: str = "") -> None:
        super().__init_subclass__()
        if kind:
            cls.kind = kind
            _KINDS[kind] = cls

    @property
    def in_words(self) -> str:
        """How it is computed, of a kind whose rule says that in its parameters already; for the rule's page."""
        return ""

    @property
    def waits_for(self) -> str:
        """The observation without which it finds nothing; empty of a check that looks for itself."""
        return ""

    def places(self, subject: Any, /) -> Iterable[Any]:
        """Where it looks; `subject` is what the form asks for, `by_answers` the form or folder itself."""
        raise NotImplementedError

    def stands_on(self, form: Asked, place: Any, /) -> Iterable[Address]:  # noqa: ARG002  (most look at the place alone)
        """Of a kind that passes plain figures over: the answers that all have to be such."""
        return (place,)

    def judge(self, subject: Any, place: Any, /) -> Hit | None:
        """What it finds at one place; None where that is right. `Unknown` where it cannot be told, and why."""
        raise NotImplementedError

    def tie(self, form: Reader, place: Any, /) -> Tie | None:  # noqa: ARG002  (most kinds have none)
        """The relation between figures that it asks for there; `Unknown` where one of them cannot be had."""
        return None

    def tied(self, form: Reader, /) -> Iterable[Any]:
        """Where it asks for relations."""
        return self.places(form)

    def ties(self, form: Reader, /) -> Iterator[Tie]:
        """Every relation of which the form has the figures."""
        for place in self.tied(form):
            with suppress(Unknown):
                tie = self.tie(form, place)
                if tie is not None:
                    yield tie

    def is_relation(self) -> bool:
        """Whether its places are relations between the form's figures."""
        return type(self).tie is not Check.tie


class RowCheck(Check):
    """A check of one row, where the form has it."""

    field: RowName

    def places(self, form: Asked) -> Iterable[Any]:
        return (self.field,) if self.field in form.fields else ()


class RowsCheck(Check):
    """A check of several rows, each where the form has it."""

    fields: tuple[RowName, ...]

    def places(self, form: Asked) -> Iterable[Any]:
        return filter(form.fields.__contains__, self.fields)


class CellsCheck(RowsCheck):
    """A check of some columns of several rows."""

    columns: tuple[Annotated[str, NameOf("column", of="fields")], ...]

    def places(self, form: Asked) -> Iterable[tuple[str, str]]:
        return (
            (path, column)
            for path in filter(form.fields.__contains__, self.fields)
            for column in self.columns
        )


def kinds() -> dict[str, type[Check]]:
    """Every kind by its name. Their modules are loaded by whoever reads a rule file; kept rules bring theirs along."""
    import pkgutil
    from importlib import import_module

    for package in map(import_module, _PACKAGES):
        for module in pkgutil.iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
    return dict(_KINDS)


class Scope(Check):
    """A check of every answer of some kinds of field, but for what a rule leaves to other rules."""

    looks_at: ClassVar[tuple[Kind, ...]] = ()
    required: ClassVar[bool] = False
    """Whether it looks only where an answer must be given."""
    without_sections: tuple[int, ...] = ()
    without_fields: tuple[RowName, ...] = ()
    without_kinds: tuple[Kind, ...] = ()

    def covers(self, item: Field) -> bool:
        """Whether it looks at the answers to this field."""
        return (
            item.kind in self.looks_at
            and item.kind not in self.without_kinds
            and item.section not in self.without_sections
            and item.path not in self.without_fields
            and (item.required or not self.required)
        )

    def covered(self, form: Asked) -> frozenset[Address]:
        """Every place it covers on the forms of a definition."""
        key = (self.kind, self.without_sections, self.without_fields, self.without_kinds)
        return form.decided(key, lambda asked: frozenset(Scope.places(self, asked)))

    def places(self, form: Any) -> Iterable[Any]:
        return (place for item in form.fields.values() if self.covers(item) for place in item.places)
