"""Texts in other languages than English are told apart, and no English text with them."""

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, inspect_inputs, read_articles
from analytics.ingest.languages import other_language

OTHERS = {
    "German": "Der Rat hat am Montag die neue Mauer gebilligt, sagte Ada Brandt. Die Opposition lehnt den Plan ab und "
    "will die Bürger befragen, bevor die Arbeiten im Hafen von Halsmer beginnen.",
    "French": "Le conseil municipal a approuvé lundi le nouveau mur du port, a déclaré la maire Ada Brandt. "
    "L'opposition rejette le projet et veut interroger les habitants avant le début des travaux.",
    "Spanish": "El consejo aprobó el lunes el nuevo muro del puerto, dijo la alcaldesa Ada Brandt. La oposición "
    "rechaza el plan y quiere consultar a los vecinos antes de que empiecen las obras.",
    "Polish": "Rada zatwierdziła w poniedziałek nowy mur portowy, powiedziała burmistrz Ada Brandt. Opozycja odrzuca "
    "plan i chce zapytać mieszkańców, zanim rozpoczną się prace w porcie w przyszłym roku.",
    "Russian": "Совет одобрил в понедельник новую стену порта, сказала мэр Ада Брандт. Оппозиция отвергает план и "
    "хочет опросить жителей, прежде чем начнутся работы в порту следующей весной.",
    "Chinese": 4
    * "市议会星期一批准了新的港口墙，市长阿达说。反对派拒绝该计划，并希望在明年春天开始之前征求居民的意见。",
}
ENGLISH = {
    "prose": "The council approved the new wall on Monday, Ada Brandt said. The opposition rejects it. " * 3,
    "names": "Ada Brandt, Bo Lind, Karl Olde, Marin Vogt, Olav Berg, Helen Marsh, Karl Braun, Ruth Adler, Per Dahl, "
    * 3,
    "results": "Halsmer 3 Norrby 1; Sund 2 Aldmoor 2; Voss 0 Bach 4; Lind 1 Dahl 1; " * 10,
    "capitals": "MAYOR HELEN MARSH SAID WALL BUILT SPRING KARL BRAUN NORRBY PARTY SAYS COST LIES " * 4,
    "headlines": "Council backs harbour wall despite cost doubts; mayor hails vote; opposition calls move reckless; "
    "residents fear floods; engineers warn dam may fail; budget talks stall again; ministers deny cuts planned",
    "both": f"{OTHERS['German']} The council approved the new wall on Monday, Ada Brandt said, and work will begin.",
    "noise": "1f2e3d4c " * 60,
    "few words": "Der Rat hat die Mauer gebilligt.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language: str) -> None:
    assert other_language(OTHERS[language]) == language


@pytest.mark.parametrize("what", ENGLISH)
def test_what_is_english_or_in_doubt_is_kept(what: str) -> None:
    assert other_language(ENGLISH[what]) is None


def test_other_languages_are_counted_apart_and_not_scored(tmp_path: Path) -> None:
    for name, text in {"a": OTHERS["German"], "b": OTHERS["Polish"], "c": ENGLISH["prose"]}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    german, _, english = read_articles(tmp_path)
    assert isinstance(german, RejectedRecord) and german.reason == "in another language than English: German"
    assert isinstance(english, Article)
    reports = inspect_inputs(tmp_path)
    assert [report.reasons for report in reports] == [{"in another language than English": 1}] * 2 + [{}]


def test_english_does_not_load_the_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    from analytics.ingest import languages

    monkeypatch.setattr(languages, "_classifier", None)
    assert other_language(ENGLISH["prose"]) is None
