"""A user's statements: what the file may hold, and precise words where it is wrong."""

from pathlib import Path

import pytest

from analytics.errors import KnowledgeError
from analytics.knowledge.targets import Proposition, load_propositions

TOLL = '[[target]]\nid = "toll"\nstatement = "The toll should rise"\nkeywords = [["toll"], ["rise", "go up"]]\n'


def propositions(folder: Path, text: str) -> tuple[Proposition, ...]:
    path = folder / "targets.toml"
    path.write_text(text, encoding="utf-8")
    load_propositions.cache_clear()
    return load_propositions(path)


def test_an_entry_is_read(tmp_path: Path) -> None:
    more = 'about = ["Norland"]\nreversed = [["toll-free"]]\n'
    [toll] = propositions(tmp_path, TOLL + more)
    assert toll.proposition_id == "proposition:toll"
    assert toll.statement == "The toll should rise"
    assert toll.keywords == ((("toll",),), (("rise",), ("go", "up")))
    assert toll.about == {"norland"}
    assert toll.reversed == ((("toll", "-", "free"),),)


def test_an_id_with_a_colon_stays_as_it_is(tmp_path: Path) -> None:
    [toll] = propositions(tmp_path, TOLL.replace('"toll"\nst', '"tolls:norland:up"\nst'))
    assert toll.proposition_id == "tolls:norland:up"


def test_the_statements_that_ship_can_be_told_apart() -> None:
    shipped = load_propositions()
    assert len({p.proposition_id for p in shipped}) == len({p.statement for p in shipped}) == len(shipped) >= 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no [[target]] entry"),
        ("[[target", "is not a valid TOML file"),
        ('statement = "The toll should rise"', "'statement' stands outside an entry"),
        ('[[target]]\nid = "toll"', "[[target]] number 1 has no statement"),
        (TOLL.replace('id = "toll"\n', ""), 'needs an id of lower-case letters and digits, such as "the-toll'),
        (TOLL.replace('"toll"\nst', '"The Toll"\nst'), "'The toll should rise' needs an id"),
        (TOLL + TOLL, "two [[target]] entries have the id 'toll'"),
        (TOLL.replace("keywords", "keyword"), "unknown key 'keyword'; did you mean 'keywords'?"),
        (TOLL.split("keywords")[0], "has no keywords"),
        (TOLL.split("keywords")[0] + 'keywords = ["toll"]', "keywords must be lists of alternatives"),
        (TOLL.split("keywords")[0] + "keywords = []", "keywords must be lists of alternatives"),
        (TOLL.split("keywords")[0] + "keywords = [[]]", "keywords must be lists of alternatives"),
        (TOLL.split("keywords")[0] + 'keywords = [["toll", 3]]', "keywords holds 3, which is not a word"),
        (TOLL.split("keywords")[0] + 'keywords = [[" "]]', "keywords holds ' ', which is not a word"),
        (TOLL + 'about = "Norland"', "about must be a list of actors"),
        (TOLL + 'reversed = "free"', "reversed must be lists of alternatives"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        propositions(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'targets.toml'}: ")
    assert message in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is no such targets file"):
        load_propositions(tmp_path / "missing.toml")
