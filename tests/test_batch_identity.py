"""Whose form it is: clusters by their names, units and counties by places, what is kept of a form, and which forms are one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusterform.answers import ExtraTarget, FilledForm, NumberAnswer, State
from clusterform.batch.cluster_names import ByCluster, name_key
from clusterform.batch.digest import (
    LENGTH,
    Digest,
    answers_hash,
    copies_beside_originals,
    digest_of,
    is_blank,
    min_hashes,
    prose_of,
    unpacked_hashes,
)
from clusterform.batch.discover import Candidate
from clusterform.batch.run import RunOutcome
from clusterform.batch.submissions import Submission, compare_submissions
from clusterform.batch.summary_rows import not_listed, summary_rows
from clusterform.evidence_line import EvidenceLine
from clusterform.finding import FileReport, Location, Report, Status
from clusterform.forms.lists import load_summaries
from clusterform.settings import Settings
from support.by_hand import Ticks, Written, changed
from support.rule_run import filled

HAI, GUAN, KUN = "江苏省连云港市东海县", "江苏省连云港市灌云县", "江苏省苏州市昆山市"


@pytest.mark.parametrize("name", ["", " ", "无", "XX县XX产业集群", "××县××产业集群", "某某县产业集群"])
def test_a_name_that_is_none(name: str) -> None:
    assert name_key(name, HAI) is None


def test_clusters_are_found_in_the_order_in_which_they_came() -> None:
    clusters: ByCluster[int] = ByCluster()
    keys = [name_key("硅材料", region) for region in (KUN, HAI, "江苏省", GUAN)]
    for number, key in enumerate(keys):
        assert key is not None
        clusters.add(key, number)
    found = [clusters.find(key) for key in keys if key is not None]
    assert found == [[0, 2], [1, 2], [0, 1, 2, 3], [2, 3]]


NAME = {"basic_info.cluster_name": "江苏省东海县硅材料产业集群"}
WORK = "leading_industry.brand_work"
PLATFORMS = "innovation.platforms_national"


@pytest.mark.parametrize(
    ("texts", "blank"),
    [
        ({WORK: ()}, True),
        ({WORK: ("trademarks",)}, False),
        ({"basic_info.area": "0"}, False),
        ({"basic_info.area": ""}, True),
        ({"basic_info.area": "无"}, False),
        ({"basic_info.area": "/"}, False),
        ({"cover.cluster_name": ""}, True),
        ({"cover.cluster_name": "甲"}, False),
        ({"cover.department": "甲局", "leading_industry.brand_text": "甲"}, True),
        ({PLATFORMS: "甲、乙"}, False),
        ({}, True),
    ],
)
def test_whether_a_form_is_blank(texts: dict[str, Any], blank: bool) -> None:
    assert is_blank(filled("application", texts)) is blank


def test_a_box_that_cannot_be_decided_is_something_filled_in() -> None:
    form = filled("application", {WORK: ()})
    assert not is_blank(changed(form, {(WORK, None): Written("", State.FILLED, Ticks((), ("trademarks",)))}))
    assert not is_blank(changed(form, {(WORK, None): Written("", State.UNREADABLE)}))


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        ("leading_industry.brand_text", "甲" * 40, True),
        ("leading_industry.brand_text", "甲" * 39, False),
        ("leading_industry.brand_text", "甲" * 39 + "2024 年"[:4] + "，。", False),
        ("plan.tasks", "甲" * 40, False),
        ("cover.department", "甲" * 40, False),
    ],
)
def test_the_texts_that_are_compared(path: str, text: str, kept: bool) -> None:
    assert (path in prose_of(filled("application", {path: text}))) is kept


def test_the_smallest_hashes_of_a_text() -> None:
    assert unpacked_hashes(min_hashes("甲乙")) == ()
    assert len(unpacked_hashes(min_hashes("甲乙丙"))) == 1
    some = unpacked_hashes(min_hashes("".join(map(chr, range(0x4E00, 0x4E80)))))
    assert len(some) == LENGTH
    assert list(some) == sorted(some)


def report(path: str, status: Status = Status.PASS, **more: Any) -> FileReport:
    given = {"sha256": path, "form": "application", "cluster": None, **more}
    return FileReport(path=path, status=status, **given)


def test_what_is_kept_of_a_form() -> None:
    texts = {**NAME, "cover.region": HAI, "basic_info.department": "甲局", "basic_info.operator": "乙公司"}
    people = {
        "basic_info.department_contact": "方晓雯",
        "basic_info.operator_contact": " ",
        "basic_info.operator_phone": "1234567",
    }
    form = filled("application", {**texts, **people, "leading_industry.brand_text": "甲乙丙" * 20})
    kept = digest_of(report("a", cluster=NAME["basic_info.cluster_name"]), form)
    assert (kept.name, kept.region, kept.department, kept.operator) == (
        NAME["basic_info.cluster_name"],
        HAI,
        "甲局",
        "乙公司",
    )
    assert (kept.people, kept.phones) == (("方晓雯",), ("1234567",))
    assert (kept.origin.county_name, [path for path, _ in kept.prose]) == (
        "东海县",
        ["leading_industry.brand_text"],
    )
    assert digest_of(report("a", place="东海"), form).region == "东海"
    blank = digest_of(report("a"), filled("application", {}))
    assert (blank.blank, blank.name, blank.answers) == (True, "", b"")


def test_forms_with_the_same_answers() -> None:
    """Whatever is filled in counts, wherever it stands; a list beside the form is none of its answers."""

    def row(text: str) -> ExtraTarget:
        return ExtraTarget.made(
            table="t", direction="", indicator="专利", values={"target": NumberAnswer.made(text=text)}
        )

    def line(title: str, location: Location | None = None) -> EvidenceLine:
        return EvidenceLine({"title": title}, *([location] if location else []))

    form = filled("application", {**NAME, WORK: ("trademarks",)})
    one, other = (
        changed(form, {(WORK, None): Written("", State.FILLED, ticks)})
        for ticks in (Ticks((), ("trademarks",)), Ticks(("trademarks",), (), "注"))
    )
    there = Location(table=1)
    different: list[FilledForm] = [
        form,
        one,
        other,
        filled("application", {**NAME, WORK: ()}),
        filled("application", {"basic_info.cluster_name": "甲", WORK: ("trademarks",)}),
        form.model_copy(update={"extra_targets": (row("5"),)}),
        form.model_copy(update={"extra_targets": (row("6"),)}),
        form.model_copy(update={"evidence": (line("甲", there),)}),
        form.model_copy(update={"evidence": (line("乙", there),)}),
    ]
    assert len({answers_hash(each) for each in different}) == len(different)
    assert answers_hash(form.model_copy(update={"evidence": (line("甲"),)})) == answers_hash(form)
    moved = form.model_copy(update={"evidence": (line("甲", Location(table=2)),)})
    assert answers_hash(moved) == answers_hash(different[-2])


def test_copies_made_here_go_where_their_original_is() -> None:
    def file(path: str, answers: bytes, copy: str = "") -> Digest:
        return Digest(path, "application", Status.PASS, answers=answers, copy=copy)

    files = [
        file("1", b"a"),
        file("2", b"a", "marked"),
        file("3", b"b", "marked"),
        file("4", b"a"),
        file("5", b"", "marked"),
        file("6", b""),
    ]
    found = copies_beside_originals(dict(enumerate(files)))
    assert {number: why.facts["original"] for number, why in found.items()} == {1: "1"}


def digest(path: str, name: str = "", region: str = "", form: str = "application", **more: Any) -> Digest:
    given = {"status": Status.PASS, "sha256": path, "edition": "2025", **more}
    return Digest(path, form, name=name, key=name_key(name, region), region=region, **given)


def test_a_summary_has_a_line_for_each_cluster() -> None:
    (summary,) = (s for s in load_summaries("2025") if s.of == "application")
    digests = [
        digest(
            "1",
            "江苏省东海县硅材料产业集群",
            HAI,
            people=("甲", "乙"),
            phones=("1234567", "7654321"),
            operator="丙",
            department="丁",
        ),
        digest("2", "东海县硅材料产业", HAI),
        digest("3", "", KUN),
        digest("4", "昆山市产业集群", KUN, "review"),
        digest("5", blank=True),
        digest("6", form="unknown", status=Status.UNREADABLE),
        digest("7", "昆山市轴承", KUN),
    ]
    assert summary_rows(summary, digests) == [
        ("1", "江苏省东海县硅材料产业集群", HAI, "硅材料", "丙", "丁", "甲", "1234567"),
        ("2", "", KUN, "", "", "", "", ""),
        ("3", "昆山市轴承", KUN, "轴承", "", "", "", ""),
    ]
    told = [(path, why.key) for path, why in not_listed(summary, digests)]
    assert told == [
        ("2", "summary.same-cluster"),
        ("4", "summary.other-kind"),
        ("5", "left.blank"),
        ("6", "left.unread"),
    ]


def pairs(folder: Path, before: list[Digest], after: list[Digest]) -> dict[str, str | None]:
    """Each new form with the old one that it is; none of them can be read, so that nothing else is compared."""
    given = []
    for name, digests in (("旧", before), ("新", after)):
        root = folder / name
        root.mkdir()
        files = [report(f"{name}/{d.path}", Status.UNREADABLE, form=d.form) for d in digests]
        candidates = tuple(Candidate(root / d.path) for d in digests)
        outcome = RunOutcome(Report("2025", (), files), candidates, (), tuple(digests))
        given.append(Submission(root, outcome))
    made = compare_submissions(*given, Settings())
    return {form.file.path: form.old.path if form.old else form.presence.value for form in made.forms}


A, B = "东海县甲产业集群", "东海县乙产业集群"


@pytest.mark.parametrize(
    ("before", "after", "paired"),
    [
        # by the cluster, wherever they lie
        ([digest("1.docx", A), digest("2.docx", B)], [digest("2.docx", A), digest("1.docx", B)], {"2": "1", "1": "2"}),
        # of two of one cluster first the one in its place, then the one of its name
        ([digest("a/1.docx", A), digest("b/1.docx", A)], [digest("b/1.docx", A), digest("a/1.docx", A)], {"b/1": "b/1", "a/1": "a/1"}),
        ([digest("a/1.docx", A), digest("b/2.docx", A)], [digest("c/2.docx", A), digest("c/1.docx", A)], {"c/2": "b/2", "c/1": "a/1"}),
        # by where it lies, then by a name that no other has
        ([digest("1.docx", A)], [digest("1.docx", B)], {"1": "1"}),
        ([digest("1.docx", A, HAI)], [digest("1.docx", "昆山市甲产业集群", KUN)], {"1": "new", "-1": "old"}),
        ([digest("1.docx", A)], [digest("1.docx", A, form="review")], {"1": "new", "-1": "old"}),
        ([digest("1.docx", A)], [digest("1.docx", A, edition="2026")], {"1": "new", "-1": "old"}),
        ([digest("1.docx", A)], [digest("1.docx", form="unknown")], {"1": "1"}),
        ([digest("1.docx", form="unknown")], [digest("1.docx", A)], {"1": "1"}),
        ([digest("1.docx")], [digest("1.docx", A)], {"1": "1"}),
        ([digest("a/1.docx")], [digest("b/1.docx")], {"b/1": "a/1"}),
        ([digest("a/1.docx"), digest("b/1.docx")], [digest("c/1.docx")], {"c/1": "new", "-a/1": "old", "-b/1": "old"}),
        ([digest("a/1.docx")], [digest("b/1.docx"), digest("c/1.docx")], {"b/1": "new", "c/1": "new", "-a/1": "old"}),
        ([], [digest("1.docx", A)], {"1": "new"}),
    ],
)  # fmt: skip
def test_which_form_is_which(
    before: list[Digest], after: list[Digest], paired: dict[str, str], tmp_path: Path
) -> None:
    found = pairs(tmp_path, before, after)
    assert found == {
        f"{'旧' if new.startswith('-') else '新'}/{new.lstrip('-')}.docx": old
        if old in {"new", "old"}
        else f"旧/{old}.docx"
        for new, old in paired.items()
    }
