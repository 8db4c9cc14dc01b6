"""The check-list of evidence: each item with why it is needed, where it is found, its files and pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from clusterform.finding import EvidenceNeed, EvidenceProof
from clusterform.messages import Text
from clusterform.reports import finding_text

THERE, MISSING = "☑", "□"


def heading(needs: tuple[EvidenceNeed, ...], language: str) -> str:
    missing = sum(1 for need in needs if not need.met)
    return Text("evidence.heading", count=len(needs), missing=missing)[language]


def item(need: EvidenceNeed, language: str) -> str:
    return f"{finding_text.visible(need.code)}  {finding_text.shortened(need.label, language)}"


def details(need: EvidenceNeed, language: str) -> Iterator[str]:
    figure = finding_text.shortened(need.figure, language)
    because = Text("evidence.figure" if need.figure else "evidence.ticked", text=figure)[language]
    if not need.proofs:
        yield f"{because} · {Text('evidence.nothing')[language]}"
        return
    yield because
    for proof in need.proofs:
        yield " · ".join(_proof(proof, language))


def _proof(proof: EvidenceProof, language: str) -> Iterator[str]:
    cut = partial(finding_text.shortened, language=language)
    title = f" “{cut(proof.title)}”" if proof.title else ""
    kind = f" ({cut(proof.kind)})" if proof.kind else ""
    yield Text("evidence.found", text=f"{_where(proof, language)}{title}{kind}")[language]
    names = ["、".join(proof.files)] if proof.files else []
    names += [Text("evidence.nothing")[language]] if proof.missing else []
    if names:
        yield Text("evidence.file", text=" ".join(map(cut, names)))[language]
    if proof.pages:
        yield Text("evidence.pages", text=cut(proof.pages))[language]


def _where(proof: EvidenceProof, language: str) -> str:
    if not proof.listed:
        return Text("evidence.on-no-list")[language]
    source = finding_text.visible(proof.source)
    name = Text("evidence.other-list" if source else "evidence.own-list", name=source)
    number = finding_text.visible(proof.number)
    return (Text("evidence.line", list=name, number=number) if number else name)[language]
