"""A Word file into paragraphs and grids: what python-docx and a naive dump lose or read twice is read once."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from tests.support import ooxml as x

from clusterform.errors import UnreadableError
from clusterform.messages import in_language
from clusterform.parsers.container.package import open_package
from clusterform.parsers.docx import read as docx_read
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.raw import Cell, Paragraph, RawDocument, Table

SAMPLES = sorted((Path(__file__).parent / "data" / "samples").glob("*.docx"))


def read(body: str, more: dict[str, str | bytes] | None = None) -> RawDocument:
    return read_docx(open_package(x.docx(body, more)))


def texts(document: RawDocument) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def one_table(*rows: str) -> Table:
    table = read(x.tbl(*rows)).blocks[0]
    assert isinstance(table, Table)
    return table


def grid(table: Table) -> list[list[tuple[str, int, int, int, int]]]:
    """Each row's cells as (text, row, column, row span, column span)."""
    return [[(c.text, c.row, c.column, c.row_span, c.column_span) for c in row] for row in table.rows]


def observed(document: RawDocument) -> dict[str, dict[str, str]]:
    return {o.what: dict(o.facts) for o in document.observations}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_plain_cells_and_paragraphs_read_as_run_by_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_docx(open_package(path))
    monkeypatch.setattr(docx_read, "plain_texts", lambda *_, **__: ({}, {}))
    assert read_docx(open_package(path)) == document


def test_what_no_reader_knows_holds_no_line_of_its_cell() -> None:
    unknown = f"<w:unknown>{x.p('别处')}</w:unknown>"
    document = read(unknown + x.tbl(x.tr(x.tc(x.p("一"), unknown, x.p("二")), x.tc("三"))))
    assert not texts(document)
    assert [c.text for t in document.blocks if isinstance(t, Table) for c in t.rows[0]] == ["一\n二", "三"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_against_a_naive_dump(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode()
    document = read_docx(open_package(path))
    words = re.sub(r"\s", "", "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)))
    words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    tables = [b for b in document.blocks if isinstance(b, Table)]
    cells = [c for t in tables for row in t.rows for c in row]
    read_words = "".join(
        b.text if isinstance(b, Paragraph) else "".join(c.text for row in b.rows for c in row)
        for b in document.blocks
    )
    assert sorted(re.sub(r"\s", "", read_words)) == sorted(words)
    assert len(tables) == xml.count("<w:tbl>")
    assert sum(len(t.rows) for t in tables) == len(re.findall(r"<w:tr[ >]", xml))
    covered = len(re.findall(r"<w:vMerge(?: w:val=\"continue\")?/>", xml))
    assert len(cells) + covered == len(re.findall(r"<w:tc>", xml))
    for table in tables:
        widths = {sum(c.column_span for c in (*row, *table.above(at))) for at, row in enumerate(table.rows)}
        assert len(widths) == 1, "every row fills the grid"
    assert (document.observations, document.images) == ((), 0)


@pytest.mark.parametrize("wrapper", list(x.WRAPPERS))
def test_transparent_containers(wrapper: str) -> None:
    document = read(x.p("前", x.WRAPPERS[wrapper].format(x.run("中")), "后"))
    assert texts(document) == ["前中后"]


@pytest.mark.parametrize("gone", ["del", "moveFrom"])
def test_deleted_text_is_gone(gone: str) -> None:
    document = read(
        x.p(
            "前",
            f'<w:{gone} w:id="1">{x.run("删")}</w:{gone}>',
            '<w:ins w:id="2">' + x.run("插") + "</w:ins>",
        )
    )
    assert texts(document) == ["前插"]
    assert observed(document) == {"tracked-change": {"insertions": "1", "deletions": "1"}}


def test_deleted_paragraph_mark_joins_the_next() -> None:
    joined = x.p("上半", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + x.p("下半") + x.p("另起")
    assert texts(read(joined)) == ["上半下半", "另起"]
    assert one_table(x.tr(x.tc(joined))).rows[0][0].text == "上半下半\n另起"


def test_small_characters() -> None:
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t></w:r>"
    assert texts(read(x.p(run))) == ["a\tb\nc\nd-ef"]


def test_comments_and_sections_inside_text_are_no_text() -> None:
    body = x.p("<w:r><w:t>一<!-- 注 -->二</w:t></w:r>", '<w:bookmarkStart w:id="1" w:name="b"/>', "三")
    assert texts(read(body + "<w:sectPr/>")) == ["一二三"]


def test_fields_show_results_not_instructions() -> None:
    assert texts(read(x.p("第", x.field(" PAGE ", result=x.run("3")), "页"))) == ["第3页"]
    nested = x.field(" IF ", result=x.field(" MERGEFIELD a ", result=x.run("内")) + x.run("外"))
    assert texts(read(x.p(nested))) == ["内外"]
    assert texts(read(x.p(x.field(r" eq \o\ac(○,印) "), "章"))) == ["印章"]


def test_a_field_never_closed_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    assert texts(read(x.p("前", begin) + x.p("后", "<w:r><w:br/></w:r>"))) == ["前", "后\n"]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{x.p('框中')}{x.p('第二行')}</w:txbxContent>"
    new, old = (
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>",
        f"<w:pict><v:textbox>{box}</v:textbox></w:pict>",
    )
    run = f"<w:r>{x.CHOICE.format(new, old)}</w:r>"
    document = read(x.p("锚", run, "点") + x.p("后"))
    assert texts(document) == ["锚点", "框中", "第二行", "后"]
    assert document.images == 0
    assert one_table(x.tr(x.tc(x.p("格", run)))).rows[0][0].text == "格\n框中\n第二行"


def test_pictures_are_counted_where_they_stand() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    document = read(x.p("章", picture) + x.tbl(x.tr(x.tc(x.p(picture, picture)), "无图")))
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert ([c.images for c in table.rows[0]], document.images) == ([2, 0], 3)


def test_hidden_text_is_said_and_not_read() -> None:
    vanish = x.run("看不见", "<w:vanish/>")
    document = read(x.p("看得见", vanish) + x.tbl(x.tr("a", x.tc(x.p("b", vanish)))))
    assert texts(document) == ["看得见"]
    hidden = [o for o in document.observations if o.what == "hidden-text"]
    assert [(o.facts["text"], o.location.cell) for o in hidden] == [("看不见", 2), ("看不见", None)]
    assert texts(read(x.p(x.run("可见", '<w:vanish w:val="0"/>')))) == ["可见"]


STYLES = (
    f"<w:styles {x.NAMESPACES}>"
    '<w:style w:styleId="Base"><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr></w:style>'
    '<w:style w:styleId="Box"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


def test_styles_bring_symbol_fonts_and_hide_text() -> None:
    more: dict[str, str | bytes] = {
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": x.relationships(("rId1", "styles", "styles.xml")),
    }
    body = (
        x.p(x.run("R", '<w:rStyle w:val="Box"/>'), "是")
        + x.p("£", properties='<w:pStyle w:val="Box"/>')
        + x.p(x.run("藏", '<w:rStyle w:val="Gone"/>'), "露")
        + x.p(x.run("R", '<w:rFonts w:eastAsia="Wingdings 2"/>'))
    )
    assert texts(read(body, more)) == ["☑是", "□", "露", "R"]


def test_bullets_that_are_boxes() -> None:
    level = '<w:lvl w:ilvl="0"><w:lvlText w:val="{}"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'
    numbering = (
        f"<w:numbering {x.NAMESPACES}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{key}">{level.format(text)}</w:abstractNum>'
            for key, text in enumerate(("\uf0fe", "\uf0a8", "\uf06c"))
        )
        + "".join(f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>' for key in range(3))
        + "</w:numbering>"
    )
    more: dict[str, str | bytes] = {
        "word/numbering.xml": numbering,
        "word/_rels/document.xml.rels": x.relationships(("rId1", "numbering", "numbering.xml")),
    }
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    body = "".join(x.p("项", properties=item.format(key)) for key in (1, 2, 3))
    assert texts(read(body, more)) == ["☑项", "□项", "项"]


def test_content_controls_at_every_level() -> None:
    assert texts(read(x.sdt(x.p("一") + x.p("二")))) == ["一", "二"]
    rows = one_table(x.sdt(x.tr("甲", x.sdt(x.tc("乙")), "丙")), x.tr("丁", "戊", x.tc(x.sdt(x.p("己")))))
    assert [[c.text for c in row] for row in rows.rows] == [["甲", "乙", "丙"], ["丁", "戊", "己"]]
    assert [c.location.cell for c in rows.rows[0]] == [1, 2, 3]
    boxed = one_table(x.tr(x.sdt(x.tc("☒"), x.w14("1")), x.tc(x.sdt(x.p("☐"), x.w14("0")))))
    assert [(c.text, c.marks[0].ticked, c.marks[0].origin) for c in boxed.rows[0]] == [
        ("☑", True, "w14:checkbox"),
        ("□", False, "w14:checkbox"),
    ]


def test_a_prompt_is_no_answer() -> None:
    prompt = "<w:showingPlcHdr/>"
    assert texts(read(x.p("名称：", x.sdt(x.run("单击或点击此处输入文字。"), prompt)))) == ["名称："]
    assert texts(read(x.sdt(x.p("单击此处输入文字。"), prompt))) == [""]
    assert texts(read(x.p(x.sdt(x.run("[请填写集群名称]"), prompt)))) == [""]
    assert texts(read(x.p(x.sdt(x.run("东海县"), prompt)))) == ["东海县"]
    assert texts(read(x.p(x.sdt(x.run("县内企业生产输入设备"), prompt)))) == ["县内企业生产输入设备"]


SPAN = '<w:gridSpan w:val="{}"/>'
START, GOES_ON, BARE = '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>', "<w:vMerge/>"


def test_merges() -> None:
    table = one_table(
        x.tr(x.tc("甲", properties=START), x.tc("乙", properties=SPAN.format(2))),
        x.tr(x.tc("", properties=BARE), "丙", "丁"),
        x.tr(
            x.tc("", properties=GOES_ON),
            x.tc("戊", properties='<w:hMerge w:val="restart"/>'),
            x.tc("", properties="<w:hMerge/>"),
        ),
        x.tr(x.tc("己", properties=START), "庚", "辛"),
    )
    assert grid(table) == [
        [("甲", 0, 0, 3, 1), ("乙", 0, 1, 1, 2)],
        [("丙", 1, 1, 1, 1), ("丁", 1, 2, 1, 1)],
        [("戊", 2, 1, 1, 2)],
        [("己", 3, 0, 1, 1), ("庚", 3, 1, 1, 1), ("辛", 3, 2, 1, 1)],
    ]
    assert [(c.location.row, c.location.cell) for c in table.rows[1]] == [(2, 2), (2, 3)]
    assert [c.text for c in table.above(2)] == ["甲"]


def test_text_under_a_merge_is_hidden() -> None:
    document = read(
        x.tbl(x.tr(x.tc("甲", properties=START), "乙"), x.tr(x.tc("丢失", properties=BARE), "丙"))
    )
    (found,) = document.observations
    assert (found.what, found.facts["text"]) == ("hidden-text", "丢失")
    assert (found.location.table, found.location.row, found.location.cell) == (1, 2, 1)


def test_odd_grids_are_tolerated() -> None:
    orphan = one_table(x.tr(x.tc("孤", properties=BARE), "乙"))
    assert grid(orphan) == [[("孤", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)]]
    shifted = one_table(
        x.tr("甲", "乙", "丙"),
        x.tr("丁", "戊", properties='<w:gridBefore w:val="1"/>'),
        x.tr("己", properties='<w:gridAfter w:val="2"/>'),
    )
    assert [[c.column for c in row] for row in shifted.rows] == [[0, 1, 2], [1, 2], [0]]
    cut = one_table(
        x.tr(x.tc("甲", properties=START + SPAN.format(2)), "乙"),
        x.tr("丙", x.tc("", properties=BARE), "丁"),
    )
    assert [c.text for c in cut.rows[1]] == ["丙", "丁"]
    assert one_table(x.tr("甲", "乙"), x.tr("<w:tc/>")).rows[1][0].text == ""
    assert one_table(x.tr(f"<w:tc>{x.p('一')}{x.p('二')}</w:tc>")).rows[0][0].text == "一\n二"


def test_deleted_rows_are_dropped() -> None:
    table = one_table(
        x.tr("留"), x.tr("删", properties='<w:del w:id="1"/>'), x.tr("末", properties='<w:ins w:id="2"/>')
    )
    assert [(row[0].text, row[0].location.row) for row in table.rows] == [("留", 1), ("末", 2)]


def test_deleted_cells_and_hidden_rows_are_not_read() -> None:
    deleted = one_table(x.tr("甲", x.tc("删", properties='<w:cellDel w:id="1"/>'), "乙"))
    assert [(c.text, c.column) for c in deleted.rows[0]] == [("甲", 0), ("乙", 1)]
    document = read(x.tbl(x.tr("甲", "乙"), x.tr("藏", "匿", properties="<w:hidden/>"), x.tr("丙", "丁")))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows] == [["甲", "乙"], ["丙", "丁"]]
    assert [o.facts["text"] for o in document.observations] == ["藏", "匿"]
    assert len(one_table(x.tr("甲", properties='<w:hidden w:val="0"/>')).rows) == 1


def test_text_under_a_merge_of_the_old_kind_is_hidden() -> None:
    start, goes_on = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    document = read(x.tbl(x.tr(x.tc("甲", properties=start), x.tc("丢失", properties=goes_on))))
    assert [o.facts["text"] for o in document.observations] == ["丢失"]


def test_a_control_round_a_whole_row_is_one_box() -> None:
    (row,) = one_table(x.sdt(x.tr("开展", "☒", "备注"), x.w14("1"))).rows
    assert [(c.text, len(c.marks)) for c in row] == [("开展", 0), ("☑", 1), ("备注", 0)]


def test_characters_that_show_nothing_are_dropped() -> None:
    assert texts(read(x.p("12\u00ad.50") + x.p("东\u200b海", "<w:r><w:softHyphen/></w:r>", "\ufeff县"))) == [
        "12.50",
        "东海县",
    ]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"eq \o\ac(□,√)", "☑"),
        (r"EQ \O\AC（□，√）", "☑"),
        (r"eq \o(□;×)", "☑"),
        (r"eq \o\ac(□,\s\do2(√))", "☑"),
        (r"eq \o\ac(□,\s\do2( ))", "□"),
        (r"eq \x(√)", "☑"),
        (r"eq \x( )", "□"),
        (r"eq \o\ac(○,是)", "是"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(pīn),拼)', "拼"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(√),□)', "☑"),
        (r"eq \f(E,V)", "E/V"),
        ("eq", ""),
    ],
)
def test_what_fields_draw(code: str, shown: str) -> None:
    for field in (x.field(code), x.field(code, result=x.run("□")), f"<w:fldSimple w:instr='{code}'/>"):
        assert texts(read(x.p("前", field, "后"))) == [f"前{shown}后"]


def test_a_typed_text_field_with_an_empty_box_is_in_doubt() -> None:
    lone, filled = (x.field(' FILLIN "" ', result=x.run(text)) for text in ("□", "□是 ☑否"))
    assert texts(read(x.p(lone, "是"))) == ["▨是"]
    assert texts(read(x.p(filled))) == ["□是 ☑否"]


def test_a_root_over_nothing_is_a_tick() -> None:
    empty, square = (
        f"<m:oMath><m:rad><m:deg/><m:e>{e}</m:e></m:rad></m:oMath>" for e in ("", "<m:r><m:t>x</m:t></m:r>")
    )
    assert texts(read(x.p("□", empty, "是") + x.p(square))) == ["□√是", "x"]


def test_nested_tables_are_numbered_where_they_stand() -> None:
    inner = x.tbl(x.tr("里", x.tc(x.p("格"), x.tbl(x.tr("最里")), x.p(""))))
    document = read(x.tbl(x.tr(x.tc(x.p("前"), inner, x.p("后")), "右")) + x.tbl(x.tr("末")))
    outer, last = document.blocks
    assert isinstance(outer, Table)
    assert isinstance(last, Table)
    cell = outer.rows[0][0]
    assert (cell.text, [t.number for t in cell.tables]) == ("前\n后", [2])
    inmost = cell.tables[0].rows[0][1].tables[0]
    assert (inmost.number, inmost.rows[0][0].text, last.number) == (3, "最里", 4)
    assert inmost.rows[0][0].location.table == 3


def test_deep_nesting_stops_safely() -> None:
    body = "里"
    for _ in range(60):
        body = x.tbl(x.tr(x.tc(body, x.p(""))))
    cell: Cell | None = None
    (block,) = read(body).blocks
    depth = 0
    tables = [block]
    while tables:
        assert isinstance(tables[0], Table)
        cell = tables[0].rows[0][0]
        tables, depth = list(cell.tables), depth + 1
    assert depth == 60
    for _ in range(60):
        body = x.tbl(x.tr(x.tc(body, x.p(""))))
    with pytest.raises(UnreadableError) as caught:
        read(body)
    assert caught.value.what == "over-limits"


def test_what_stands_beside_the_answers_is_observed() -> None:
    comment = '<w:r><w:commentReference w:id="{}"/></w:r>'
    dde = x.field(" DDEAUTO c:\\\\a.exe ", result=x.run("1"))
    body = (
        x.p("甲", comment.format(0), comment.format(1), comment.format(1))
        + '<w:altChunk r:id="rId7"/>'
        + x.p(dde)
    )
    more: dict[str, str | bytes] = {
        "word/vbaProject.bin": b"x",
        "word/embeddings/oleObject1.bin": b"x",
        "word/activeX/activeX1.xml": "<a/>",
        "word/_rels/document.xml.rels": x.relationships(
            ("rId1", "image", "http://example.com/a.png"), ("rId2", "hyperlink", "https://example.com")
        ),
        "word/_rels/settings.xml.rels": x.relationships(("rId1", "attachedTemplate", "file:///C:/a.dotm")),
    }
    document = read(body, more)
    found = observed(document)
    assert (found["comment"], found["alt-chunk"]) == ({"count": "2"}, {"count": "1"})
    active = [in_language(o.facts["what"], "en") for o in document.observations if o.what == "active-content"]
    assert len(active) == 6
    assert sum("outside" in words for words in active) == 2
    assert any("DDE" in words for words in active)


def test_an_embedded_controls_part_tells_what_it_is() -> None:
    control = x.p('<w:r><w:object><w:control r:id="rId5"/></w:object></w:r>', "是")
    links = {"word/_rels/document.xml.rels": x.relationships(("rId5", "control", "activeX/activeX1.xml"))}
    box = {**links, "word/activeX/activeX1.xml": '<a classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}"/>'}
    button = {**links, "word/activeX/activeX1.xml": '<a classid="{D7053240-CE69-11CD-A777-00DD01143C57}"/>'}
    assert (texts(read(control, {**box})), texts(read(control, {**button}))) == (["▨是"], ["是"])


def test_formulas_keep_their_letters() -> None:
    fraction = "<m:oMath><m:f><m:num><m:r><m:t>E</m:t></m:r></m:num><m:den><m:r><m:t>V</m:t></m:r></m:den></m:f></m:oMath>"
    assert texts(read(x.p("式：", fraction))) == ["式：EV"]


def test_no_body() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_docx(open_package(x.docx("", {"word/document.xml": f'<w:document xmlns:w="{x.W}"/>'})))
    assert caught.value.what == "cannot-open"
