"""The smallest hashes of a text, by which texts that share most of their wording are found without comparing them all.

A text is taken as its shingles of three characters, spaces, punctuation and figures left out. Kept of these are the
smallest hashes: of two texts alike by four fifths about two thirds are the same.
"""

from __future__ import annotations

from array import array
from collections import Counter
from decimal import Decimal
from heapq import nsmallest
from zlib import crc32

from clusterform.text import fold

LENGTH = 16
"""Hashes kept of a text."""
_SIZE = 3
_FIGURES = {ord(digit): None for digit in "0123456789%"}


def wording(text: str) -> str:
    """The wording alone: what two clusters may copy from each other though the figures are their own."""
    return fold(text).translate(_FIGURES)


def shingles(text: str) -> Counter[str]:
    plain = wording(text)
    return Counter(plain[at : at + _SIZE] for at in range(len(plain) - _SIZE + 1))


def min_hashes(text: str) -> bytes:
    """The smallest hashes of the shingles, in order."""
    hashes = {crc32(shingle.encode()) for shingle in shingles(text)}
    return array("I", nsmallest(LENGTH, hashes)).tobytes()


def unpacked_hashes(packed: bytes) -> tuple[int, ...]:
    return tuple(array("I", packed))


def similarity(one: str, other: str) -> Decimal:
    """The percentage of wording that two texts share: shingles in both, of all shingles of both."""
    first, second = shingles(one), shingles(other)
    total = first.total() + second.total()
    if not total:
        return Decimal(0)
    return Decimal(200 * (first & second).total()) / Decimal(total)
