"""Names of SpreadsheetML elements (ISO/IEC 29500-1, 18), as lxml spells them."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
"""What the elements' namespace is in a Strict file; read it is as the other."""
_S = f"{{{MAIN}}}"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
R_ID = f"{{{LINKS}}}id"

SHEETS, SHEET, WORKBOOK_PR = (_S + n for n in ("sheets", "sheet", "workbookPr"))
SI, R, T, R_PR, R_FONT = (_S + n for n in ("si", "r", "t", "rPr", "rFont"))
STRIKE, VERT_ALIGN = _S + "strike", _S + "vertAlign"
BOLD, UNDERLINE, COLOR = _S + "b", _S + "u", _S + "color"
NUM_FMT, FONTS, FONT, FONT_NAME = (_S + n for n in ("numFmt", "fonts", "font", "name"))
BORDERS, BORDER, CELL_XFS, XF, PROTECTION = (
    _S + n for n in ("borders", "border", "cellXfs", "xf", "protection")
)
FILLS, FILL, PATTERN_FILL, FG_COLOR = (_S + n for n in ("fills", "fill", "patternFill", "fgColor"))
AUTHORS, AUTHOR, COMMENT_LIST, COMMENT, TEXT = (
    _S + n for n in ("authors", "author", "commentList", "comment", "text")
)
LEGACY_DRAWING, SHEET_DATA, SHEET_FORMAT = (_S + n for n in ("legacyDrawing", "sheetData", "sheetFormatPr"))
ROW, C, V, F, IS = (_S + n for n in ("row", "c", "v", "f", "is"))
COL, MERGE_CELL = (_S + n for n in ("col", "mergeCell"))
DEFINED_NAME = _S + "definedName"
