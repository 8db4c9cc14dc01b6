"""What the page asks of the program, by name and with plain data: forms checked, two submissions compared, files to take away.

The page's script puts the files that were dropped into a folder and asks; every answer is JSON. Nothing is judged in
the script, and nothing that a form says reaches it but escaped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusterform import __version__
from clusterform.batch.discover import Discovery, discover
from clusterform.batch.run import How, RunOutcome, check_all
from clusterform.errors import ClusterformError, UsageError
from clusterform.finding import FileReport
from clusterform.forms.edition import editions_meant, newest_edition
from clusterform.messages import Joined, Text
from clusterform.page.downloads import make
from clusterform.page.rules_digest import rules_digest
from clusterform.pipeline import Checker
from clusterform.reports import ReportRequest
from clusterform.reports.finding_text import visible
from clusterform.settings import Settings
from clusterform.snapshot import between_runs
from clusterform.writing import kinds_of, official_name

Watcher = Callable[[int, int, str], object]
"""Called with how many files are done, of how many, and the one that is looked at now."""
BEFORE, NOW, EVIDENCE, TAKEN = "before", "now", "evidence", "taken"
"""The folders under the session's own: the files dropped before the last ones, the last ones, evidence, what is taken away."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The files dropped last, and what was found in them."""

    path: Path
    """A form, or the folder of several; below the folder NOW, in which the program then stands."""
    checker: Checker
    outcome: RunOutcome

    @property
    def request(self) -> ReportRequest:
        """As the page shows the report, and gives it to take away."""
        report = self.outcome.report
        return ReportRequest(report.language, linked=False, rules=lambda: self.checker.rule_pages(report))

    @property
    def files(self) -> list[FileReport]:
        return list(self.outcome.report.files)


class Session:
    """One opened page. What it is asked for is a method of `_asked`; each takes and gives plain data."""

    def __init__(
        self, home: Path, rule_files: Sequence[Path] = (), watcher: Watcher = lambda *_: None
    ) -> None:
        self._home = home
        self._rule_files = tuple(rule_files)
        self._watcher = watcher
        self._checked: Checked | None = None
        for name in (BEFORE, NOW, EVIDENCE, TAKEN):
            (home / name).mkdir(parents=True, exist_ok=True)

    def ask(self, name: str, arguments: str) -> str:
        """JSON in and out; {"error": sentence} where the program refuses, with "broken" where it breaks and is to be started anew.

        KeyError for a name that is none.
        """
        given = json.loads(arguments)
        asked: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "about": self._about,
            "check": self._check,
            "compare": self._compare,
            "take": self._take,
        }
        ask = asked[name]
        try:
            answer = ask(given)
        except ClusterformError as error:
            answer = {"error": "\n".join(map(visible, error.text[given["lang"]].splitlines()))}
        except MemoryError:
            answer = {"error": Text("app.no-memory")[given["lang"]], "broken": True}
        except Exception as error:  # noqa: BLE001  (a mistake of the program; it is told in the page, and the page goes on)
            answer = {"error": Text("app.broken", error=type(error).__name__)[given["lang"]], "broken": True}
        return json.dumps(answer, ensure_ascii=False)

    def _about(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the page says of itself; the rules are read for it, so that the first form need not wait for them."""
        checker = self._checker(given["lang"])
        with between_runs():
            checker.made_ready()
            for edition in editions_meant(None):
                checker.rules_of(edition)
        return {
            "version": __version__,
            "edition": newest_edition(),
            "rules": rules_digest(self._rule_files),
            "layers": [path.name for path in self._rule_files],
            "blanks": [
                {"kind": kind, "title": official_name(kind, newest_edition())}
                for kind in kinds_of(newest_edition())
            ],
        }

    def _check(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Of the files in NOW: the report's own HTML, and what can be taken away of each file.

        A file alone is checked as `check FILE` does it, several as `batch FOLDER`.
        """
        os.chdir(self._home / NOW)
        path = _alone(Path())
        checker = self._checker(given["lang"], evidence=self._evidence(), batch=path.is_dir())
        found = _discovered(path)
        names = [candidate.name for candidate in found.candidates]

        def progress(done: int, total: int) -> None:
            self._watcher(done, total, names[done] if done < len(names) else "")

        progress(0, len(names))  # a file alone tells nothing else
        outcome = _layers_by_name(check_all([path], checker, How(cache=False), progress))
        self._checked = Checked(path, checker, outcome)
        from clusterform.reports.html import render_content

        report = outcome.report
        return {
            "content": render_content(report, self._checked.request),
            "files": [_about_file(file) for file in self._checked.files],
            "left": [
                *(visible(f"{item.path.as_posix()} {item.why[report.language]}") for item in outcome.left),
                *_passed_over(path, found, report.language),
            ],
            "errors": sorted({item.rule for file in report.files for item in file.crashed}),
        }

    def _compare(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        """What lies between the files before, gone through once more, and those that were checked last."""
        from clusterform.batch.submissions import Submission, compare_submissions, refuse_unlike
        from clusterform.reports.html import render_content

        if self._checked is None:
            raise UsageError("app.nothing-checked")
        os.chdir(self._home / NOW)
        before, now = _alone(Path("..", BEFORE)), self._checked
        refuse_unlike(before, now.path)

        def progress(done: int, total: int) -> None:
            self._watcher(done, total, "")

        old = check_all([before], now.checker, How(cache=False), progress)
        made = compare_submissions(
            Submission(before, old), Submission(now.path, now.outcome), now.checker.settings
        )
        return {"content": render_content(made, ReportRequest(made.language, linked=False))}

    def _take(self, given: Mapping[str, Any]) -> dict[str, str]:
        """A file to take away, written into TAKEN: its name, and where it lies."""
        os.chdir(self._home / NOW)
        what, number, language = given["what"], given.get("number", 0), given["lang"]
        name, data = make(what, number, language, self._checked, self._checker(language))
        place = self._home / TAKEN / "file"
        place.write_bytes(data)
        return {"name": name, "path": place.as_posix()}

    def _checker(self, language: str, *, evidence: Path | None = None, batch: bool = False) -> Checker:
        return Checker(
            Settings(language=language, rule_files=self._rule_files, evidence=evidence, batch=batch)
        )

    def _evidence(self) -> Path | None:
        """A .zip alone is itself the evidence, as it is on the command line."""
        folder = self._home / EVIDENCE
        entries = list(folder.iterdir())
        if not entries:
            return None
        alone = len(entries) == 1 and (entries[0].is_dir() or entries[0].suffix.lower() == ".zip")
        return entries[0] if alone else folder


def _alone(folder: Path) -> Path:
    """The file or the folder that was dropped by itself, else the folder of all that were."""
    entries = list(folder.iterdir())
    return entries[0] if len(entries) == 1 else folder


def _layers_by_name(outcome: RunOutcome) -> RunOutcome:
    """The rule files as the page's foot names them: where they lie inside it tells nobody anything."""
    settings = outcome.report.settings
    named = settings._replace(rules=tuple(Path(file).name for file in settings.rules))
    return outcome._replace(report=outcome.report._replace(settings=named))


def _discovered(path: Path) -> Discovery:
    """What there is to check. Files that were dropped loose lie in no folder that could be named: they are named themselves."""
    try:
        return discover([path])
    except UsageError as error:
        if error.text != Text("left.nothing", path=Path()):
            raise
        raise UsageError("app.no-form", files=_names(path.iterdir())) from error


def _passed_over(path: Path, found: Discovery, language: str) -> list[str]:
    """Of loose files each was meant to be checked, where in a folder much else may lie."""
    if path != Path():
        return []
    told = {item.path for item in found.left}
    told |= {place for item in found.candidates for place in (item.path, item.evidence) if place}
    others = [entry for entry in path.iterdir() if entry.is_file() and entry not in told]
    return [Text("app.passed-over", files=_names(others))[language]] if others else []


def _names(entries: Iterable[Path]) -> Joined:
    return Joined("join.list", (visible(entry.name) for entry in sorted(entries)))


def _about_file(file: FileReport) -> dict[str, Any]:
    return {
        "name": file.path,
        "status": file.status.value,
        "form": file.form,
        "cluster": file.cluster,
        "place": file.place,
        "copies": bool(file.sha256 and file.form != "unknown"),
        "repairs": sum(finding.fix is not None for finding in file.findings),
    }
