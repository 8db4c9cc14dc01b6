"""Kind `observed`: what was noticed while reading becomes a finding, or the reason why a check was not made."""

from collections.abc import Iterator, Mapping

from pydantic import Field as ModelField

from clusterform.answers import Observation
from clusterform.checks.check import Check
from clusterform.checks.reader import BilingualText, Hit, Noticed, Reader, Unknown
from clusterform.finding import Severity
from clusterform.grouped import grouped


class Observed(Check, kind="observed"):
    """`what` is the observation's name."""

    what: Noticed
    variant: str | None = None
    """The message to use, where the observation itself names none."""
    required: bool = False
    """Only where a required answer should stand."""
    severity: Severity | None = None
    """Where it weighs otherwise than the rule does by default."""
    skips: bool = False
    """It is no finding: the rule could not be checked, for the reason that the observation gives."""
    facts: Mapping[str, str | BilingualText] = ModelField(default_factory=dict)
    """What stands for a placeholder that the observation gives nothing for."""

    by_answers = True

    @property
    def waits_for(self) -> str:
        return self.what

    def places(self, form: Reader) -> Iterator[Observation]:
        seen = form.shared("observations", lambda held: grouped((o.what, o) for o in held.observations))
        optional = {p for p, item in form.fields.items() if not item.required} if self.required else set()
        return (o for o in seen.get(self.what, ()) if o.field not in optional)

    def judge(self, _form: Reader, place: Observation) -> Hit:
        if self.skips:
            raise Unknown(place.facts["reason"])
        variant = place.facts.get("variant")
        return Hit(
            field=place.field,
            column=place.column,
            value=place.value,
            expected=place.expected,
            facts={**self.facts, **place.facts},
            label=place.label,
            section=place.section,
            location=place.location,
            covers=place.covers,
            taints=place.also,
            variant=str(variant) if variant else self.variant,
            severity=self.severity,
        )


class PageShift(Observed, kind="page_shift"):
    """What was noticed of the pages, which are laid out for this alone."""

    wants = "pages"
    what: Noticed = "page-shift"
