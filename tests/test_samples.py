"""Three filled forms that the project did not make: exactly these errors, each at its place, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.finding import Severity, Status
from support.reading import check_file

SAMPLES = Path(__file__).parent / "data" / "samples"

MISTAKES = {
    ("CF103", "集群总产值（亿元）", "2023 年", "236.8", "236.80"),
    ("CF101", "其中：集群中小企业数量（年度当前值）", "2022 年", "", None),
    ("CF102", "集群外商直接投资额（万元）", "2022 年", "/", "无"),
    ("CF204", "集群主导产品出口贸易额增长率（%）", "2024 年", "21.42", "12.42"),
    ("CF604", "有效发明专利数量", "2027 年目标值", "1500", "1552"),
    ("CF101", "集群质量品牌建设情况（200 字以内）", None, "", None),
    ("CF109", "集群主导产业是否属于国家规定的禁止、限制和淘汰类产业", None, "", None),
    ("CF401", "绘制产业链图谱，开展产业链培育", None, "绘制产业链图谱，开展产业链培育", None),
}


@pytest.mark.parametrize("name", ["application-clean", "review-clean"])
def test_a_right_form_has_no_error(name: str) -> None:
    report = check_file(SAMPLES / f"{name}.docx")
    assert report.status is Status.PASS
    assert [f for f in report.findings if f.severity is Severity.ERROR] == []
    assert report.cluster == "江苏省东海县石英材料产业集群"
    assert report.crashed == ()


def test_each_of_the_eight_mistakes_and_nothing_else() -> None:
    report = check_file(SAMPLES / "application-broken.docx")
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    assert {(f.rule, f.label, f.column, f.value, f.expected) for f in errors} == MISTAKES
    assert len(errors) == len(MISTAKES)
    assert all(f.location.table and f.location.row and f.location.cell for f in errors)
