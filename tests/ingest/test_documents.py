"""Documents become articles: one each, or as many as the archive's export in them holds."""

import re
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from analytics.article import Article
from analytics.errors import InputError
from analytics.evaluation.robustness import made_files as made
from analytics.ingest import RejectedRecord, inspect_inputs, read_articles

GOLDEN = Path(__file__).parent / "golden"
WALL = "The council of Halsmer approved the new harbour wall on Monday, Ada Brandt said."
DOUBT = "Residents doubt it: “We cannot wait,” said Karl Olde, who lives below."
EXPORTS = ["lexis_old.txt", "nexis_uni.txt", "factiva_codes.txt", "factiva_plain.txt", "proquest.txt"]
MAKERS = {"docx": made.docx, "odt": made.odt, "rtf": made.rtf, "html": made.html}


def only(path: Path) -> Article:
    (article,) = read_articles(path)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("ending", MAKERS)
def test_a_document_is_one_article(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"wall.{ending}").write_bytes(MAKERS[ending]([WALL, DOUBT]))
    article = only(tmp_path)
    assert article.text == f"{WALL}\n\n{DOUBT}" and article.source_row == 1
    (report,) = inspect_inputs(tmp_path)
    assert (report.format, report.n_records) == (ending, 1)


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "pdf"])
def test_lines_above_the_text_say_what_it_is(ending: str, tmp_path: Path) -> None:
    lines = ["Title: Council backs wall", "Date: 3 March 2031", "Outlet: Halsmer Post", "", WALL]
    data = made.pdf([lines]) if ending == "pdf" else MAKERS[ending](lines)
    (tmp_path / f"wall.{ending}").write_bytes(data)
    article = only(tmp_path)
    assert (article.title, article.outlet, article.text) == ("Council backs wall", "Halsmer Post", WALL)
    assert str(article.published).startswith("2031-03-03") and article.date_source == "inline"


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "html"])
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_in_a_document_gives_the_same_articles_as_its_text(name: str, ending: str, tmp_path: Path) -> None:
    # a headline that text breaks into lines is one paragraph in a document
    lines = re.sub(r"(live below)\n\s*(it)", r"\1 \2", (GOLDEN / name).read_text(encoding="utf-8")).split("\n")
    (tmp_path / f"export.{ending}").write_bytes(MAKERS[ending](lines))
    plain, inside = list(read_articles(GOLDEN / name)), list(read_articles(tmp_path))
    assert len(plain) == len(inside)
    for a, b in zip(plain, inside, strict=True):
        if isinstance(a, Article):
            assert isinstance(b, Article)
            told = [(x.title, x.outlet, x.published, x.author, x.flags, x.text.split()) for x in (a, b)]
            assert told[0] == told[1]
        else:
            assert isinstance(b, RejectedRecord) and a.reason == b.reason
    (report,) = inspect_inputs(tmp_path)
    assert report.notes == (
        f"an export of {ARCHIVES[name.partition('_')[0].removesuffix('.txt')]} as {ending.upper()}",
    )


ARCHIVES = {"lexis": "LexisNexis", "nexis": "LexisNexis", "factiva": "Factiva", "proquest": "ProQuest"}


def test_nexis_as_word_writes_it_without_blank_lines(tmp_path: Path) -> None:
    lines = [line for line in (GOLDEN / "nexis_uni.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
    (tmp_path / "export.docx").write_bytes(made.docx(lines))
    articles = [item for item in read_articles(tmp_path) if isinstance(item, Article)]
    assert [(a.title, a.outlet) for a in articles] == [
        ("Council backs a second dam", "The Harbour Post"),
        ("Dam vote splits the valley", "Valley Herald (Online)"),
        ("Engineer answers", "Valley Herald (Online)"),
    ]
    assert articles[0].text.split("\n\n")[1] == "Residents below the valley doubt it."


# ---- Word --------------------------------------------------------------


def word(tmp_path: Path) -> Path:
    """A document as python-docx writes it, with what must be read and what must not."""
    document = python_docx.Document()
    document.core_properties.title = "not the headline"
    document.sections[0].header.paragraphs[0].text = "HEADER"
    document.add_heading("Council backs wall", level=0)
    document.add_paragraph(WALL)
    changed = document.add_paragraph("The wall ")
    for tag, text_tag, words in (("w:del", "w:delText", "may not "), ("w:ins", "w:t", "will ")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        change.append(run)
        changed._p.append(change)
    changed.add_run("hold.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Cost", "4 million"
    document.add_paragraph("It was built\nin spring.")
    path = tmp_path / "wall.docx"
    document.save(str(path))
    return path


def test_a_word_document_reads_with_all_changes_accepted(tmp_path: Path) -> None:
    article = only(word(tmp_path))
    assert article.title == "Council backs wall"
    assert article.text.split("\n\n") == [WALL, "The wall will hold.", "Cost 4 million", "It was built", "in spring."]


def test_macros_and_links_of_a_document_are_left_alone(tmp_path: Path) -> None:
    more = {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()",
        "word/_rels/document.xml.rels": '<Relationships><Relationship Id="1" TargetMode="External" '
        'Target="http://halsmer.example/template.dotm"/></Relationships>',
    }
    (tmp_path / "wall.docm").write_bytes(made.docx([WALL], more=more))
    assert only(tmp_path).text == WALL


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://halsmer.example/x.dtd">',
    ],
)
def test_a_document_that_declares_entities_is_refused(before: str, tmp_path: Path) -> None:
    body = made.docx_body(made.docx_paragraphs([WALL]), before=before)
    (tmp_path / "wall.docx").write_bytes(made.docx([], body=body))
    with pytest.raises(InputError, match="declares a document type or entities"):
        list(read_articles(tmp_path))


# ---- PDF ---------------------------------------------------------------


def test_a_pdf_reads_without_what_every_page_repeats(tmp_path: Path) -> None:
    pages = [
        [
            "Halsmer Post",
            f"page {n}",
            f"The wall has {word} parts, and the coun-",
            "cil wants more of them.",
            "12 March",
        ]
        for n, word in enumerate(("two", "three", "four"), start=1)
    ]
    (tmp_path / "wall.pdf").write_bytes(made.pdf(pages))
    article = only(tmp_path)
    assert "Halsmer Post" not in article.text and "page 1" not in article.text and "12 March" not in article.text
    assert article.text.count("council wants more") == 3
    assert article.flags == ("read from a PDF: the order of lines is a guess",)


def test_pdfs_that_hold_no_text_say_why(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    (tmp_path / "scan.pdf").write_bytes(made.pdf([[]]))
    locked = PdfWriter(PdfReader(BytesIO(made.pdf([[WALL]]))))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    (tmp_path / "zz.txt").write_text(WALL)
    first, second, _ = read_articles(tmp_path)
    assert isinstance(first, RejectedRecord) and "encrypted with a password" in first.reason
    assert isinstance(second, RejectedRecord) and "text recognition (OCR)" in second.reason


# ---- web pages ---------------------------------------------------------

HEAD = (
    "<title>Council backs wall | Halsmer Post</title><meta property='og:title' content='Council backs wall'>"
    "<meta property='og:site_name' content='Halsmer Post'><meta name='author' content='Ada Brandt'>"
    "<meta property='article:published_time' content='2021-03-03T10:15:00Z'>"
    "<link rel='canonical' href='https://www.halsmer.example/wall'>"
)


def test_a_web_page_says_what_it_is(tmp_path: Path) -> None:
    page = made.html([WALL, DOUBT] * 3, head=HEAD).replace(
        b"<body>", b"<body><nav><a href='/'>Home</a></nav><script>var wall;</script>"
    )
    (tmp_path / "wall.html").write_bytes(page)
    article = only(tmp_path)
    assert (article.title, article.outlet, article.author) == ("Council backs wall", "Halsmer Post", "Ada Brandt")
    assert (article.url, article.date_source) == ("https://www.halsmer.example/wall", "page")
    assert str(article.published).startswith("2021-03-03")
    assert "Home" not in article.text and "var" not in article.text and WALL in article.text


@pytest.mark.parametrize(
    ("charset", "written"), [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("", "utf-16")]
)
def test_web_pages_are_decoded_as_they_say(charset: str, written: str, tmp_path: Path) -> None:
    word = "Мэр" if written == "cp1251" else "Café “Halsmer”"
    page = made.html([f"{WALL} {word}"] * 3, head=f"<meta charset='{charset}'>").decode()
    (tmp_path / "wall.html").write_bytes(page.encode(written))
    assert word in only(tmp_path).text


def test_a_saved_page_says_its_date_its_language_and_that_it_is_paid_for(tmp_path: Path) -> None:
    head = (
        "<title>The dam may hold</title><meta property='og:site_name' content='Harbour Post'>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-01-06T10:15:00+01:00", '
        '"isAccessibleForFree": false}</script>'
    )
    words = [
        "The dam may hold",
        *[f"The council met on day {n} and voted for the dam, Ada Brandt said." for n in "1234"],
    ]
    page = made.html(words, head=head).replace(b"<html>", b"<html lang='en'>")
    (tmp_path / "dam.html").write_bytes(page)
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    assert (article.outlet, article.language, str(article.published)) == (
        "Harbour Post",
        "en",
        "2031-01-06 09:15:00+00:00",
    )
    assert article.text.startswith("The council met on day 1") and article.title == "The dam may hold"
    assert article.flags == ("behind a paywall: perhaps only its beginning",)
