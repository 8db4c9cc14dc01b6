"""`annotate` and `fix` of Word forms: whatever the file looks like, only what is marked or mended is otherwise in the copy."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from lxml import etree

import clusterform
from clusterform.answers import FilledForm
from clusterform.copies.annotate import annotated
from clusterform.copies.fix import Fixed, FixOptions, fixed
from clusterform.errors import UsageError
from clusterform.finding import FileReport, Severity
from clusterform.parsers.container.own_marks import OWN_MARKS, copy_mark
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.answers import clean
from support.dress import DRESSES, dressed, strict
from support.encodings import ENCODINGS
from support.forms import write
from support.ink import Ink
from support.metamorphic import rewritten
from support.ooxml import NAMESPACES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BROKEN = sorted(EXAMPLES.glob("*-broken-*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAY_CHANGE = {
    *("[Content_Types].xml", "_rels/.rels", "docProps/custom.xml"),
    *("word/document.xml", "word/_rels/document.xml.rels"),
    *(f"word/{name}.xml" for name in ("comments", "commentsExtended", "commentsIds", "people")),
}
CHECKER = Checker(Settings())
PLAIN = FixOptions()


def examined(path: Path) -> tuple[FileReport, FilledForm]:
    return CHECKER.examine(path)


def annotated_copy(path: Path) -> bytes:
    file, _ = examined(path)
    return annotated(path, CHECKER.report((file,), {file.edition}), file)[1]


def found(file: FileReport) -> Counter[tuple[object, ...]]:
    told = (f for f in file.findings if f.variant != OWN_MARKS)
    return Counter((f.rule, f.severity, f.field, f.column, f.value, f.message) for f in told)


def places(file: FileReport) -> Counter[tuple[object, ...]]:
    """The same without words: how many insertions there are may change where one is parted."""
    return Counter(
        (f.rule, f.severity, f.field, f.column, f.label) for f in file.findings if f.variant != OWN_MARKS
    )


def own_marks(file: FileReport) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in file.findings if f.variant == OWN_MARKS]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def require_same_elsewhere(before: bytes, after: bytes) -> None:
    old, new = parts(before), parts(after)
    changed = {name for name in old if new.get(name) != old[name]}
    assert changed <= MAY_CHANGE
    assert list(new)[: len(old)] == list(old)


def require_annotated(path: Path, folder: Path) -> None:
    """The copy holds a comment for each finding and one more, and is read and judged as the file is."""
    before, (file, form) = path.read_bytes(), examined(path)
    copy = folder / f"copy{path.suffix}"
    copy.write_bytes(annotated_copy(path))
    again, read = examined(copy)
    assert read.answers == form.answers
    assert found(again) == found(file)
    assert own_marks(again) == [("CF014", Severity.INFO)]
    require_same_elsewhere(before, copy.read_bytes())
    assert path.read_bytes() == before
    root = etree.fromstring(parts(copy.read_bytes())["word/document.xml"])
    starts, ends, numbers = (
        sorted(e.get(f"{e.tag.partition('}')[0]}}}id") or "" for e in root.iter(f"{{*}}{tag}"))
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    )
    assert starts == ends == numbers
    assert annotated_copy(copy) == copy.read_bytes()


def marked(data: bytes) -> dict[str, str]:
    """What each of our comments hangs on, by its first line."""
    held = parts(data)
    comments = {
        e.get(f"{W}id"): "".join(t.text or "" for t in e[0].iter(f"{W}t"))
        for e in etree.fromstring(held["word/comments.xml"])
        if e.get(f"{W}author") == "clusterform"
    }
    texts: dict[str, str] = {}
    open_ranges: set[str] = set()
    for element in etree.fromstring(held["word/document.xml"]).iter():
        number = element.get(f"{W}id") or ""
        if element.tag == f"{W}commentRangeStart":
            open_ranges.add(number)
        elif element.tag == f"{W}commentRangeEnd":
            open_ranges.discard(number)
        elif element.tag == f"{W}t":
            for key in open_ranges & comments.keys():
                texts[comments[key]] = texts.get(comments[key], "") + (element.text or "")
    return texts


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_examples_are_annotated(path: Path, tmp_path: Path) -> None:
    require_annotated(path, tmp_path)
    held = docx.Document(str(tmp_path / "copy.docx"))
    file, _ = examined(path)
    assert sum(c.author == "clusterform" for c in held.comments) == len(file.findings) + 1


def test_a_comment_hangs_on_the_very_words() -> None:
    texts = marked(annotated_copy(EXAMPLES / "application-broken-figures.docx"))
    assert texts["【必须修改】集群总产值（亿元） 2023 年"] == "77.2"
    assert texts["【必须修改】集群占地面积（平方公里）"] == "约18.60"
    assert texts["clusterform 0.1.0 的检查结果"] == "中小企业特色产业集群申报表"


def test_the_comment_says_what_the_report_says() -> None:
    data = annotated_copy(EXAMPLES / "application-broken-figures.docx")
    comments = etree.fromstring(parts(data)["word/comments.xml"])
    [own] = (c for c in comments if "集群总产值" in "".join(t.text or "" for t in c[0].iter(f"{W}t")))
    assert ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in own.iter(f"{W}p")] == [
        "【必须修改】集群总产值（亿元） 2023 年",
        "表中填写：77.2",
        "应当填写：77.20",
        "“集群总产值（亿元） 2023 年”填写为 77.2，小数只有 1 位。请写成两位小数：77.20。",
        "依据：填报说明第 2 条 数据有小数时，保留小数点后 2 位（CF103）",
    ]


@pytest.mark.parametrize("dress", DRESSES)
def test_whatever_stands_round_the_text(dress: str, tmp_path: Path) -> None:
    answers = clean("application")
    path = tmp_path / "form.docx"
    data = write("application", answers, changes={"set": {"leading_industry.total_output@2023": "77.2"}})
    path.write_bytes(rewritten(data, lambda xml: dressed(xml, dress)))
    require_annotated(path, tmp_path)


def test_the_strict_dress(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(rewritten(write("review", clean("review")), strict, every_part=True))
    require_annotated(path, tmp_path)


@pytest.mark.parametrize("name", ENCODINGS)
def test_whatever_a_box_is_made_of(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(write("review", clean("review"), ink=Ink(encodings=(ENCODINGS[name],))))
    require_annotated(path, tmp_path)


def test_comments_of_people_stay(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    held = docx.Document(str(EXAMPLES / "application-broken-figures.docx"))
    held.add_comment(held.paragraphs[1].runs[0], text="请核对", author="县局")
    held.save(str(path))
    first = annotated_copy(path)
    comments = etree.fromstring(parts(first)["word/comments.xml"])
    assert next(c.get(f"{W}author") for c in comments) == "县局"
    copy = tmp_path / "copy.docx"
    copy.write_bytes(first)
    assert annotated_copy(copy) == first
    rules = [(f.rule, f.severity.value) for f in examined(copy)[0].findings if f.rule == "CF014"]
    assert rules == [("CF014", "warning"), ("CF014", "info")]


def test_a_reply_to_a_comment_that_goes_stays(tmp_path: Path) -> None:
    path = EXAMPLES / "application-broken-figures.docx"
    held = parts(annotated_copy(path))
    comments, beside = held["word/comments.xml"].decode(), held["word/commentsExtended.xml"].decode()
    parent = beside.rsplit('paraId="', 1)[1][:8]
    reply = (
        '<w:comment w:id="900" w:author="县局"><w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'w14:paraId="00ABCDEF"><w:r><w:t>已改</w:t></w:r></w:p></w:comment></w:comments>'
    )
    held["word/comments.xml"] = comments.replace("</w:comments>", reply).encode()
    entry = (
        f'<w15:commentEx w15:paraId="00ABCDEF" w15:paraIdParent="{parent}" w15:done="0"/></w15:commentsEx>'
    )
    held["word/commentsExtended.xml"] = beside.replace("</w15:commentsEx>", entry).encode()
    answered = tmp_path / "answered.docx"
    with zipfile.ZipFile(answered, "w") as package:
        for name, data in held.items():
            package.writestr(name, data)
    again = parts(annotated_copy(answered))
    assert "已改" in again["word/comments.xml"].decode()
    assert b"paraIdParent" not in again["word/commentsExtended.xml"]
    assert b"00ABCDEF" in again["word/commentsExtended.xml"]


def test_a_signed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signed.docx"
    held = parts((EXAMPLES / "application-broken-figures.docx").read_bytes())
    with zipfile.ZipFile(path, "w") as package:
        for name, data in {**held, "_xmlsignatures/sig1.xml": b"<a/>"}.items():
            package.writestr(name, data)
    with pytest.raises(UsageError, match="signed"):
        annotated_copy(path)


def test_the_copy_says_what_it_is(tmp_path: Path) -> None:
    copy = clusterform.annotate(EXAMPLES / "application-broken-figures.docx", tmp_path / "copy.docx")
    assert copy_mark(open_package(copy)) == "annotated"
    with pytest.raises(UsageError, match="xlsx"):
        clusterform.annotate(EXAMPLES / "application-broken-figures.docx", tmp_path / "copy.xlsx")


def require_fixed(path: Path, folder: Path, how: FixOptions = PLAIN) -> Fixed:
    """What was mended is read as intended and found no more; all else is as it was; a second run finds nothing to do."""
    before, (file, form) = path.read_bytes(), examined(path)
    made = fixed(CHECKER, path, how)
    copy = folder / f"fixed{path.suffix}"
    copy.write_bytes(made.data)
    again, read = examined(copy)
    mended = {repair.address: repair.after for repair in made.made}
    assert {address: read.answer(*address).text for address in mended} == mended
    assert {k: a for k, a in read.answers.items() if k not in mended} == {
        k: a for k, a in form.answers.items() if k not in mended
    }
    assert not places(again) - places(file)
    gone = {(r.finding.rule, r.finding.field, r.finding.column) for r in made.made}
    assert not gone & {(f.rule, f.field, f.column) for f in again.findings}
    assert own_marks(again) == ([("CF014", Severity.INFO)] if made.made and not how.accepted else [])
    require_same_elsewhere(before, made.data)
    assert fixed(CHECKER, copy, how).made == ()
    assert path.read_bytes() == before
    return made


@pytest.mark.parametrize("accepted", [False, True], ids=["tracked", "plain"])
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_examples_are_fixed(path: Path, accepted: bool, tmp_path: Path) -> None:
    require_fixed(path, tmp_path, FixOptions(accepted=accepted))


WRONG = {
    "leading_industry.total_output@2023": "236.8",
    "leading_industry.fdi@2023": "２０３５.00",
    "leading_industry.exports@2023": "67,850.00",
    "basic_info.area": "18.60平方公里",
}


@pytest.mark.parametrize("accepted", [False, True], ids=["tracked", "plain"])
@pytest.mark.parametrize("dress", ["", *DRESSES])
def test_mistakes_of_writing_in_every_dress(dress: str, accepted: bool, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    data = write("application", clean("application"), changes={"set": dict(WRONG)})
    path.write_bytes(rewritten(data, lambda xml: dressed(xml, dress)) if dress else data)
    made = require_fixed(path, tmp_path, FixOptions(accepted=accepted))
    if not dress:
        assert [r.after for r in made.made] == ["18.60", "2035.00", "67850.00"]


def test_a_tracked_repair_keeps_both_words() -> None:
    made = fixed(CHECKER, EXAMPLES / "application-broken-figures.docx", FixOptions())
    root = etree.fromstring(parts(made.data)["word/document.xml"])
    assert ["".join(t.text or "" for t in e.iter(f"{W}delText")) for e in root.iter(f"{W}del")] == ["77.2"]
    assert ["".join(t.text or "" for t in e.iter(f"{W}t")) for e in root.iter(f"{W}ins")] == ["77.20"]
    assert {e.get(f"{W}author") for e in root.iter(f"{W}ins", f"{W}del")} == {"clusterform"}


def test_what_would_show_another_mistake_is_left() -> None:
    """无 for a stand-in whose growth rate stands: either may be the mistake."""
    made = fixed(CHECKER, EXAMPLES / "application-broken-figures.docx", FixOptions())
    assert [(repair.before, repair.after) for repair in made.left] == [("/", "无")]


def test_codes_choose_the_repairs() -> None:
    path = EXAMPLES / "application-broken-figures.docx"
    assert fixed(CHECKER, path, FixOptions(codes=("CF105",))).made == ()


def test_nothing_is_rounded_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(
        write("application", clean("application"), changes={"set": {"basic_info.area": "18.604"}})
    )
    assert fixed(CHECKER, path, FixOptions()).made == ()
    made = require_fixed(path, tmp_path, FixOptions(rounding=True))
    assert [(repair.before, repair.after) for repair in made.made] == [("18.604", "18.60")]


def test_namespaces_without_a_prefix_of_their_own(tmp_path: Path) -> None:
    """Another prefix than w: for Word's own names."""
    path = tmp_path / "form.docx"
    data = write("application", clean("application"), changes={"set": {"basic_info.area": "18.6"}})
    assert "xmlns:w=" in NAMESPACES

    def renamed(xml: str) -> str:
        return (
            xml.replace("<w:", "<x:")
            .replace("</w:", "</x:")
            .replace(" w:", " x:")
            .replace("xmlns:w=", "xmlns:x=")
        )

    path.write_bytes(rewritten(data, renamed))
    require_annotated(path, tmp_path)
    require_fixed(path, tmp_path)
