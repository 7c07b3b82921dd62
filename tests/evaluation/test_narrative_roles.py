from pathlib import Path

import numpy as np
import pytest

from analytics.errors import InputError
from analytics.evaluation.narrative_roles import candidates, figures, read_roles
from analytics.measures.portrayal import ROLES

TEXTS = {
    "1": "Ada Brandt lied to the town. Ada Brandt stole the money. Norland suffered. Floods hit Norland.",
    "2": "Carl Moss saved forty children. People thanked Carl Moss.",
}
CODED = """ID\tentity\tgroup\trole
1\tBrandt's\tX\tvillain
1\tthe sea\tX\tvictim
2\tCarl Moss\tX\thero
2\tCarl\tX\tnobody
"""


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "roles_train.tsv").write_text("article\trole\n1\thero\n")
    with pytest.raises(InputError, match=r"roles_train\.tsv has no columns ID, entity and role"):
        read_roles(tmp_path)


def test_roles_are_read_by_article(tmp_path: Path) -> None:
    (tmp_path / "roles_train.tsv").write_text(CODED)
    assert read_roles(tmp_path) == {
        "1": [("Brandt's", "villain"), ("the sea", "victim")],
        "2": [("Carl Moss", "hero")],
    }


@pytest.mark.model
def test_coded_names_meet_the_actors_they_name() -> None:
    roles = {"1": [("Brandt's", "villain"), ("the sea", "victim")], "2": [("Carl Moss", "hero")]}
    found = {each.actor_id: ROLES[each.role] for each in candidates(TEXTS, roles)}
    assert found["ada-brandt"] == "villain"
    assert found["carl-moss"] == "hero"
    assert found.get("norland", "none") == "none"


@pytest.mark.model
def test_figures_stand_beside_their_baselines() -> None:
    roles = {"1": [("Brandt's", "villain"), ("the sea", "victim")], "2": [("Carl Moss", "hero")]}
    found = candidates(TEXTS, roles)
    p = np.eye(len(ROLES))[[each.role for each in found]]  # as coders have it
    rows = list(figures("dev", found, p, method="ours"))
    assert {row["method"] for row in rows} == {"commonest role", "sentiment alone", "most mentioned", "ours"}
    assert all(row["value"] == 1 for row in rows if row["method"] == "ours")
    for row in rows:
        assert 0 <= float(str(row["low"])) <= float(str(row["value"])) <= float(str(row["high"])) <= 1


def test_a_folder_without_roles_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no roles_\*\.tsv"):
        read_roles(tmp_path)
