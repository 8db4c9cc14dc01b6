"""Form controls and pictures added to a workbook made by hand."""

from __future__ import annotations

from support.book_files import rewritten_book

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_controls(
    data: bytes, row: int, column: int, boxes: list[tuple[str, str, int, int]], link: str = ""
) -> bytes:
    """The first sheet with checkboxes over a cell: (state, caption, pixels right, pixels down) of each."""
    shapes, listed, links = "", "", ""
    parts: dict[str, str] = {}
    linked = f' fmlaLink="{link}"' if link else ""
    for number, (state, caption, right, down) in enumerate(boxes, 1025):
        anchor = f"{column}, {right}, {row}, {down}, {column}, {right + 50}, {row}, {down + 15}"
        cell = f"<x:FmlaLink>{link}</x:FmlaLink>" if link else ""
        shapes += (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t201"><v:textbox><div>{caption}</div></v:textbox>'
            f'<x:ClientData ObjectType="Checkbox"><x:Anchor>{anchor}</x:Anchor>{cell}</x:ClientData></v:shape>'
        )
        listed += f'<control shapeId="{number}" r:id="rId{number}" name="c{number}"/>'
        links += f'<Relationship Id="rId{number}" Type="{_OFFICE}/ctrlProp" Target="../ctrlProps/ctrlProp{number}.xml"/>'
        checked = f' checked="{state}"' if state else ""
        parts[f"xl/ctrlProps/ctrlProp{number}.xml"] = (
            f'<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox"{checked}{linked}/>'
        )
    links += f'<Relationship Id="rId1" Type="{_OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
    parts["xl/drawings/vmlDrawing1.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"{shapes}</xml>"
    )
    return _added(data, f'<legacyDrawing r:id="rId1"/><controls>{listed}</controls>', links, parts)


def with_picture(data: bytes, row: int, column: int) -> bytes:
    """The first sheet with a picture over a cell."""
    place = f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}"><xdr:oneCellAnchor><xdr:from>{place}</xdr:from><xdr:pic/>'
        "</xdr:oneCellAnchor></xdr:wsDr>"
    )
    links = f'<Relationship Id="rId1" Type="{_OFFICE}/drawing" Target="/xl/drawings/drawing1.xml"/>'
    return _added(data, '<drawing r:id="rId1"/>', links, {"xl/drawings/drawing1.xml": drawing})


def _added(data: bytes, behind: str, links: str, parts: dict[str, str]) -> bytes:
    rels = f'<Relationships xmlns="{_LINKS}">{links}</Relationships>'
    more = {"xl/worksheets/_rels/sheet1.xml.rels": rels, **parts}

    def change(name: str, part: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            return part.replace(b"</worksheet>", behind.encode() + b"</worksheet>")
        return part

    return rewritten_book(data, change, more)
