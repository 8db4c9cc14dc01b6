"""The page in headless Chromium, opened from a disk with no name to be resolved: what a clerk does with it."""

from __future__ import annotations

import base64
import re
import shutil
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from clusterform.page.rules_digest import rules_digest

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

EXAMPLES = Path(__file__).parents[1] / "examples"
CLEAN, BROKEN = EXAMPLES / "application-clean.docx", EXAMPLES / "application-broken-figures.docx"
OTHER = EXAMPLES / "review-clean.docx"
PATIENCE = 300
"""Seconds: a busy machine is no failure."""


class Page:
    """The page in its browser."""

    def __init__(self, browser: WebDriver, address: str) -> None:
        self.browser = browser
        self.address = address
        browser.set_script_timeout(PATIENCE)

    def open(self) -> None:
        self.browser.get(self.address)
        self.settle()

    def js(self, script: str, *given: object) -> Any:
        return self.browser.execute_script(script, *given)

    def cdp(self, name: str, **given: object) -> Any:
        return self.browser.execute_cdp_cmd(name, given)

    def settle(self) -> None:
        """Until everything that the page was given is done."""
        self.browser.execute_async_script("const done = arguments[0]; turn.then(() => done())")

    def text(self, name: str) -> str:
        return self.browser.find_element("id", name).text

    def press(self, name: str) -> None:
        self.browser.find_element("id", name).click()

    def give(self, *paths: Path, name: str = "pick-files") -> None:
        self.browser.find_element("id", name).send_keys("\n".join(map(str, paths)))
        self.settle()

    def drop(self, *paths: Path, onto: str = "drop") -> None:
        """As dragged out of a folder's window."""
        self.js(
            "window.dropped_ = false; addEventListener('drop', () => { window.dropped_ = true; }, { once: true })"
        )
        self.js("document.getElementById(arguments[0]).scrollIntoView({ block: 'center' })", onto)
        box = self.js(
            "const box = document.getElementById(arguments[0]).getBoundingClientRect(); return [box.x, box.y]",
            onto,
        )
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.cdp("Input.dispatchDragEvent", type=kind, x=box[0] + 9, y=box[1] + 9, data=data)
        self.until("return window.dropped_")
        self.settle()

    def until(self, script: str) -> None:
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.browser, PATIENCE).until(lambda _: self.js(script))

    def axe(self) -> list[tuple[str, Any]]:
        self.js(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        run = "const done = arguments[0]; axe.run(document).then(r => done(r.violations), e => done([{id: String(e)}]))"
        found = self.browser.execute_async_script(run)
        return [(item["id"], [node["html"] for node in item.get("nodes", [])][:3]) for item in found]

    def axe_in_light_and_dark(self) -> list[tuple[str, Any]]:
        found = self.axe()
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        try:
            return [*found, *self.axe()]
        finally:
            self.cdp("Emulation.setEmulatedMedia", features=[])


@pytest.fixture(scope="module")
def opened(browser: WebDriver, page_file: Path) -> Page:
    page = Page(browser, page_file.as_uri())
    page.open()
    return page


@pytest.fixture
def page(opened: Page) -> Iterator[Page]:
    yield opened
    assert opened.browser.get_log("browser") == []


def test_it_starts_and_says_what_it_is(page: Page) -> None:
    assert "可以开始" in page.text("status")
    assert page.text("digest") == rules_digest(())
    reached = page.js(
        "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith('blob:'))"
    )
    assert reached == []
    assert page.axe_in_light_and_dark() == []


def test_a_form_alone_is_shown_and_focus_goes_to_its_result(page: Page) -> None:
    page.give(BROKEN)
    assert "“集群占地面积（平方公里）”填写为“约18.60”" in page.text("result")
    assert page.text("status") == "检查完毕，共 1 份。"
    assert page.js("return document.activeElement.id") == "outcome-name"
    titles = page.browser.find_elements("css selector", ".rules tbody th")
    assert all(re.search(r"[\u4e00-\u9fff]", title.text) for title in titles)
    assert page.axe_in_light_and_dark() == []


def test_a_mended_form_is_read_again_where_it_lies_and_held_against_itself(
    page: Page, tmp_path: Path
) -> None:
    form = tmp_path / "申报表.docx"
    shutil.copy(BROKEN, form)
    page.give(OTHER)
    page.drop(form)
    shutil.copy(CLEAN, form)
    page.js("const again = document.getElementById('again'); again.click(); again.click()")
    page.until("return document.getElementById('changes').textContent.includes('已改 6 处')")
    page.settle()
    assert "上次 12 处，已改 6 处，新增 0 处。" in page.text("changes")
    assert not page.js("return document.querySelector('.changes details').open")
    assert page.axe_in_light_and_dark() == []
    page.give(OTHER)  # another form: there is nothing to compare, but with itself
    assert "上次 " not in page.text("result")


def test_a_folder_is_dropped_with_what_lies_in_it(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "县"
    (folder / "甲").mkdir(parents=True)
    shutil.copy(CLEAN, folder / "甲" / "申报表.docx")
    shutil.copy(OTHER, folder / "复核申报表.docx")
    (folder / "旧表.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    page.drop(folder)
    names = page.js("return [...document.querySelectorAll('#files tbody th')].map(c => c.textContent)")
    assert sorted(names) == sorted(["县/甲/申报表.docx", "县/复核申报表.docx", "县/旧表.doc"])
    assert "另存为" in page.text("result")
    assert page.axe_in_light_and_dark() == []


def test_evidence_is_dropped_beside_the_forms(page: Page, tmp_path: Path) -> None:
    archive = tmp_path / "佐证材料.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("1.产值证明.pdf", b"%PDF-1.4")
    page.give(CLEAN)
    page.js("document.getElementById('evidence').open = true")
    page.drop(archive, onto="evidence")
    assert page.text("evidence-chosen") == "已选佐证材料：1 个文件"
    assert "1.产值证明.pdf" in page.text("result")
    page.press("no-evidence")
    page.settle()
    assert "1.产值证明.pdf" not in page.text("result")


def test_evidence_that_is_gone_is_told_and_costs_no_form(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "佐证材料"
    folder.mkdir()
    (folder / "1.pdf").write_bytes(b"%PDF-1.4")
    page.give(folder, name="evidence-folder")
    page.until(
        "return document.getElementById('evidence-chosen').textContent"
    )  # a folder is read in its own time
    page.settle()
    (folder / "1.pdf").unlink()
    page.give(CLEAN)
    assert page.text("told").startswith("佐证材料改动过或已移走")
    assert page.text("status") == "检查完毕，共 1 份。"


def test_a_file_that_ends_the_worker_costs_itself_alone(page: Page) -> None:
    page.js(
        "window.kept_ = program.onprogress;"
        "program.onprogress = (at) => { kept_(at); if (at.name.includes('broken')) program.end('memory'); }"
    )
    page.give(CLEAN, BROKEN, OTHER)
    page.js("program.onprogress = window.kept_")
    assert page.text("status") == "检查完毕，共 2 份。"
    assert page.text("told").startswith("application-broken-figures.docx：检查没有完成")


@pytest.fixture
def slowed(page: Page) -> Iterator[Page]:
    """Its Python never ends the first look at a file whose name says broken, or takes more memory than there is for one called review."""
    page.js(
        """
        window.worker_ = element("worker").textContent;
        element("worker").textContent += `
          const whole = start;
          start = async (parts) => {
            await whole(parts);
            python.runPython(\\`
from clusterform import pipeline
def open_form(path, real=pipeline.open_form):
    while "broken" in path.name: pass
    if "review" in path.name: [bytearray(1 << 26) for _ in range(1 << 10)]
    return real(path)
pipeline.open_form = open_form\\`);
          };`;
        program.restart();
        """
    )
    yield page
    page.js("element('worker').textContent = worker_; program.restart()")
    page.settle()


def test_a_check_that_hangs_is_stopped_by_hand(slowed: Page) -> None:
    slowed.browser.find_element("id", "pick-files").send_keys(str(BROKEN))
    slowed.until("return !document.getElementById('stop').hidden")
    slowed.press("stop")
    slowed.settle()
    assert slowed.text("status") == "已停止。可以重新放入文件。"
    slowed.give(CLEAN)
    assert slowed.text("status") == "检查完毕，共 1 份。"


def test_files_that_hang_or_take_all_memory_cost_themselves_alone(slowed: Page) -> None:
    slowed.browser.find_element("id", "pick-files").send_keys("\n".join(map(str, (CLEAN, BROKEN, OTHER))))
    slowed.until("return watch.name.includes('broken')")
    slowed.js("watch.since -= 120000")  # two minutes pass
    slowed.settle()
    assert slowed.text("status") == "检查完毕，共 1 份。"
    told = slowed.text("told").split("\n")
    assert told[0] == "application-broken-figures.docx：检查超过两分钟，已跳过。其他文件不受影响。"
    assert told[1].startswith("review-clean.docx：检查没有完成（文件过大或内存不足）")


def test_scans_in_a_folder_are_left_where_they_lie(page: Page) -> None:
    script = """
    const done = arguments[0];
    const scan = { size: 300 << 20 }, form = new Blob(["form"]);
    kept([{ name: "scan.pdf", data: scan }, { name: "form.docx", data: form }])
      .then(([one, other]) => done([one.data === scan, other.data === form]));
    """
    assert page.browser.execute_async_script(script) == [True, False]


def test_nothing_given_is_told_and_costs_no_result(page: Page, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    page.give(CLEAN)
    page.drop(tmp_path / "空")
    assert page.text("told").startswith("没有读到文件")
    assert "人工确认" in page.text("result")


def test_what_a_form_says_never_becomes_markup(page: Page, tmp_path: Path) -> None:
    form = tmp_path / "<img src=x onerror=alert(1)>.docx"
    with zipfile.ZipFile(BROKEN) as source, zipfile.ZipFile(form, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(
                name,
                data.replace("约18.60".encode(), b"&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;"),
            )
    page.give(form)
    assert "<script>alert(1)</script>" in page.text("result")
    assert "<img src=x onerror=alert(1)>.docx" in page.text("result")
    assert page.js("return document.querySelectorAll('#outcome script, #outcome img').length") == 0


def test_ticks_stay_in_this_browser_without_a_word_of_the_form(page: Page) -> None:
    ticked = "return [...document.querySelectorAll('.ticks input')].map(box => box.checked)"
    page.js("localStorage.clear()")
    page.give(CLEAN)
    page.browser.find_element("css selector", ".ticks input").click()
    page.open()
    page.give(CLEAN)
    assert page.js(ticked)[:2] == [True, False]
    page.give(OTHER)
    assert not any(page.js(ticked))
    [key] = page.js("return Object.keys(localStorage)")
    assert re.fullmatch(r"clusterform\.tick\.[0-9a-f]+", key)


def test_findings_are_filtered_and_copied(page: Page) -> None:
    page.give(EXAMPLES / "application-broken-blanks.docx")
    page.js("navigator.clipboard.writeText = async (text) => { window.copied_ = text; }")
    page.browser.find_element("id", "find-finding").send_keys("第 6 行 联系方式")
    rows = "return [...document.querySelectorAll('table.findings tbody tr:not(.part)')].filter(r => r.checkVisibility()).length"
    assert page.js(rows) == 1
    page.browser.find_element("css selector", "tr:not([hidden]) button.small").click()
    page.until("return window.copied_")
    copied = page.js("return window.copied_").split("\n")
    assert copied[1] == "级别：必须修改"
    assert "表中填写：1375701246" in copied


def test_english_leaves_no_sentence_in_chinese(page: Page) -> None:
    page.give(CLEAN)
    page.press("language")
    page.settle()
    said = page.js(
        "return [...document.querySelectorAll('[data-say], button, #status, h1, h2, label')].map(e => e.textContent)"
    )
    names = re.compile(r"工信厅企业函〔2025〕77号|^中文$|^\S+产业集群$")
    assert [text for text in said if re.search(r"[\u4e00-\u9fff]", names.sub("", text))] == []
    page.press("language")
    page.settle()
    assert page.text("status") == "检查完毕，共 1 份。"


def test_files_are_taken_away(page: Page, tmp_path: Path) -> None:
    page.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.give(CLEAN)
    page.js("save('blank:application.docx'); save('annotated', 0)")
    page.settle()
    assert page.text("status").endswith("application-clean.批注.docx")
    page.until("return true")
    blank = tmp_path / "中小企业特色产业集群申报表.docx"
    shipped = Path(__file__).parents[1] / "templates/2025/application.docx"
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(page.browser, PATIENCE).until(lambda _: blank.is_file() and blank.stat().st_size)
    assert blank.read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("width", [390, 640, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    """640: a screen of 1280 at 200 %."""
    page.give(BROKEN)
    page.cdp(
        "Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=width < 600
    )
    try:
        wide = page.js(
            "document.querySelectorAll('details').forEach(d => d.open = true);"
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0
        assert page.axe() == []
    finally:
        page.cdp("Emulation.clearDeviceMetricsOverride")


def test_it_prints_the_result_alone(page: Page) -> None:
    page.give(CLEAN)
    data = page.cdp("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
    document = pypdfium2.PdfDocument(base64.b64decode(data))
    assert CLEAN.name in document[0].get_textpage().get_text_range()
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    assert "请逐项人工确认" in text
    assert not [word for word in ("选择文件", "下载", "复制", "打印结果") if word in text]


def test_it_is_used_by_keyboard_alone(page: Page) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    page.give(CLEAN)
    ActionChains(page.browser).send_keys(Keys.TAB).perform()  # from the result's heading
    assert page.js("return document.activeElement.id") == "again"
    assert page.js("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.js("document.querySelector('.ticks input').focus()")
    before = page.js("return document.activeElement.checked")
    ActionChains(page.browser).send_keys(Keys.SPACE).perform()
    assert page.js("return document.activeElement.checked") is not before


@pytest.mark.parametrize(
    "without",
    [
        "delete window.DecompressionStream",
        "delete window.WebAssembly",
        "WebAssembly.validate = () => false",
        "delete window.JSON",  # the script ends before it has looked
    ],
)
def test_an_old_browser_gets_a_sentence_and_nothing_that_does_not_work(opened: Page, without: str) -> None:
    page = opened
    script = page.cdp("Page.addScriptToEvaluateOnNewDocument", source=without)
    try:
        page.browser.get(page.address)
        assert "浏览器太旧" in page.text("old")
        assert "too old" in page.text("old")
        for name in ("entry", "work", "language"):
            assert not page.browser.find_element("id", name).is_displayed()
    finally:
        page.cdp("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
        page.browser.get_log("browser")
