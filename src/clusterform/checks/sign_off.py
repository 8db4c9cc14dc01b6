"""Kind `sign_off`: a signature, seal, date or opinion of the declaration that a person must look for."""

from __future__ import annotations

from clusterform.answers import EMPTY, State
from clusterform.checks.check import RowCheck
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Kind
from clusterform.finding import Severity


class SignOff(RowCheck, kind="sign_off"):
    """`after`: looked at only where that answer is filled; an opinion not yet given has no seal and date."""

    after: Row = ""
    mailing: Severity | None = None
    """How much it weighs once the folder is about to go out."""

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Blank is for a person to look at; a picture over the spot of a seal is only worth knowing."""
        if self.after and reader.answer(self.after).state in {*EMPTY, State.ABSENT}:
            return None
        answer = reader.sure(place)
        if answer.state in EMPTY:
            mailing = reader.options.get("mailing") is True
            return Hit(field=place, severity=self.mailing if mailing else None)
        if answer.state is State.FILLED and reader.field(place).kind is Kind.SEAL:
            return Hit(field=place, variant="picture", severity=Severity.INFO)
        return None
