"""The HTML report as text: complete without scripts, nothing from outside, hostile text as text."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import html as markup

from clusterform import reports
from clusterform.data_files import templates_file
from clusterform.finding import (
    NO_FIGURES,
    Aim,
    EvidenceNeed,
    EvidenceProof,
    Figures,
    FileReport,
    Report,
    Series,
)
from clusterform.reports import ReportRequest, as_json, charts, finding_text, html
from clusterform.reports.summary import RuleCount
from support.reports import BROKEN, CLEAN, CLUSTER, GROWTH, HOSTILE, PLACED, REPORTS, SEAL, rendered
from test_reports import FILES, PAGE

LANGUAGES = ("zh", "en")
FIGURES = Figures(
    years=(
        Series(
            "集群总产值（亿元）", "亿元", (("2022 年", "210.50"), ("2023 年", None), ("2024 年", "268.40"))
        ),
        Series("无", "", (("2022 年", None),)),
    ),
    aims=(
        Aim("有效发明专利数量", "2027 年目标值", "个", "1500", "1552", reached=False),
        Aim("研发经费投入", "2027 年目标值", "亿元", "9.60", "9.16", reached=True),
        Aim("优质中小企业数量", "2027 年目标值", "家", None, None, reached=False),
    ),
)
EVIDENCE = (
    EvidenceNeed("2.1-①", "绘制产业链图谱", ""),
    EvidenceNeed(
        "3.3", "有效发明专利", "1020", (EvidenceProof("", "7", "专利清单", "", ("专利.xlsx",), "3-6"),)
    ),
)
DRAWN = Report(
    "2025",
    ("national/2025",),
    (BROKEN._replace(figures=FIGURES, evidence=EVIDENCE), PLACED),
    batch=REPORTS["province"].batch,
)


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_json, "__version__", "0.0.0")
    monkeypatch.setattr(html, "__version__", "0.0.0")


def made(report: Report, language: str = "zh", target: Path | None = None) -> str:
    request = ReportRequest(language, target=target, rules=lambda: (PAGE,))
    return "".join(reports.pieces("html", report, request))


def page_of(report: Report, language: str = "zh") -> Any:
    return markup.document_fromstring(made(report, language))


_FOR_PROGRAMS = frozenset(
    {"status", "severity", "state", "form", "sha256", "name", "field", "rulesets", "place"}
)


def texts(data: Any) -> Iterator[str]:
    """Every text of a JSON report but what is for programs alone: hashes, keys, rules' and fields' names, lines of waivers."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in _FOR_PROGRAMS:
                yield from texts(value)
    elif isinstance(data, list):
        for item in data:
            yield from texts(item)
    elif isinstance(data, str):
        yield data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "report"),
    [("province", DRAWN), *((name, REPORTS[name]) for name in ("confirmed", "waived", "baseline"))],
    ids=["drawn", "confirmed", "waived", "baseline"],
)
def test_golden(golden: Callable[[str, str], None], name: str, report: Report, language: str) -> None:
    found = made(report, language)
    golden(f"{name}.{language}.html", found)
    assert made(report, language) == found


@pytest.mark.parametrize("name", REPORTS)
def test_everything_that_json_has(name: str) -> None:
    content = " ".join(page_of(REPORTS[name]).text_content().split())
    data = json.loads(rendered("json", REPORTS[name], "zh"))
    missing = [item for item in texts(data) if " ".join(finding_text.visible(item).split()) not in content]
    assert missing == []
    assert all(str(number) in content for number in data["summary"].values())


def test_a_page_part_for_each_form() -> None:
    page = page_of(DRAWN)
    sections = page.xpath('//section[contains(@class, "form")]')
    assert [section.get("id") for section in sections] == ["form-1", "form-2"]
    assert [link.get("href") for link in page.xpath('//table[@id="files"]//a')] == ["#form-1", "#form-2"]
    heads = [" ".join(head.text_content().split()) for head in sections[0].xpath('.//th[@scope="rowgroup"]')]
    assert heads == [
        "文件 1 处",
        "一、基本情况 3 处",
        "二、主导产业情况 2 处",
        "九、真实性声明及推荐意见 1 处",
    ]
    done = sections[1].xpath("./details/summary")
    assert (
        " ".join(done[0].text_content().split()) == f"2. {CLUSTER} 复核申报表 · 江苏省无锡市江阴市 · 无须修改"
    )
    assert sections[0].xpath("./details[not(@class)]") == []


@pytest.mark.parametrize("name", REPORTS)
def test_headings_go_down_by_one_and_names_stand_once(name: str) -> None:
    page = page_of(REPORTS[name])
    levels = [int(head.tag[1]) for head in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = {word for value in page.xpath("//@aria-labelledby") for word in value.split()}
    assert named <= set(ids)
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(head.get("scope") for head in page.iter("th"))


def test_nothing_is_asked_of_a_network() -> None:
    data = made(DRAWN)
    assert not re.search(r"https?://|//[a-z]|@import|url\(", data)
    page = markup.document_fromstring(data)
    assert not list(page.iter("link", "img", "iframe", "object", "embed", "base"))
    assert page.xpath("//@src") == []
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    for name, kind in (("page.css", "style"), ("page.js", "script")):
        digest = sha256(templates_file("report", name).read_bytes()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert not page.xpath("//@style")


def test_links_are_relative_and_escaped() -> None:
    data = made(DRAWN, target=Path("报告/页.html"))
    links = markup.document_fromstring(data).xpath('//dl[@class="facts"]//a/@href')
    assert (
        links[1]
        == "../%E6%B1%9F%E9%98%B4%E5%B8%82/%E5%A4%8D%E6%A0%B8%20%E7%94%B3%E6%8A%A5%E8%A1%A8%20%231%2050%25.docx"
    )


NASTY = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "\"'><b>",
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
    HOSTILE,
)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_text(nasty: str, language: str) -> None:
    odd = GROWTH._replace(
        value=nasty, label=nasty, column=nasty, message=nasty, expected=nasty, basis=nasty, fix=nasty
    )
    odd = odd._replace(name=nasty, rule=nasty, field=nasty)
    figures = Figures(
        (Series(nasty, nasty, ((nasty, "1"),)),), (Aim(nasty, nasty, nasty, "1", "2", reached=False),)
    )
    file = BROKEN._replace(
        path=nasty, cluster=nasty, place=nasty, form=nasty, findings=(odd,), figures=figures
    )
    need = EvidenceNeed(nasty, nasty, nasty, (EvidenceProof(nasty, nasty, nasty, nasty, (nasty,), nasty),))
    file = file._replace(section_titles={2: nasty}, evidence=(need,))
    data = made(Report(nasty, (nasty,), (file, file), batch=(odd._replace(files=(nasty,)),)), language)
    page = markup.document_fromstring(data)
    assert len(list(page.iter("script"))) == 1
    assert not list(page.iter("img", "b"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert not [link for link in page.xpath("//@href") if link.startswith("javascript:")]
    assert not [
        char for char in data if char != "\n" and (char < " " or char in "\x7f\x9b\u202e\u200b\udc80")
    ]
    assert finding_text.visible(nasty) in " ".join(page.text_content().split()) or "\n" in nasty


@settings(max_examples=40, deadline=None)
@given(file=FILES)
def test_any_text_makes_one_page(file: FileReport) -> None:
    page = page_of(Report("2025", (), (file,)))
    assert len(list(page.iter("script"))) == 1
    assert len(page.xpath('//section[contains(@class, "form")]')) == 1


def test_the_check_list_of_evidence_stands_with_its_form() -> None:
    first, second = page_of(DRAWN).xpath('//section[contains(@class, "form")]')
    items = [" ".join(item.text_content().split()) for item in first.xpath('.//ul[@class="evidence"]/li')]
    assert items[0] == "□ 2.1-① 绘制产业链图谱 需要：已勾选 · 没有找到"
    assert items[1].startswith("☑ 3.3 有效发明专利")
    assert "专利.xlsx" in items[1]
    assert second.xpath('.//ul[@class="evidence"]') == []


def test_charts_tell_their_figures_in_words() -> None:
    page = page_of(DRAWN)
    told = [title.text_content() for title in page.xpath("//svg/title")]
    assert told[-1].startswith(
        "各规则的发现数：active-content 1 建议核对  CF005、required-answer-… 1 必须修改  CF101"
    )
    assert told[:-1] == [
        "集群总产值（亿元）：2022 年 210.50、2023 年 无数字、2024 年 268.40",
        "有效发明专利数量（个） ✗ 未达到 1500，最低 1552；研发经费投入（亿元） ✓ 达到 9.60，最低 9.16；优质中小企业数量（家） 没有可比较的数字",
    ]
    assert all(svg.get("role") == "img" for svg in page.iter("svg"))


def test_bars_are_as_long_as_their_figures() -> None:
    (panel,) = charts.years(FIGURES, "zh")
    heights = [bar.height for bar in panel.bars]
    assert heights == [int(110 * 21050 / 26840), 0, 110]
    short, reached, none = charts.aims(FIGURES, "zh")
    assert short.length < short.floor == reached.length
    assert reached.floor < reached.length
    assert (none.length, none.floor) == (0, 0)
    assert charts.aims(NO_FIGURES, "zh") == []


def test_odd_figures_are_drawn_as_nothing() -> None:
    odd = Figures(
        (Series("x", "", (("1", "-5"), ("2", "0"), ("3", "1E+30"))),),
        (Aim("x", "", "", "-1", "-2", reached=True),),
    )
    (panel,) = charts.years(odd, "en")
    assert [bar.height for bar in panel.bars] == [0, 0, 110]
    assert charts.aims(odd, "en")[0].length == 0


def test_the_chart_of_rules_takes_those_that_found_most() -> None:
    counts = [RuleCount(f"CF{n:03}", f"检查 {n}", SEAL.severity, n) for n in range(1, 31)]
    rows = charts.by_rule(counts, "zh")
    assert [row.label for row in rows] == [f"检查 {n}" for n in range(16, 31)]
    assert rows[-1].length == 280


def test_a_chart_without_some_rules_says_so() -> None:
    def told(rules: int) -> list[str]:
        found = tuple(SEAL._replace(rule=f"CF{number}") for number in range(rules))
        files = tuple(CLEAN._replace(path=path, findings=found) for path in ("甲.docx", "乙.docx"))
        return [
            note.text_content()
            for note in page_of(Report("2025", (), files)).xpath("//figure/figcaption[@class]")
        ]

    assert told(15) == []
    assert told(16) == ["图中为发现最多的 15 条规则，全部见下表。"]
