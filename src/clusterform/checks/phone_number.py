"""Kind `phone_number`: a telephone is like some Chinese number."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Contact, State
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.telephone import read_numbers
from clusterform.fields import Kind
from clusterform.finding import Severity


class PhoneNumber(Scope, kind="phone_number"):
    """The scope is all there is to say."""

    def places(self, form: Reader) -> Iterator[Place]:
        """Every telephone, in a cell of its own or beside a person."""
        return places_of(self, form, Kind.PHONE, Kind.CONTACT)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """A blank is not said again. A contact is read whole: 微信 or QQ may stand before the number it belongs to."""
        answer = form.sure(*place)
        phone = answer.value.phone if isinstance(answer.value, Contact) else answer.text
        if answer.state is not State.FILLED or not phone.strip():
            return None
        numbers = read_numbers(answer.text)
        if numbers.unlike is not None:
            return Hit(*place, value=phone if numbers.unlike == answer.text.strip() else numbers.unlike)
        if numbers.doubtful is None:
            return None
        shown, code = numbers.doubtful
        return Hit(
            *place,
            value=shown,
            facts={"code": f"0{code.code}", "digits": str(code.digits), "places": code.places},
            variant="former" if code.former else "fewer",
            severity=Severity.WARNING,
        )
