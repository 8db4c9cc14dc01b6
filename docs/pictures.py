"""Draws the pages of the blank forms for docs/zh/templates.md: python docs/pictures.py. Needs LibreOffice and pdftoppm.

`python docs/pictures.py page` draws README's pictures of the page instead: needs Chromium, and dist/ from `make page`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clusterform.parsers.libreoffice.convert import convert, find_soffice
from clusterform.writing import blank, filled, kinds_of
from clusterform.writing.answers.given_form import read_answers

EDITION = "2025"
FOLDER = Path(__file__).parent / "pictures" / "forms"
EXAMPLES = Path(__file__).parents[1] / "examples"
SHEETS = (1, 3, 4, 6, 7, 8, 11, 14, 20)
"""Pages of the filled workbook that are shown; the last is the first one of 自查."""
PAGE = Path(__file__).parents[1] / "dist/申报表检查.html"
PICTURES = Path(__file__).parent / "pictures"
SHOWN = "application-broken-figures.docx"
"""The form that is dropped into the page."""
WIDE, HIGH = 1280, 800
DOTS = 50
"""Dots an inch: enough to see the layout and read the labels."""


def main() -> None:
    office, painter = find_soffice(), shutil.which("pdftoppm")
    if office is None or painter is None:
        raise SystemExit("LibreOffice and pdftoppm (poppler-utils) are needed")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for kind in kinds_of(EDITION):
        draw(painter, convert(office, blank(kind, "docx", EDITION), "docx", "pdf"), kind)
    answers = read_answers(EXAMPLES / "answers-application.yaml", EDITION)
    draw(painter, printed(office, filled(answers, "xlsx", None, "answers")), "book", *SHEETS)


def printed(office: str, book: bytes) -> bytes:
    """A workbook as LibreOffice prints it, its sums computed."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "book.xlsx").write_bytes(book)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, f"{folder}/book.xlsx"], check=True)  # noqa: S603  (a fixed command)
        return (Path(folder) / "book.pdf").read_bytes()


def draw(painter: str, pdf: bytes, name: str, *pages: int) -> None:
    """Each page, or those named, as a picture."""
    chosen = [["-f", str(page), "-l", str(page)] for page in pages] or [[]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.pdf"
        file.write_bytes(pdf)
        for some in chosen:
            command = [painter, "-r", str(DOTS), "-gray", "-png", *some, str(file), str(FOLDER / name)]
            subprocess.run(command, check=True)  # noqa: S603  (a fixed command)


def draw_page() -> None:
    """The page as it opens, and what it finds in a form, as wide as a screen."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    for name in ("headless", "no-sandbox", "disable-gpu", "hide-scrollbars"):
        options.add_argument(f"--{name}")
    # The driver is named, so selenium looks for none on any network.
    browser = Chrome(options=options, service=ChromeService(executable_path=shutil.which("chromedriver")))
    size = {"width": WIDE, "height": HIGH, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.set_script_timeout(300)
    done = "const done = arguments[0]; turn.then(() => done())"
    browser.get(PAGE.as_uri())
    browser.execute_async_script(done)
    browser.save_screenshot(str(PICTURES / "page-start.png"))
    browser.find_element("id", "pick-files").send_keys(str(EXAMPLES / SHOWN))
    browser.execute_async_script(done)
    browser.execute_script("document.querySelector('section.form').scrollIntoView()")
    browser.save_screenshot(str(PICTURES / "page-findings.png"))
    browser.quit()


if __name__ == "__main__":
    draw_page() if "page" in sys.argv[1:] else main()
