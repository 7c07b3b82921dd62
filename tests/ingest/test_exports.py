"""Exports of archives are split into their articles, by layouts as the archives write them."""

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles

GOLDEN = Path(__file__).parent / "golden"
CUT_OFF = "perhaps cut off: the export ends within this article"
DAM, SPLIT = "Council backs a second dam", "Dam vote splits the valley"
LONG = f"{DAM} despite the cost and the doubts of those who live below it"


def told(path: Path) -> list[tuple[str, str, str, str | None]]:
    articles = [item for item in read_articles(path) if isinstance(item, Article)]
    return [
        (a.title or "", a.outlet or "", f"{a.published:%Y-%m-%d %H:%M}" if a.published else "", a.author)
        for a in articles
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "lexis_old.txt",
            [
                (LONG, "The Harbour Post (Aldmoor)", "2031-03-03 00:00", "ADA BRANDT"),
                (SPLIT, "VALLEY HERALD", "2031-03-04 00:00", None),
                ("Engineer answers", "VALLEY HERALD", "2031-03-05 00:00", None),
            ],
        ),
        (
            "nexis_uni.txt",
            [
                (DAM, "The Harbour Post", "2031-03-03 00:00", "Ada Brandt"),
                (SPLIT, "Valley Herald (Online)", "2031-03-04 09:30", "Carl Dahl"),
                ("Engineer answers", "Valley Herald (Online)", "2031-03-05 00:00", None),
            ],
        ),
        (
            "factiva_codes.txt",
            [
                (DAM, "The Harbour Post", "2031-03-03 10:15", "Ada Brandt"),
                (SPLIT, "Valley Herald", "2031-03-04 00:00", None),
            ],
        ),
        (
            "factiva_plain.txt",
            [
                (DAM, "The Harbour Post", "2031-03-03 10:15", "Ada Brandt"),
                (SPLIT, "Valley Herald", "2031-03-04 00:00", None),
            ],
        ),
        (
            "proquest.txt",
            [
                (DAM, "The Harbour Post", "2031-03-03 00:00", "Brandt, Ada"),
                (SPLIT, "Valley Herald", "2031-03-04 00:00", None),
            ],
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_exports_become_their_articles(name: str, expected: list[object], line_end: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((GOLDEN / name).read_text().replace("\n", line_end).encode())
    assert told(tmp_path / name) == expected
    for article in read_articles(tmp_path / name):
        if isinstance(article, Article):
            assert article.text.startswith(("The council voted", "The valley is split", "Bo Lind answered"))
            assert not any(
                word in article.text for word in ("LENGTH", "Load-Date", "LOAD-DATE", "Document", "Copyright")
            )
            assert article.text.endswith((".", "He said that")) and article.date_source == "column"


def test_texts_keep_all_their_paragraphs() -> None:
    for name in ("lexis_old.txt", "nexis_uni.txt", "factiva_plain.txt", "proquest.txt"):
        first = next(iter(read_articles(GOLDEN / name)))
        assert isinstance(first, Article) and first.text.endswith("Residents below the valley doubt it.")
    first = next(iter(read_articles(GOLDEN / "factiva_codes.txt")))
    assert isinstance(first, Article) and first.text.endswith("IN the valley below, residents doubt it.")


def test_an_article_in_which_an_export_ends_is_flagged() -> None:
    for name in ("lexis_old.txt", "nexis_uni.txt"):
        *whole, last = (item for item in read_articles(GOLDEN / name) if isinstance(item, Article))
        assert last.flags == (CUT_OFF,) and not any(article.flags for article in whole)


@pytest.mark.parametrize(
    "name", ["lexis_old.txt", "nexis_uni.txt", "factiva_codes.txt", "factiva_plain.txt", "proquest.txt"]
)
def test_an_export_cut_anywhere_is_never_one_piece_of_prose(name: str, tmp_path: Path) -> None:
    whole = (GOLDEN / name).read_text()
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    for end in range(len(whole) // 3, len(whole), 97):
        (tmp_path / "a.txt").write_text(whole[:end])
        *items, _ = read_articles(tmp_path)
        for item in items:
            assert isinstance(item, RejectedRecord) or "LENGTH:" not in item.text
            assert isinstance(item, RejectedRecord) or "Publication title:" not in item.text


def test_an_article_without_a_text_is_rejected_alone() -> None:
    rejected = [item for item in read_articles(GOLDEN / "proquest.txt") if isinstance(item, RejectedRecord)]
    assert [(item.source_row, item.reason, item.preview) for item in rejected] == [
        (3, "no text in this article of an export of ProQuest", "A list of dams")
    ]
    assert count_records(GOLDEN / "proquest.txt") == 3


def test_an_export_of_lists_alone_is_refused_with_its_reason(tmp_path: Path) -> None:
    lines = "Document 1 of 1\n\nTitle: A dam\nPublication title: Post\nPublication date: Mar 3, 2031\n"
    (tmp_path / "a.txt").write_text(f"{'_' * 60}\n\n{lines}ProQuest document ID: 1\n\n{'_' * 60}\n")
    with pytest.raises(InputError, match="export of ProQuest in which no article's text can be told"):
        list(read_articles(tmp_path / "a.txt"))


@pytest.mark.parametrize(
    "prose",
    [
        "The council met.\n\nLength: 40 metres. That is what the dam measures, said Ada Brandt.",
        "Document 3 of the treaty says that the dam is shared.\n\nBo Lind signed it.",
        "SN and HD are two firms. PD is a third.\n\nIN the valley, all is calm.",
        "Full text: the council's statement follows. The dam may hold.",
        "It was 3 of 4 documents that the council lost, said Ada Brandt.\n\nThe rest may turn up.",
        "Copyright 2031 is a film about a dam.\n\nBody\n\nThe second part is about a body.",
    ],
)
def test_prose_that_has_a_word_of_an_export_is_one_article(prose: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(prose)
    assert inspect_inputs(tmp_path / "a.txt")[0].format == "text"
    assert len(list(read_articles(tmp_path / "a.txt"))) == 1


VARIANTS = {
    "LexisNexis, the words of a document's number the other way round": (
        "Document 1 of 2\n\n\nVALLEY HERALD\n\nMarch 4, 2031 Tuesday\nFirst Edition\n\nDam vote splits the valley\n\n"
        "BYLINE: CARL DAHL, political editor\n\nLENGTH: 98 words\n\nThe valley is split.\n\nLANGUAGE: ENGLISH\n\n"
        "Document 2 of 2\n\n\nVALLEY HERALD\n\nMarch 5, 2031 Wednesday\n\nEngineer answers\n\nLENGTH: 9 words\n\n"
        "He answered.\n\nLANGUAGE: ENGLISH\n",
        [("Dam vote splits the valley", "2031-03-04"), ("Engineer answers", "2031-03-05")],
    ),
    "LexisNexis, one article without a number": (
        "                     VALLEY HERALD\n\n                 4 March 2031\n\nDam vote splits the valley\n\n"
        "SECTION: NEWS\n\nLENGTH: 98 words\n\nThe valley is split.\n\nIt may stay so.\n\nLOAD-DATE: March 4, 2031\n",
        [("Dam vote splits the valley", "2031-03-04")],
    ),
    "Nexis Uni, labels in another order and no cover": (
        "Dam vote splits the valley\nValley Herald\nMarch 4, 2031 Tuesday\n\n"
        "Copyright 2031 Valley Herald All Rights Reserved\n\n"
        "Byline: Carl Dahl\n\nSection: NEWS\n\nLength: 98 words\n\nBody\n\nThe valley is split.\n\n"
        "Load-Date: March 4, 2031\n\n"
        "End of Document\n\nEngineer answers\nValley Herald\nMarch 5, 2031 Wednesday\n\nLength: 9 words\n\n"
        "Body\n\nHe answered.\n\n"
        "Load-Date: March 5, 2031\n\nEnd of Document\n",
        [("Dam vote splits the valley", "2031-03-04"), ("Engineer answers", "2031-03-05")],
    ),
    "Factiva, each code on a line of its own": (
        "HD\nDam vote splits the valley\nWC\n98 words\nPD\n4 March 2031\nSN\nValley Herald\nSC\nVALHER\n"
        "LA\nEnglish\nCY\n(c) 2031\n"
        "LP\nThe valley is split.\nTD\nIt may stay so.\nAN\nDocument VALHER0020310304en340002t\n\n"
        "HD\nEngineer answers\nWC\n9 words\nPD\n5 March 2031\nSN\nValley Herald\nLA\nEnglish\nLP\nHe answered.\n"
        "AN\nDocument VALHER0020310305en350002t\n",
        [("Dam vote splits the valley", "2031-03-04"), ("Engineer answers", "2031-03-05")],
    ),
    "Factiva, without codes and without a line on rights": (
        "Dam vote splits the valley\nCarl Dahl\n1,098 words\n4 March 2031\nValley Herald\nVALHER\nEnglish\n\n"
        "The valley is split.\n\nDocument VALHER0020310304en340002t\n",
        [("Dam vote splits the valley", "2031-03-04")],
    ),
    "ProQuest, text first": (
        f"{'_' * 60}\n\nDam vote splits the valley\n\nFull text: The valley is split.\n\n"
        f"Publication title: Valley Herald\n\n"
        f"Publication date: Mar 4, 2031\n\nTitle: Dam vote splits the valley\n\nProQuest document ID: 7\n\n"
        f"{'_' * 60}\n",
        [("Dam vote splits the valley", "2031-03-04")],
    ),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_of_the_layouts(variant: str, tmp_path: Path) -> None:
    content, expected = VARIANTS[variant]
    (tmp_path / "a.txt").write_text(content)
    articles = [item for item in read_articles(tmp_path / "a.txt") if isinstance(item, Article)]
    assert [(a.title, str(a.published)[:10]) for a in articles] == expected
    assert {a.outlet.upper() for a in articles if a.outlet} == {"VALLEY HERALD"} and all(a.outlet for a in articles)
    assert articles[0].text.startswith("The valley is split.")
