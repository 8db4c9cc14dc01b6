"""Workers that die, hang or take too much memory: each costs its own task, and nothing else."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from clusterform.batch.worker_pool import Bounds, Loss, run_tasks
from clusterform.errors import ClusterformError

pytestmark = pytest.mark.usefixtures("workers")
TASKS = [0, 1, "kill", 2, "hang", 3, "memory", 4, "exit", 5]
GIGABYTE = 1 << 30


def hostile() -> Callable[[Any], Any]:
    """A worker's function for these tests: numbers are squared, words break the worker."""

    def work(task: Any) -> Any:
        if task == "kill":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        elif task == "hang":
            time.sleep(600)
        elif task == "memory":
            return len(bytearray(8 * GIGABYTE))
        elif task == "exit":
            os._exit(7)
        return task * task

    return work


def never_starts() -> Callable[[Any], Any]:
    raise RuntimeError("no rules")


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_loss_costs_its_own_task(jobs: int) -> None:
    results = dict(run_tasks(TASKS, hostile, jobs, Bounds(seconds=3, memory=2 * GIGABYTE)))
    assert {task: result for task, result in results.items() if isinstance(task, int)} == {
        number: number**2 for number in range(6)
    }
    assert results["hang"] == Loss("time")
    assert results["kill"] == Loss("died", "signal 9")
    assert results["exit"] == Loss("died", "status 7")
    if sys.platform == "linux":
        assert results["memory"] == Loss("memory")


def test_workers_that_cannot_start_end_the_run(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ClusterformError, match=r"cannot be started .*no rules"):
        list(run_tasks([1, 2], never_starts, 2))
    assert capfd.readouterr().err == ""


def test_no_more_workers_than_tasks() -> None:
    assert dict(run_tasks([3], hostile, 8)) == {3: 9}


def test_leaving_early_ends_the_workers() -> None:
    begun = time.monotonic()
    for _task, _result in run_tasks([1, "hang", "hang"], hostile, 3):
        break
    assert time.monotonic() - begun < 60


def fragile() -> Callable[[Any], Any]:
    return lambda task: 1 // task


def test_a_worker_that_breaks_says_why_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    results = dict(run_tasks([0, 1], fragile, 1))
    assert results[1] == 1
    assert results[0].kind == "died"
    assert "ZeroDivisionError" in results[0].detail
    assert capfd.readouterr().err == ""
