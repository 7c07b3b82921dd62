"""Actors of single articles become actors of the corpus."""

import pandas as pd

from analytics.knowledge.aliases import ActorBook
from analytics.knowledge.own_actors import load_book
from analytics.results.actor_merging import merge_actors

EMPTY = ActorBook({}, {}, {})
COLUMNS = ["actor_id", "name", "kind", "text", "n_mentions", "n_articles"]


def names(*rows: tuple[str, str, str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_a_lone_surname_goes_to_its_dominant_bearer() -> None:
    frame = names(
        ("marta-kessel", "Marta Kessel", "person", "Marta Kessel", 20, 9),
        ("jonas-kessel", "Jonas Kessel", "person", "Jonas Kessel", 2, 1),
        ("kessel", "Kessel", "person", "Kessel", 5, 3),
    )
    renamed, actors = merge_actors(frame, EMPTY)
    assert renamed == {"kessel": "marta-kessel"}
    assert dict(zip(actors["actor_id"], actors["n_mentions"], strict=True)) == {"marta-kessel": 25, "jonas-kessel": 2}


def test_a_shared_surname_stays_apart() -> None:
    frame = names(
        ("marta-kessel", "Marta Kessel", "person", "Marta Kessel", 20, 5),
        ("jonas-kessel", "Jonas Kessel", "person", "Jonas Kessel", 20, 4),
        ("kessel", "Kessel", "person", "Kessel", 5, 3),
    )
    assert merge_actors(frame, EMPTY)[0] == {}


def test_a_single_full_name_is_too_little_to_merge_on() -> None:
    frame = names(
        ("marta-kessel", "Marta Kessel", "person", "Marta Kessel", 2, 1),
        ("kessel", "Kessel", "person", "Kessel", 5, 3),
    )
    assert merge_actors(frame, EMPTY)[0] == {}


def test_the_kind_is_the_majoritys() -> None:
    frame = names(
        ("vellwater", "Vellwater", "organisation", "Vellwater", 9, 4),
        ("vellwater", "Vellwater", "person", "Vellwater", 2, 1),
    )
    _, actors = merge_actors(frame, EMPTY)
    assert list(actors["kind"]) == ["organisation"]


def test_known_actors_keep_their_name_and_kind() -> None:
    frame = names(("nato", "NATO", "organisation", "Nato", 3, 2))
    _, actors = merge_actors(frame, load_book())
    assert actors.loc[0, ["name", "kind", "aliases"]].tolist() == ["NATO", "organisation", "Nato"]


def test_no_names_give_no_actors() -> None:
    renamed, actors = merge_actors(names(), EMPTY)
    assert renamed == {} and actors.empty


def test_a_surname_of_several_words_and_one_that_comes_first_are_merged_too() -> None:
    frame = names(
        ("omar-el-kadi", "Omar El Kadi", "person", "Omar El Kadi", 9, 4),
        ("el-kadi", "El Kadi", "person", "El Kadi", 3, 2),
        ("kadi", "Kadi", "person", "Kadi", 1, 1),
        ("wu-lihua", "Wu Lihua", "person", "Wu Lihua", 9, 4),
        ("wu", "Wu", "person", "Wu", 3, 2),
    )
    assert merge_actors(frame, EMPTY)[0] == {"el-kadi": "omar-el-kadi", "kadi": "omar-el-kadi", "wu": "wu-lihua"}
