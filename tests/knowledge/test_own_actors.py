"""A user's actor file overrides what ships, and says precisely where it is wrong."""

import os
import time
from pathlib import Path

import pytest

from analytics.errors import KnowledgeError
from analytics.knowledge.aliases import ActorBook
from analytics.knowledge.own_actors import load_book


def book(folder: Path, text: str) -> ActorBook:
    path = folder / "actors.toml"
    path.write_text(text, encoding="utf-8")
    load_book.cache_clear()
    return load_book(path)


def means(known: ActorBook, name: str) -> str | None:
    alias = known.by_text.get(name)
    return alias.actor.actor_id if alias else None


def test_a_new_name_keeps_what_ships(tmp_path: Path) -> None:
    known = book(tmp_path, '[[actor]]\nid = "turkey"\nname = "Türkiye"')
    assert known.actors["turkey"].name == "Türkiye"
    assert {means(known, name) for name in ("Türkiye", "Turkey", "Turkish", "Ankara")} == {"turkey"}
    assert known.actors["turkey"].kind == "country"


def test_a_key_that_is_given_replaces_what_ships(tmp_path: Path) -> None:
    known = book(tmp_path, '[[actor]]\nname = "Turkey"\nmetonyms = []')
    assert (means(known, "Ankara"), means(known, "Turks")) == (None, "turkey")


def test_own_names_win(tmp_path: Path) -> None:
    known = book(tmp_path, '[[actor]]\nname = "The citadel"\nkind = "organisation"\naliases = ["Kremlin"]')
    assert means(known, "Kremlin") == "the-citadel"


def test_a_name_is_split_off(tmp_path: Path) -> None:
    known = book(tmp_path, '[[actor]]\nname = "Turkey"\nnot = ["Ankara"]')
    assert (means(known, "Ankara"), means(known, "Turkey")) == (None, "turkey")
    assert not known.may_be("turkey", "Ankara")


def test_a_name_that_counts_in_one_outlet(tmp_path: Path) -> None:
    text = '[[actor]]\nname = "Orlen Pike (singer)"\naliases = [{ name = "Pike", outlets = ["The Evening Klaxon"] }]'
    known = book(tmp_path, text)
    assert means(known.of_outlet("the evening klaxon"), "Pike") == "orlen-pike-singer"
    assert means(known.of_outlet("Capstan"), "Pike") is None
    assert means(known.of_outlet(None), "Pike") is None
    assert known.may_be("orlen-pike-singer", "Pike") and not known.may_be_everywhere("orlen-pike-singer", "Pike")


def test_groups_of_groups_are_counted_as_the_outermost(tmp_path: Path) -> None:
    text = """
    [[actor]]
    name = "Cabinet"
    members = ["Ada Brandt", "Turkish"]
    [[actor]]
    name = "Government"
    members = ["cabinet"]
    """
    expected = {"ada-brandt": "government", "turkey": "government", "cabinet": "government"}
    assert book(tmp_path, text).counted_as == expected


def test_hidden_actors(tmp_path: Path) -> None:
    assert book(tmp_path, '[[actor]]\nname = "Ada Brandt"\nhide = true').hidden == {"ada-brandt"}


WRONG = {
    "a key outside an entry": ('name = "Ada Brandt"', r"'name' stands outside an entry"),
    "no name": ('[[actor]]\nid = "x"', r"\[\[actor\]\] number 1 has no name"),
    "an unknown key": (
        '[[actor]]\nname = "Ada"\nalias = ["A"]',
        r"'Ada' has an unknown key 'alias'; did you mean 'alia",
    ),
    "a wrong kind": ('[[actor]]\nname = "Ada"\nkind = "ship"', r"'Ada' has kind 'ship'; use one of person"),
    "a wrong gender": ('[[actor]]\nname = "Ada"\ngender = "f"', r"'Ada' has gender 'f'"),
    "hide is no truth value": ('[[actor]]\nname = "Ada"\nhide = "yes"', r"'Ada': hide must be true or false"),
    "a list that is none": ('[[actor]]\nname = "Ada"\naliases = "A"', r"'Ada': aliases must be a list"),
    "outlets without a name": ('[[actor]]\nname = "Ada"\naliases = [{ outlets = ["B"] }]', r"'Ada': aliases must"),
    "outlets of a member": ('[[actor]]\nname = "A"\nmembers = [{ name = "B", outlets = ["C"] }]', r"'A': members must"),
    "an alias that is none": ('[[actor]]\nname = "Ada"\naliases = ["A"]\nnot = ["A"]', r"'Ada' has 'A' among its ali"),
    "its own name among not": ('[[actor]]\nname = "Ada"\nnot = ["Ada"]', r"'Ada' has its own name among its not"),
    "an id twice": (
        '[[actor]]\nname = "Ada"\n[[actor]]\nname = "Eda"\nid = "ada"',
        r"two .* entries have the id 'ada'",
    ),
    "a name twice": (
        '[[actor]]\nname = "Ada"\naliases = ["A"]\n[[actor]]\nname = "Eda"\naliases = ["A"]',
        r"'A' is a name of both 'Ada' and 'Eda'",
    ),
    "its own member": ('[[actor]]\nname = "Ada"\nmembers = ["ada"]', r"'Ada' has itself"),
    "two groups": (
        '[[actor]]\nname = "A"\nmembers = ["C"]\n[[actor]]\nname = "B"\nmembers = ["C"]',
        r"'C' is a member of both 'A' and 'B'",
    ),
    "a circle": (
        '[[actor]]\nname = "A"\nmembers = ["B"]\n[[actor]]\nname = "B"\nmembers = ["A"]',
        r"'[AB]' is a member of its own members",
    ),
    "a hidden member": (
        '[[actor]]\nname = "A"\nmembers = ["B"]\n[[actor]]\nname = "B"\nhide = true',
        r"'A' has the member 'B', which is hidden",
    ),
    "no TOML": ("[[actor]\n", r"is not a valid TOML file"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_named_with_file_and_entry(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        book(tmp_path, text)
    assert "actors.toml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.toml: there is no such actors file"):
        load_book(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x = " + "[" * 5_000 + "]" * 5_000, "too deeply"),
        ("[[actor]]\nname = " + "{a=" * 5_000 + "1" + "}" * 5_000, "too deeply"),
        ("[[actor]]\nname = " + "9" * 5_000, "holds a value that cannot be read"),
        ("[[actor]]\nname = 'A'\n" + ".".join(["a"] * 50) + " = 1", "unknown key 'a'"),
        ("a" * 100_000 + " = 1", "stands outside an entry"),
        ("[[actor]]\nname = 'A'\n" + "k" * 100_000 + " = 1", "unknown key"),
        ("[" + "a." * 400_000 + "a]", "line 1 names tables too deeply"),
        ("[[actor]]\nname = 'A'\n" + r'"\"\\".' + "a." * 400_000 + '"b" = 1', "line 3 names tables too deeply"),
        ('x = {a = """\n""",' + "a." * 400_000 + 'a = "b"}', "line 2 names tables too deeply"),
        ("#" * (1 << 21), "larger than 1 MB"),
        ("[[actor]]\nname = 'A'\n" * 20_001, "holds 20,001 .*at most 20,000"),
        ("[[actor]]\nname = '" + "A" * 501 + "'", "longer than 500 characters"),
        ("[[actor]]\nname = 'A'\naliases = [" + "'B'," * 1_001 + "]", "holds 1,001 values"),
    ],
)
def test_hostile_files_are_told_in_one_short_line(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "actors.toml"
    file.write_text(content)
    with pytest.raises(KnowledgeError, match=said) as caught:
        load_book(file)
    assert len(str(caught.value)) < 600 and "\n" not in str(caught.value)


def test_many_dots_in_texts_and_comments_are_none_between_tables(tmp_path: Path) -> None:
    names = ", ".join(f'"A.B.{n}."' for n in range(60))
    known = book(tmp_path, f"# {'.' * 80}\n[[actor]]\nname = 'A'\naliases = [{names}]\n")
    assert means(known, "A.B.59.") == "a"


@pytest.mark.parametrize("evil", ["(a+)+$", "(.*)*x", "[", "a{1,99999}", "(?:a|a)*b", "\\b\\w+\\s?", "%_%"])
def test_names_are_words_and_never_patterns(evil: str, tmp_path: Path) -> None:
    known = book(tmp_path, f"[[actor]]\nname = 'Harbour'\naliases = ['{evil}']\n")
    assert means(known, evil) == "harbour" and means(known, "a" * 40) is None


def test_a_pipe_in_the_place_of_a_file_is_never_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "actors.toml")
    with pytest.raises(KnowledgeError, match="not a regular file"):
        load_book(tmp_path / "actors.toml")


def test_ten_thousand_actors_are_loaded_quickly(tmp_path: Path) -> None:
    file = tmp_path / "actors.toml"
    entries = (f'[[actor]]\nname = "Ada Brandt{i}"\naliases = ["Brandt{i}"]\n' for i in range(10_000))
    file.write_text("\n".join(entries))
    began = time.process_time()
    assert "ada-brandt9999" in load_book(file).actors
    assert time.process_time() - began < 5
