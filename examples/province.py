"""The example folder of a province, from province/recipe.yaml: its files, and what `clusterform batch` says of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from clusterform.forms.lists import load_list
from clusterform.writing import filled_list
from clusterform.yaml_file import read_yaml
from support.forms import EDITION, write
from support.ooxml import docx

HERE = Path(__file__).resolve().parent / "province"
FOLDER, EXPECTED = "青岛市", "expected.json"
TEXTS = {
    "leading_industry.chain_text": "{0}企业上下游配套齐全。",
    "leading_industry.sharing_text": "{0}企业共用检测中心和仓库。",
    "leading_industry.brand_text": "{0}注册了集体商标。",
    "digital.service_text": "为{0}企业提供上云服务。",
    "digital.pilot_text": "{0}企业建成智能车间一个。",
    "green.green_text": "{0}企业完成节能诊断。",
    "openness.exchange_text": "{0}销往二十余个国家。",
    "governance.environment_text": "设{0}集群服务专窗。",
}
"""Too short to be compared, so that these forms are not like one another."""


def recipe() -> dict[str, Any]:
    """The recipe's data."""
    data: dict[str, Any] = read_yaml(HERE / "recipe.yaml")
    return data


def files() -> Iterator[tuple[str, bytes]]:
    """Every file below the folder by its path there, the same bytes every time."""
    data = recipe()
    for item in data["forms"]:
        yield item["file"], write(item["form"], changes={"set": _answers(item)})
    for item in data["summaries"]:
        keys = [column.key for column in load_list(EDITION, item["form"]).printed]
        rows = [
            tuple(str(number) if key == "number" else row.get(key, "") for key in keys)
            for number, row in enumerate(item["rows"], 1)
        ]
        yield item["file"], filled_list(item["form"], Path(item["file"]).suffix[1:], EDITION, rows)
    letter = data["letter"]
    yield letter["file"], docx(f"<w:p><w:r><w:t>{letter['text']}</w:t></w:r></w:p>")


def _answers(item: Mapping[str, str]) -> dict[str, str]:
    county = item["county"]
    department, operator = f"{county}工业和信息化局", f"{county}中小企业服务中心"
    person, phone = item["contact"].split()
    answers = {
        "cover.region": item.get("region", f"山东省青岛市{county}"),
        "cover.contact": item["contact"],
        "basic_info.department_contact": person,
        "basic_info.department_phone": phone,
    }
    for part in ("cover", "basic_info"):
        answers |= {
            f"{part}.cluster_name": item["cluster"],
            f"{part}.department": department,
            f"{part}.operator": operator,
        }
    if "product" in item:
        answers |= {path: text.format(item["product"]) for path, text in TEXTS.items()}
    return answers


def report() -> bytes:
    """What `clusterform batch` says, run beside the folder so that paths are the same everywhere."""
    command = [sys.executable, "-m", "clusterform", "batch", FOLDER, "--format", "json"]
    return subprocess.run(  # noqa: S603  (our own command)
        [*command, "--fail-on", "never", "--no-cache"], cwd=HERE, check=True, capture_output=True
    ).stdout


def build(*, expected: bool) -> None:
    """Writes the folder anew."""
    for name, data in files():
        target = HERE / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    if expected:
        (HERE / EXPECTED).write_bytes(report())
