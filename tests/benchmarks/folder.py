"""How a thousand forms are gone through: two workers against one, memory of the program at 1,000 forms against 100.

    python tests/benchmarks/folder.py [FORMS]

Ratios taken on one machine in turn; prints a table and exits with 1 when one is over its bound. On a machine with fewer
than two free processors the first says nothing.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.folder import form_bytes

FASTER, MEMORY = 1.7, 1.3
ROUNDS = 3
WORDS = "集群企业产业链检测平台设备工艺材料标准研发订单市场服务培训绿色能源数据质量品牌协作配套供应技术改造园区项目"
PROSE = (
    "leading_industry.chain_text",
    "leading_industry.sharing_text",
    "leading_industry.brand_text",
    "digital.service_text",
    "digital.pilot_text",
    "green.green_text",
    "openness.exchange_text",
    "governance.environment_text",
)
MEASURED = """
import resource, sys
sys.argv = ["clusterform", *sys.argv[1:]]
from clusterform.__main__ import command_line
try:
    command_line()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def prose(number: int) -> dict[str, str]:
    """Texts of every form's own."""
    luck = random.Random(number)  # noqa: S311  (no secret)
    return {path: "".join(luck.choice(WORDS) for _ in range(180)) for path in PROSE}


def fill(folder: Path, count: int) -> None:
    """So many forms with names, figures and texts of their own."""
    for number in range(count):
        form = ("application", "review")[number % 2]
        mark = hashlib.sha256(str(number).encode()).hexdigest()[:4]
        name = f"江苏省东海县{WORDS[number % 40]}{mark}第{number}材料产业集群"
        data = form_bytes(form, name, "江苏省连云港市东海县", {"set": prose(number)})
        target = folder / f"{number % 20:02}" / f"{number:04}.docx"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)


def run(folder: Path, jobs: int, output: Path) -> tuple[float, int, str]:
    """Seconds, peak memory of the program itself in KB, and a digest of the report."""
    command = [sys.executable, "-c", MEASURED, "batch", str(folder), "--jobs", str(jobs), "--no-cache"]
    begun = time.perf_counter()
    ended = subprocess.run(
        [*command, "--format", "json", "-o", str(output)], check=False, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    digest = hashlib.sha256(output.read_bytes()).hexdigest()
    return seconds, int(ended.stderr.split()[-1]), digest


def main() -> int:
    """Runs both; 1 where a bound is not kept."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CLUSTERFORM_CACHE"] = f"{scratch}/cache"
        large, small = Path(scratch, "large"), Path(scratch, "small")
        for folder, forms in ((large, count), (small, count // 10)):
            folder.mkdir()
            fill(folder, forms)
        output = Path(scratch, "report.json")
        _, little, _ = run(small, 2, output)
        turns = [(run(large, 1, output), run(large, 2, output)) for _ in range(ROUNDS)]
        eight = run(large, 8, output)
    faster = median(one[0] / two[0] for one, two in turns)
    memory = turns[0][1][1] / little
    same = len({result[2] for turn in turns for result in turn} | {eight[2]}) == 1
    one, two = (median(turn[n][0] for turn in turns) for n in (0, 1))
    print(f"{count} forms, one worker     {one:8.1f} s")
    print(f"{count} forms, two workers    {two:8.1f} s   {faster:5.2f} times as fast (at least {FASTER})")
    print(
        f"memory at {count // 10} and {count} forms {little // 1024:4} and {turns[0][1][1] // 1024} MB, ratio {memory:.2f} (at most {MEMORY})"
    )
    print(f"the same bytes with 1, 2 and 8 workers: {'yes' if same else 'NO'}")
    return 0 if same and faster >= FASTER and memory <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
