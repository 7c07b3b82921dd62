"""Odd documents: texts and exports in every format, cut, encrypted, hostile, empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from . import made_files as made
from .exports import EXPORT_LAYOUTS, document_of
from .inputs import OddInput, written

KIND = "documents"
_WRITERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": made.docx,
    "odt": made.odt,
    "rtf": made.rtf,
    "html": made.html,
    "pdf": lambda lines: made.pdf([lines]),
}
_LINES = (
    "{\\rtf1 \\par }",
    "<w:p>& &amp; ]]> <!-- --> <script>",
    "\\'e9 \\u8220? \\bin99999999 \\pict ffd8ffe0",
    "BT (ET) Tj endstream endobj %%EOF",
    "café, naïve, Łódź, 北京 and 🙂",
    "Date: 99/99/9999",
)


def odd_documents(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """Documents of one article, exports in documents, and documents that are none."""
    for ending, write in _WRITERS.items():
        yield _one(f"{ending}, whole", ending, write(texts), 1, scored=True)
        for line in _LINES:
            yield _one(f"{ending}, with: {line[:30]!a}", ending, write([texts[0], line, texts[1]]), 1)
        yield _one(f"{ending}, ten thousand paragraphs", ending, write([*texts] * 200), 1)
        yield _one(f"{ending}, without a word", ending, write(["", " "]), 0)
        whole = write(list(texts) * 5)
        for share in (0.15, 0.5, 0.85, 0.99):
            end = int(len(whole) * share)
            yield _one(f"{ending}, cut at {share:.0%}", ending, whole[:end], None)
        for _ in range(2):
            spoilt = bytearray(whole)
            for _ in range(20):
                spoilt[random.randrange(len(spoilt))] = random.randrange(256)
            yield replace(_one(f"{ending}, with bytes changed", ending, bytes(spoilt), None), records=None)
        yield _one(f"{ending}, named as a table", "csv", write(texts), 1)
    yield from _exports(texts)
    yield from _hostile_xml(texts)
    yield from _hostile_pdf(texts)
    yield from _hostile_rtf(texts)
    yield from _hostile_pages(texts)


def _one(what: str, ending: str, data: bytes, articles: int | None, *, scored: bool = False) -> OddInput:
    return OddInput(
        kind=KIND,
        what=what,
        name=f"odd.{ending}",
        write=written(data),
        records=1,
        articles=articles,
        scored=scored,
    )


def _exports(texts: Sequence[str]) -> Iterator[OddInput]:
    for layout in EXPORT_LAYOUTS:
        lines = document_of(layout, texts).split("\n")
        for ending in ("docx", "rtf", "html", "odt"):
            write = _WRITERS[ending]
            yield OddInput(
                kind="exports in documents",
                what=f"{layout} as {ending}",
                name=f"export.{ending}",
                write=written(write(lines)),
                records=len(texts),
                articles=len(texts),
            )
            cut = write(lines[: len(lines) * 7 // 8])
            yield OddInput(
                kind="exports in documents",
                what=f"{layout} as {ending}, in the middle of an article its end",
                name=f"export.{ending}",
                write=written(cut),
            )


def _hostile_xml(texts: Sequence[str]) -> Iterator[OddInput]:
    paragraphs = made.docx_paragraphs(texts)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = {
        "an entity from a file": '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "an entity from the web": '<!DOCTYPE w [<!ENTITY x SYSTEM "http://halsmer.example/x">]>',
        "entities that grow": f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>',
        "a document type from the web": '<!DOCTYPE w PUBLIC "x" "http://halsmer.example/x.dtd">',
        "a parameter entity": '<!DOCTYPE w [<!ENTITY % x SYSTEM "http://halsmer.example/x"> %x;]>',
    }
    for what, before in declared.items():
        body = made.docx_body(made.docx_paragraphs(["&x;"]).replace("&amp;x;", "&l9;") + paragraphs, before=before)
        yield _one(f"docx, {what}", "docx", made.docx([], body=body), 0)
    bodies: dict[str, tuple[str, int | None]] = {
        "ten thousand elements deep": ("<w:r>" * 10_000 + "</w:r>" * 10_000, 0),
        "tables in tables": ("<w:tbl><w:tr><w:tc>" * 60 + paragraphs + "</w:tc></w:tr></w:tbl>" * 60, 1),
        "a row without a cell": (f"<w:tbl><w:tr>{paragraphs}</w:tr></w:tbl>", 1),
        "a paragraph without a run": (f"<w:p>{texts[0]}</w:p>{paragraphs}", 1),
        "many empty paragraphs": ("<w:p/>" * 50_000 + paragraphs, 1),
        "elements without end": ("<w:p/>" * 1_500_000, 0),
        "one word a million times": (made.docx_paragraphs(["wall " * 1_000] * 200), 0),
        "fields and deleted words": (
            "<w:p><w:r><w:instrText>REF x</w:instrText></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
            + paragraphs,
            1,
        ),
    }
    for what, (xml, articles) in bodies.items():
        yield _one(f"docx, {what}", "docx", made.docx([], body=made.docx_body(xml)), articles)
    yield _one("docx, with macros", "docm", made.docx(texts, more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), 1)
    yield _one("docx, a part of zeros", "docx", made.docx([], body=" " * 50_000_000), 0)
    yield _one("docx, body as UTF-16", "docx", made.docx([], body=_utf16(made.docx_body(paragraphs))), None)
    locked = {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
    yield _one("odt, encrypted", "odt", made.odt(texts, more=locked), 0)
    yield _one("docx, encrypted", "docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), 0)


def _utf16(xml: str) -> str:
    return xml.replace("UTF-8", "UTF-16")


def _hostile_pdf(texts: Sequence[str]) -> Iterator[OddInput]:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    plain = made.pdf([texts])
    for password, n_articles in (("secret", 0), ("", 1)):
        locked, buffer = PdfWriter(PdfReader(BytesIO(plain))), BytesIO()
        locked.encrypt(password, owner_password="other", algorithm="RC4-128")
        locked.write(buffer)
        yield _one(f"pdf, encrypted with {password!r}", "pdf", buffer.getvalue(), n_articles)
    loop = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    pages: dict[str, tuple[bytes, int | None]] = {
        "without text": (made.pdf([[], []]), 0),
        "a page that is drawn without end": (made.pdf([], contents=[b"q Q\n" * 5_000_000]), 0),
        "a page of nonsense": (made.pdf([], contents=[b"BT (((( Tj ] ] >> ET" * 100]), None),
        "pages that hold themselves": (plain.replace(b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>", loop), None),
        "no page at all": (made.pdf([]), 0),
        "a table of contents that leads astray": (plain.replace(b"startxref\n", b"startxref\n9"), None),
        "no end": (plain.rpartition(b"startxref")[0], None),
        "a root that is missing": (plain.replace(b"/Root 1 0 R", b"/Root 99 0 R"), None),
        "two thousand pages": (made.pdf([[]] * 2_000), 0),
        "scripts": (
            plain.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app) >>"),
            None,
        ),
        "only its first line": (b"%PDF-1.7\n", 0),
    }
    for what, (data, articles) in pages.items():
        yield _one(f"pdf, {what}", "pdf", data, articles)


def _hostile_rtf(texts: Sequence[str]) -> Iterator[OddInput]:
    body = made.rtf(texts)
    picture = b"{\\pict\\pngblip " + b"ffd8ffe0" * 200_000 + b"}"
    data: dict[str, tuple[bytes, int | None]] = {
        "a picture": (body[:-1] + picture + b"}", 1),
        "groups in groups": (b"{\\rtf1 " + b"{" * 50_000 + texts[0].encode() + b"}" * 50_001, None),
        "groups without an end": (b"{\\rtf1 " + b"{" * 50_000 + b" The wall was built.", None),
        "braces that close nothing": (body + b"}" * 10_000, 1),
        "a length that is a lie": (body[:-1] + b"\\bin999999999 x}", None),
        "an object": (body[:-1] + b"{\\object\\objdata 0105000002000000}}", 1),
        "an unknown code page": (body.replace(b"1252", b"99999"), None),
        "numbers beyond reason": (body[:-1] + b"\\u99999999999?\\u-99999999? \\'zz}", None),
        "only its first word": (b"{\\rtf1", 0),
    }
    for what, (content, articles) in data.items():
        yield _one(f"rtf, {what}", "rtf", content, articles)


def _hostile_pages(texts: Sequence[str]) -> Iterator[OddInput]:
    article = "".join(f"<p>{text}</p>" for text in texts).encode()
    data: dict[str, tuple[bytes, int | None]] = {
        "no article": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", 0),
        "a script without an end": (b"<html><body>" + article * 2 + b"<script>" * 20_000, None),
        "elements in elements": (b"<html><body>" + b"<div>" * 100_000 + article, None),
        "bold in bold": (b"<html><body>" + b"<b>" * 100_000 + article, None),
        "a table of tables": (b"<html><body>" + b"<table><tr><td>" * 5_000 + article, None),
        "attributes without end": (b"<html><body " + b"a='b' " * 100_000 + b">" + article, None),
        "an entity": (b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body>&x;" + article, None),
        "megabytes of script": (
            b"<html><head><script>"
            + b"var x = '<p>';" * 300_000
            + b"</script></head><body>"
            + article
            + b"</body></html>",
            1,
        ),
        "megabytes of paragraphs": (b"<html><body>" + b"<p>The wall.</p>" * 150_000 + b"</body></html>", 0),
        "a wrong charset": (b"<html><meta charset='utf-99'><body>" + article + "café".encode("latin-1"), 1),
        "a codec that is none of texts": (b"<html><meta charset='hex'><body>" + article + b"\xff", None),
        "metadata that is broken": (
            b"<html><script type='application/ld+json'>{\"datePublished\": [[[</script><body>" + article,
            1,
        ),
        "only its first word": (b"<html>", 0),
        "nothing but comments": (b"<!---->" * 10_000 + b"<html>", None),
    }
    for what, (content, articles) in data.items():
        yield _one(f"html, {what}", "html", content, articles)
