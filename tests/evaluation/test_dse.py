from pathlib import Path

import numpy as np
import pytest

from analytics.errors import InputError
from analytics.evaluation.dse import read_dse
from analytics.evaluation.figures import calibration, confusion, per_class


def test_pairs_are_read_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "train.txt"
    lines = [
        "[Moor] blamed [the harbour board]s of Halsmer.\tMoor\tthe harbour board\t3",
        '[A.""B] met [C].\t"A."\tC\t0',
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    first, second = read_dse(file)
    assert first.sentence == "Moor blamed the harbour boards of Halsmer."
    assert (first.sentence[slice(*first.p)], first.sentence[slice(*first.q)]) == ("Moor", "the harbour board")
    assert first.label == 3
    assert (second.sentence[slice(*second.p)], second.sentence[slice(*second.q)]) == ('A.""B', "C")


@pytest.mark.parametrize("line", ["no tabs", "[A] met [B].\tA\tB\t7", "A met B.\tA\tB\t0"])
def test_other_formats_name_file_and_line(line: str, tmp_path: Path) -> None:
    file = tmp_path / "train.txt"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=r"train\.txt:1: "):
        read_dse(file)
    with pytest.raises(InputError, match="missing"):
        read_dse(tmp_path / "valid.txt")


def test_figures_per_class_and_calibration() -> None:
    gold, p = [0, 0, 1, 1], np.array([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.2, 0.8]], dtype=np.float32)
    predicted = p.argmax(axis=1).tolist()
    macro, zero, one = per_class("s", "m", gold, predicted, ["no", "yes"])
    assert (zero["metric"], zero["value"], zero["n"]) == ("F1 of no", pytest.approx(0.8), 2)
    assert one["value"] == pytest.approx(2 / 3) and macro["value"] == pytest.approx((0.8 + 2 / 3) / 2)
    assert calibration("s", "m", gold, p)["value"] == pytest.approx((abs(2.7 - 2) + abs(0.8 - 1)) / 4)
    assert confusion(gold, predicted, ["no", "yes"]).to_numpy().tolist() == [[2, 0], [1, 1]]
