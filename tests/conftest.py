"""What all tests share: the golden files and the switch that writes them anew."""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from clusterform.batch import answers_table, worker_pool
from clusterform.parsers.libreoffice.convert import PROGRAM, find_soffice
from support.command import run

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
"""A busy machine is no failure: no test ends for time alone. Speed is measured in tests/benchmarks."""


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs what is wrong use, and gives what is said of it."""

    def told(*arguments: str | Path) -> str:
        assert run(monkeypatch, *arguments) == 2
        return capsys.readouterr().err

    return told


def pytest_configure() -> None:
    """No test writes to the home of whoever runs it. Rules once read are kept for the programs and workers that tests start,
    as they are for users; results are not (a folder stands in the place of their file), so that each test checks its forms.

    A run put in the background may begin with Ctrl-C ignored, and so would all programs it starts: some tests send one.
    """
    folder = Path(tempfile.mkdtemp(prefix="clusterform-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "results.sqlite").mkdir()
    os.environ["CLUSTERFORM_CACHE"] = str(folder)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """LibreOffice is there for the tests that ask for it, by `soffice`: a form from the project's own blank has its pages
    compared wherever one is checked, a second each time.
    """
    with pytest.MonkeyPatch.context() as changed:
        if "soffice" not in getattr(item, "fixturenames", ()):
            changed.setenv(PROGRAM, "none")
        return (yield)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew instead of comparing"
    )


@pytest.fixture
def workers() -> None:
    """Asked for by tests of the workers themselves: with one job too the work is done in a process of its own."""


@pytest.fixture(autouse=True)
def one_job(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pytest's own processes share the machine: a run without --jobs has one, and that works in this process. All that a
    worker would send or be sent is pickled as it would be.
    """
    for module in (worker_pool, answers_table):
        monkeypatch.setattr(module, "processors", lambda: 1)
    if "workers" not in request.fixturenames:
        by_workers = worker_pool._WorkerPool.work
        monkeypatch.setattr(
            worker_pool._WorkerPool,
            "work",
            lambda pool: done_here(pool) if pool.jobs == 1 else by_workers(pool),
        )


def done_here(pool: worker_pool._WorkerPool) -> Iterator[tuple[Any, Any]]:
    work = pickled(pool.setup)()
    while pool.waiting:
        task = pool.waiting.popleft()
        yield task, pickled(work(pickled(task)))


def pickled(sent: Any) -> Any:
    return pickle.loads(pickle.dumps(sent))  # noqa: S301  (our own)


PAGE = ("test_page_parity.py", "test_page_browser.py", "test_page_package.py")
LONGEST = (*PAGE, "test_resaved.py", "test_without_lxml.py", "test_new_edition.py", "test_cases.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest come first, so that at the end no processor waits for one that still has such a file to do."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        places = {name: place for place, name in enumerate(LONGEST)}
        items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and a form leaves little behind that only the collector finds: a fifth of all time."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests share what they make, and so stay in one process; those of the page share it and its browser."""
    if config.option.dist != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return "page" if file.endswith(PAGE) else file

    config.option.loadscopereorder = False  # by the number of tests, of which the longest have few
    return ByFile(config, log)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text, byte for byte, with the file of that name under tests/golden."""

    def check(name: str, found: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found.encode())
        assert path.is_file(), (
            f"{path.name} is not there yet: run pytest --update-golden and read what it wrote"
        )
        assert found == path.read_bytes().decode()

    return check


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice with a font for Chinese. Missing, the test is skipped, but fails under CLUSTERFORM_REQUIRE_OFFICE=1."""
    found = find_soffice()
    fonts = shutil.which("fc-list")
    if found is None:
        _wanting("LibreOffice is not installed")
    if fonts and not subprocess.run([fonts, ":lang=zh-cn"], check=True, capture_output=True).stdout.strip():
        _wanting("no font for Chinese is installed")
    return str(found)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """Headless Chromium. Missing, the test is skipped, but fails under CLUSTERFORM_REQUIRE_BROWSER=1."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next((found for name in names if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        _wanting("chromium or chromedriver is not installed", "CLUSTERFORM_REQUIRE_BROWSER")
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = str(program)
    profile = tmp_path_factory.mktemp("browser")
    for name in _QUIET:
        options.add_argument(f"--{name}")
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # The driver is named, so selenium looks for none on any network.
    running = Chrome(options=options, service=ChromeService(executable_path=str(driver)))
    running.set_window_size(1280, 900)
    yield running
    running.quit()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as `make page` left it, where it is newer than all it is made of, else made here. Without node and npm the
    test is skipped, but fails under CLUSTERFORM_REQUIRE_BROWSER=1.
    """
    made = ROOT / "dist/申报表检查.html"
    sources = [ROOT / name for name in ("src", "rules", "messages", "templates", "page")]
    if made.is_file() and made.stat().st_mtime > max(map(_changed, sources)):
        return made
    if not (shutil.which("node") and shutil.which("npm")):
        _wanting("node and npm are not installed", "CLUSTERFORM_REQUIRE_BROWSER")
    folder = tmp_path_factory.mktemp("page")
    subprocess.run([sys.executable, str(ROOT / "page/runtime.py"), str(folder / "runtime")], check=True)
    from clusterform.page.build import page_of, runtime_of

    page = folder / "申报表检查.html"
    page.write_text(page_of(runtime_of(folder / "runtime")), encoding="utf-8", newline="\n")
    return page


def _changed(folder: Path) -> float:
    """When a file below the folder was last written; not those that npm and Python put there."""
    names = ("node_modules", "__pycache__")
    return max(p.stat().st_mtime for p in folder.rglob("*") if p.is_file() and not {*p.parts} & {*names})


_QUIET = (
    "headless",
    "host-resolver-rules=MAP * ~NOTFOUND",  # nothing is reached by name
    "no-sandbox",  # a container's root may not make one
    "disable-gpu",
    "disable-quic",
    "disable-dev-shm-usage",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
)


def _wanting(reason: str, required: str = "CLUSTERFORM_REQUIRE_OFFICE") -> None:
    if os.environ.get(required):
        pytest.fail(reason)
    pytest.skip(reason)
