"""Files of many formats from lines of text, as programs write them; whole, so that others can spoil them."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def zip_of(parts: Mapping[str, bytes | str], *, stored: Sequence[str] = ()) -> bytes:
    """A ZIP file of these parts, in this order; those in `stored` not compressed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# ---- documents ---------------------------------------------------------


def docx_body(paragraphs: str, *, before: str = "") -> str:
    """The XML of a Word document's text; `before` stands between the declaration and the first element."""
    return f'{_DECLARATION}{before}<w:document xmlns:w="{_W}"><w:body>{paragraphs}</w:body></w:document>'


def docx_paragraphs(lines: Sequence[str]) -> str:
    """Lines as paragraphs of a Word document."""
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)


def docx(lines: Sequence[str], *, body: str | None = None, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document of these lines, or with this body, and with more parts."""
    types = (
        f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="xml" ContentType="application/xml"/></Types>'
    )
    written = docx_body(docx_paragraphs(lines)) if body is None else body
    return zip_of({"[Content_Types].xml": types, "word/document.xml": written, **(more or {})})


def _odf(kind: str, body: str, more: Mapping[str, bytes | str]) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    content = (
        f"{_DECLARATION}<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zip_of({"mimetype": mimetype, "content.xml": content, **more}, stored=("mimetype",))


def odt(lines: Sequence[str], *, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument text of these lines."""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return _odf("text", f"<office:text>{paragraphs}</office:text>", more or {})


def ods(
    rows: Sequence[Sequence[str]], *, sheet: str | None = None, more: Mapping[str, bytes | str] | None = None
) -> bytes:
    """An OpenDocument workbook of these rows, or with this XML in its sheet."""
    written = ods_rows(rows) if sheet is None else sheet
    body = f'<office:spreadsheet><table:table table:name="News">{written}</table:table></office:spreadsheet>'
    return _odf("spreadsheet", body, more or {})


def ods_rows(rows: Sequence[Sequence[str]]) -> str:
    """Rows as XML of an OpenDocument sheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(
        f"<table:table-row>{''.join(cell.format(escape(value)) for value in row)}</table:table-row>" for row in rows
    )


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """An Excel workbook of these sheets."""
    from openpyxl import Workbook

    book, buffer = Workbook(write_only=True), BytesIO()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(buffer)
    return buffer.getvalue()


def rtf(lines: Sequence[str]) -> bytes:
    """A rich-text document of these lines."""
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}\\f0 " + "".join(map(_rtf_line, lines)) + "}").encode()


def _rtf_line(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    units = (sign if ord(sign) < 128 else "".join(f"\\u{unit}?" for unit in _utf16_units(sign)) for sign in escaped)
    return "".join(units) + "\\par\n"


def _utf16_units(sign: str) -> list[int]:
    data = sign.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "little", signed=True) for at in range(0, len(data), 2)]


def html(lines: Sequence[str], *, head: str = "<title>The wall</title>") -> bytes:
    """A web page with these lines as an article's paragraphs."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{paragraphs}</article></body></html>".encode()


def pdf(pages: Sequence[Sequence[str]], *, contents: Sequence[bytes] | None = None, trailer: str = "") -> bytes:
    """A PDF with these lines on its pages, or pages that are drawn by these instructions."""
    drawn = [_drawn(lines) for lines in pages] if contents is None else list(contents)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(drawn)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawn)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, instructions in enumerate(drawn):
        packed = zlib.compress(instructions)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {5 + 2 * number} 0 R >>".encode()
        )
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + packed + b"\nendstream")
    return _pdf_file(objects, trailer)


def _drawn(lines: Sequence[str]) -> bytes:
    def quoted(line: str) -> bytes:
        data = line.encode("cp1252", "replace").replace(b"\\", b"\\\\")
        return data.replace(b"(", b"\\(").replace(b")", b"\\)")

    shown = b"".join(b"(" + quoted(line) + b") Tj T*\n" for line in lines)
    return b"BT /F1 11 Tf 14 TL 40 760 Td\n" + shown + b"ET"


def _pdf_file(objects: Sequence[bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


# ---- web archives ------------------------------------------------------


def capture(
    number: int,
    body: bytes,
    *,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    coding: str = "",
    kind: str = "response",
    length: int | None = None,
) -> bytes:
    """One record of a web archive: what a server answered. `coding` is how it was sent: gzip, chunked or both."""
    headers = ""
    if "gzip" in coding:
        body, headers = gzip.compress(body, mtime=0), "Content-Encoding: gzip\r\n"
    if "chunked" in coding:
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        headers += "Transfer-Encoding: chunked\r\n"
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Target-URI: https://halsmer.example/{number}\r\nWARC-Date: 2031-01-06T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer) if length is None else length}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def warc_info() -> bytes:
    """The record with which web archives begin."""
    said = b"software: made for a test\r\n"
    head = "WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
    head += (
        f"WARC-Date: 2031-01-06T10:00:00Z\r\nContent-Type: application/warc-fields\r\nContent-Length: {len(said)}\r\n"
    )
    return head.encode() + b"\r\n" + said + b"\r\n\r\n"
