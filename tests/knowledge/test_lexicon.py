from pathlib import Path

import pytest

from analytics.errors import KnowledgeError
from analytics.knowledge.lexicon import KNOWLEDGE, load, read_lexicon

HEADER = "pattern\tlabel\tweight\tsource\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "words.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_keep_their_line_and_lexicon(tmp_path: Path) -> None:
    path = written(tmp_path, f"# a note\n{HEADER}\nmay/AUX\tprobable\t0.5\town\n")
    (entry,) = read_lexicon(path)
    assert (entry.pattern, entry.label, entry.weight, entry.source) == ("may/AUX", "probable", 0.5, "own")
    assert (entry.when, entry.lexicon, entry.line) == ("", "words", 4)


def test_a_fifth_column_is_the_condition(tmp_path: Path) -> None:
    path = written(tmp_path, "pattern\tlabel\tweight\tsource\twhen\nabout\tapproximator\t1\town\tbefore_number\n")
    assert read_lexicon(path)[0].when == "before_number"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"words\.tsv:1: the header"),
        ("word\tkind\n", r"words\.tsv:1: the header"),
        (f"{HEADER}likely\tprobable\t1\n", r"words\.tsv:2: 3 columns instead of 4"),
        (f"{HEADER}likely\t\t1\town\n", r"words\.tsv:2: pattern, label and source"),
        (f"{HEADER}likely\tprobable\tmuch\town\n", r"words\.tsv:2: weight 'much'"),
        (f"{HEADER}likely\tprobable\tnan\town\n", r"words\.tsv:2: weight 'nan'"),
        (f"{HEADER}likely\ta\t1\town\nlikely\tb\t1\town\n", r"words\.tsv:3: 'likely' is already in line 2"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        read_lexicon(written(tmp_path, text))


def test_a_missing_file_and_wrong_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="absent"):
        read_lexicon(tmp_path / "absent.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"caf\xe9")
    with pytest.raises(KnowledgeError, match="UTF-8"):
        read_lexicon(tmp_path / "latin.tsv")


LEXICONS = [path for path in sorted(KNOWLEDGE.glob("*.tsv")) if "pattern\tlabel" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: path.stem)
def test_every_shipped_lexicon_can_be_read_and_names_its_sources(path: Path) -> None:
    entries = load(path.stem)
    assert entries and all(entry.source for entry in entries)
