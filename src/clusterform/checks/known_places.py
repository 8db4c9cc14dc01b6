"""Kind `known_places`: province, city and county are in GB/T 2260, each inside the one before it."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import Hit, Reader
from clusterform.regions import Token, split_region


class KnownPlaces(Check, kind="known_places"):
    """The field of the region."""

    field: Row

    def places(self, form: Reader) -> Iterator[tuple[Place, Token]]:
        """Each part that is not known where it stands. Zones, towns and divisions are not looked for."""
        answer = form.answer(self.field)
        if not form.has(self.field) or answer.state is not State.FILLED:
            return
        for token in split_region(answer.text):
            if not token.zone and (not token.places or not token.inside) and len(token.text) > 1:
                yield (self.field, None), token

    def judge(self, form: Reader, place: tuple[Place, Token]) -> Hit:
        """Says which part it is."""
        where, token = place
        form.sure(*where)
        return Hit(*where, value=token.text, variant="elsewhere" if token.places else None)
