"""Sets that measures are judged on without having learnt from them: their files, and what is made of them."""

from pathlib import Path

import numpy as np
import pytest

from analytics.article import AnnotatedArticle, Article, Mention
from analytics.errors import InputError
from analytics.evaluation import DATASETS, babe, persent, roles


def mention(number: int, actor: str, name: str, start: int) -> Mention:
    return Mention(
        mention_id=number,
        sentence_id=0,
        actor_id=actor,
        name=name,
        kind="person",
        form="name",
        start=start,
        end=start + len(name),
        first=number,
        last=number + 1,
        head=number,
    )


@pytest.mark.parametrize(
    ("dataset", "missing"),
    [("babe", r"SG1\.csv"), ("gvfc", r"dev\.csv"), ("persent", r"dev\.csv"), ("roles", r"annotations\.tsv")],
)
def test_a_wrong_folder_is_told_which_file_is_expected(dataset: str, missing: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"{missing} is missing"):
        DATASETS[dataset](tmp_path)


@pytest.mark.parametrize(("dataset", "file"), [("babe", "SG1.csv"), ("gvfc", "dev.csv"), ("persent", "dev.csv")])
def test_a_table_of_other_columns_is_named(dataset: str, file: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"{file} has no columns"):
        DATASETS[dataset](tmp_path)


def test_split_verdicts_are_left_out_and_words_are_read(tmp_path: Path) -> None:
    lines = ["text;label_bias;biased_words", "A vile dam. ;Biased;['vile']", "A dam.;No agreement;[]"]
    (tmp_path / "SG1.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    gold = babe.read_gold(tmp_path / "SG1.csv")
    assert gold[["text", "biased_words"]].values.tolist() == [["A vile dam.", ["vile"]]]


def test_words_marked_are_counted_from_both_sides() -> None:
    judged = [babe.Sentence(1, 0.9, loaded=2, right=1, marked=4, found=1), babe.Sentence(0, 0.1, 2, 1, 0, 0)]
    precision, recall = babe.words_marked("SG1", judged)
    assert (precision["value"], precision["n"]) == (0.5, 4)
    assert (recall["value"], recall["n"]) == (0.25, 4)


def test_the_entity_is_the_actor_that_bears_its_surname() -> None:
    text = "Ada Brandt met Carl Brandt and Ada Moss."
    names = {"ada-brandt": "Ada Brandt", "carl-brandt": "Carl Brandt", "ada-moss": "Ada Moss"}
    found = [mention(i, actor, name, text.index(name)) for i, (actor, name) in enumerate(names.items())]
    annotated = AnnotatedArticle(article=Article(article_id="a", text=text), mentions=tuple(found))
    assert persent.actor_of(annotated, "Ada Brandt", set(names)) == "ada-brandt"
    assert persent.actor_of(annotated, "Moss", set(names)) == "ada-moss"
    assert persent.actor_of(annotated, "Oren Tash", set(names)) is None


def test_cut_offs_part_the_classes_where_they_can_be_parted() -> None:
    values, gold = np.array([-0.9, -0.8, 0.0, 0.1, 0.7, 0.9] * 5), [0, 0, 1, 1, 2, 2] * 5
    assert persent.classes(values, persent.best_cuts(values, gold)).tolist() == gold


def test_coded_mentions_are_read_and_a_malformed_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "annotations.tsv"
    file.write_text('one.txt\tAda "Ada" Brandt\t4\t9\tInnocent\tVictim\n', encoding="utf-8")
    assert roles.read_coded(file) == {"one.txt": [roles.Coded(4, 10, 2)]}
    file.write_text("one.txt\tBrandt\tfour\t9\tInnocent\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"annotations\.tsv:1: not document"):
        roles.read_coded(file)
