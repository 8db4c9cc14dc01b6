"""The HTML report in headless Chromium: filtered, sorted, printed, and looked over by axe-core."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from clusterform import reports
from clusterform.finding import Report, RunSettings, Severity
from clusterform.reports import ReportRequest
from support.reports import BROKEN, GROWTH, HOSTILE_FILE, REPORTS, UNREADABLE
from test_reports import PAGE
from test_reports_html import DRAWN

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

NAMES = ["常熟市/申报表.docx", "江阴市/复核 申报表 #1 50%.docx", "常熟市/申报表.doc", HOSTILE_FILE.path]
REPORT = Report(
    "2025", ("national/2025",), (*DRAWN.files, UNREADABLE, HOSTILE_FILE), batch=REPORTS["province"].batch
)
A4 = (59, 84)
"""In tens of points."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("页 面") / "报告 #1.html"
    request = ReportRequest("zh", target=path, rules=lambda: (PAGE,))
    path.write_text("".join(reports.pieces("html", REPORT, request)), encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.fixture
def page(browser: WebDriver, address: str) -> Iterator[WebDriver]:
    browser.get(address)
    yield browser
    assert browser.get_log("browser") == []


def shown_rows(page: WebDriver) -> list[str]:
    script = "return [...document.querySelectorAll('#files tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].textContent)"
    return list(page.execute_script(script))


def shown_parts(page: WebDriver) -> list[str]:
    script = "return [...document.querySelectorAll('section.form')].filter(s => s.checkVisibility()).map(s => s.id)"
    return list(page.execute_script(script))


def test_it_opens_and_asks_for_nothing(page: WebDriver) -> None:
    assert page.title.startswith("检查结果")
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert (
        page.execute_script("return getComputedStyle(document.querySelector('h2')).color")
        == "rgb(31, 58, 95)"
    )
    assert page.find_element("id", "shown").text == "显示 4 份，共 4 份"


@pytest.mark.parametrize(
    ("control", "keys", "left"),
    [
        ("find", "江阴", ["2"]),
        ("find", "申报表 常熟市", ["1", "2", "3"]),
        ("find", "没有这样的字", []),
        ("ended", "无法读取", ["3"]),
        ("kind", "复核申报表", ["2"]),
    ],
)
def test_filters_leave_rows_and_their_parts(
    page: WebDriver, control: str, keys: str, left: list[str]
) -> None:
    page.find_element("id", control).send_keys(keys)
    assert shown_rows(page) == left
    assert shown_parts(page) == [f"form-{number}" for number in left]
    assert page.find_element("id", "shown").text == f"显示 {len(left)} 份，共 4 份"


def shown_findings(page: WebDriver) -> list[str]:
    script = (
        "return [...document.querySelectorAll('table.findings tbody tr:not(.part)')]"
        ".filter(r => r.checkVisibility()).map(r => r.textContent)"
    )
    return list(page.execute_script(script))


def test_findings_are_filtered_in_all_forms_at_once(page: WebDriver) -> None:
    everything = shown_findings(page)
    find = page.find_element("id", "find-finding")
    find.send_keys("增速")
    some = shown_findings(page)
    heads = "return [...document.querySelectorAll('tr.part')].filter(r => r.checkVisibility()).length"
    filled = (
        "return [...document.querySelectorAll('tbody:has(tr.part):has(tr:not(.part):not([hidden]))')].length"
    )
    for width in (1280, 390):
        page.set_window_size(width, 900)
        assert page.execute_script(heads) == page.execute_script(filled)
    page.set_window_size(1280, 900)
    assert 0 < len(some) < len(everything)
    assert all("增速" in text for text in some)
    assert page.find_element("id", "shown-findings").text.startswith(f"显示 {len(some)} 条")
    assert set(shown_parts(page)) < {f"form-{number}" for number in range(1, 5)}
    find.send_keys(" 没有这样的字")
    assert (shown_findings(page), shown_parts(page)) == ([], [])
    find.clear()
    find.send_keys(" ")
    assert shown_findings(page) == everything


def test_heads_sort_with_mouse_and_keyboard(page: WebDriver) -> None:
    heads = page.find_elements("css selector", "#files thead th")
    errors = next(head for head in heads if head.text.startswith("必须修改"))
    errors.find_element("tag name", "button").click()
    assert shown_rows(page) == ["2", "3", "4", "1"]
    assert errors.get_attribute("aria-sort") == "ascending"
    errors.find_element("tag name", "button").send_keys("\ue007")
    assert shown_rows(page)[0] == "1"
    assert errors.get_attribute("aria-sort") == "descending"
    heads[0].find_element("tag name", "button").click()
    assert shown_rows(page) == ["1", "2", "3", "4"]
    assert errors.get_attribute("aria-sort") is None


def printed(page: WebDriver, folder: Path) -> list[str]:
    """The text of each page, all of them A4."""
    from selenium.webdriver.common.print_page_options import PrintOptions

    options = PrintOptions()
    options.set_page_size({"width": 21.0, "height": 29.7})
    options.background = True
    path = folder / "页.pdf"
    path.write_bytes(base64.b64decode(page.print_page(options)))
    document = pypdfium2.PdfDocument(path)
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    sizes = {tuple(int(side) // 10 for side in document[n].get_size()) for n in range(len(document))}
    document.close()
    assert sizes == {A4}
    return texts


def test_a_long_overview_has_its_head_on_each_page(browser: WebDriver, tmp_path: Path) -> None:
    report = Report("2025", ("national/2025",), tuple(DRAWN.files) * 20)
    path = tmp_path / "长.html"
    path.write_text("".join(reports.pieces("html", report, ReportRequest("zh"))), encoding="utf-8")
    browser.get(path.as_uri())
    heads = [text for text in printed(browser, tmp_path) if "序号" in text]
    assert len(heads) > 1


def test_it_prints_on_a4_without_its_controls(page: WebDriver, tmp_path: Path) -> None:
    texts = printed(page, tmp_path)
    assert len(texts) >= 1 + len(REPORT.files)
    assert not [text for text in texts if "查找" in text or "返回各表情况" in text]
    assert "小结" in texts[0]
    assert "各表情况" in texts[1]
    for number in range(1, len(REPORT.files) + 1):
        assert any(f"{number}. " in text for text in texts[2:])
    assert "SHA" not in "".join(texts)


PEOPLE_HAVE = [390, 1280]


@pytest.mark.parametrize("width", PEOPLE_HAVE)
def test_nothing_is_wider_than_the_screen(browser: WebDriver, address: str, width: int) -> None:
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 800}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.get(address)
        open_all = "document.querySelectorAll('details').forEach(d => d.open = true);"
        script = (
            open_all + "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        wide, seen = browser.execute_script(script)
        assert seen <= width
        assert wide <= seen
        small = (
            "return [...document.querySelectorAll('svg text')].map(t => t.getBoundingClientRect().height)"
            ".filter(h => h > 0)"
        )
        assert min(browser.execute_script(small)) > 9
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


CROWDED = [
    GROWTH._replace(
        severity=severity,
        rule=f"CF{number}",
        label=f"{'很长的栏目名称' * 8}{number}",
        message=f"“{'很长的栏目名称' * 8}”与 {number} 不符。请核对。" * 3,
    )
    for severity in (Severity.ERROR, Severity.MANUAL)
    for number in range(100, 140)
]


@pytest.mark.parametrize("several", [False, True])
def test_the_first_page_holds_the_summary(browser: WebDriver, tmp_path: Path, several: bool) -> None:
    crowded = [
        BROKEN._replace(path=f"县{n:03}/申报表.docx", findings=tuple(CROWDED))
        for n in range(6 if several else 1)
    ]
    settings = RunSettings(ignored=("CF1",), severity={"CF504": "info"}, region="west", left_out=("CF101",))
    report = REPORT._replace(
        files=tuple(crowded), batch=tuple(CROWDED[:8] if several else ()), settings=settings
    )
    path = tmp_path / "报告.html"
    path.write_text(
        "".join(reports.pieces("html", report, ReportRequest("zh"))), encoding="utf-8", newline="\n"
    )
    browser.get(path.as_uri())
    first, second = printed(browser, tmp_path)[:2]
    assert "请逐项人工确认" in first.replace("各份表都要", "请")
    assert "另有" in first
    assert "人工确认清单（续）" in second.strip()[:20]


def test_axe_finds_no_serious_fault(page: WebDriver) -> None:
    page.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    run = "const done = arguments[0]; axe.run(document).then(r => done(r.violations), e => done([{id: String(e)}]))"
    found: list[dict[str, Any]] = page.execute_async_script(run)
    said = [
        (item["id"], item.get("impact"), [node["html"] for node in item.get("nodes", [])][:3])
        for item in found
    ]
    assert said == []


def test_it_is_complete_without_scripts(browser: WebDriver, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(address)
        text = browser.find_element("tag name", "body").text
        assert browser.find_element("id", "find").is_displayed() is False
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert all(finding.message.split("。")[0] in text for finding in BROKEN.findings)
    assert "江苏省无锡市江阴市" in text
