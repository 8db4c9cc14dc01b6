"""All that a document says, and all of it folded: what stands nowhere in that need not be looked for text by text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, chain

from clusterform.filling.pieces import texts_of
from clusterform.parsers.raw import Block
from clusterform.text import fold


class DocumentTexts:
    """A text for each paragraph and each cell, in document order and without what is struck through."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.of_blocks = [texts_of([block]) for block in blocks]
        self._folded = [list(map(fold, texts)) for texts in self.of_blocks]
        self.folded_blocks = list(map("".join, self._folded))
        """Each block's texts without a border between them: a word may be broken over several."""

    @cached_property
    def all(self) -> list[str]:
        """The texts of all blocks."""
        return list(chain.from_iterable(self.of_blocks))

    @cached_property
    def folded(self) -> str:
        """The whole of it, folded."""
        return "".join(self.folded_blocks)

    def places(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Wherever one of these folded words stands: the numbers of the texts in which it begins and ends."""
        for word in words:
            at = self.folded.find(word)
            while at >= 0:
                yield bisect_right(self._ends, at), bisect_left(self._ends, at + len(word))
                at = self.folded.find(word, at + 1)

    @cached_property
    def _ends(self) -> list[int]:
        """Where each text ends in the whole."""
        return list(accumulate(map(len, chain.from_iterable(self._folded))))

    def block_of(self, text: int) -> int:
        """The block in which the text of that number stands."""
        return bisect_right(self._blocks_end, text)

    @cached_property
    def _blocks_end(self) -> list[int]:
        """How many texts there are up to the end of each block."""
        return list(accumulate(map(len, self.of_blocks)))
