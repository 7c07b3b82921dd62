"""Codes in and out: CSV, doccano, Label Studio."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from analytics.coding import FORMATS, Desk, Sample, draw_sample, export_codes, import_codes, labelling_config
from analytics.errors import InputError
from analytics.results.store import Store, open_store

MARA = "person:mara_quill"


@pytest.fixture
def store(results: Path, tmp_path: Path) -> Store:
    return open_store(Path(shutil.copytree(results, tmp_path / "results")))


@pytest.fixture
def sample(store: Store) -> Sample:
    sample = draw_sample(store, "sentiment_vader", n=8, actor=MARA)
    desk = Desk(store, sample, "ada")
    for key in ("1", "3", None):
        place = desk.next()
        assert place is not None
        desk.answer(place.item_id, key)
    return sample


@pytest.mark.parametrize("format_", FORMATS)
def test_what_goes_out_comes_back_as_it_was(store: Store, sample: Sample, format_: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text(export_codes(store, sample, format_), encoding="utf-8")  # type: ignore[arg-type]
    again = import_codes(sample, file)
    assert (again.new, again.known, again.notes) == (0, 3, ())
    other = draw_sample(store, "sentiment_vader", n=8, actor=MARA, name="other")
    twice = [import_codes(other, file).new, import_codes(other, file).new]
    assert twice == [3, 0]
    columns = ["item_id", "coder", "code", "time"]
    assert other.log().in_force[columns].equals(sample.log().in_force[columns])


@pytest.mark.parametrize("format_", FORMATS)
def test_what_goes_out_is_blind(store: Store, sample: Sample, format_: str) -> None:
    text = export_codes(store, sample, format_)  # type: ignore[arg-type]
    assert all(item in text for item in sample.queue["item_id"])
    for hidden in ("Harbour Post", "Northern Ledger", "machine", "probability", "The bridge, day"):
        assert hidden not in text


def test_a_coder_fills_in_the_csv(store: Store, sample: Sample, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(export_codes(store, sample, "csv"))))
    blank = [row for row in rows if not row["code"]]
    lines = ["item_id;code", f"{blank[0]['item_id']};Against", f"{blank[1]['item_id']};−1", f"{blank[2]['item_id']};"]
    file = tmp_path / "ben.csv"
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    assert import_codes(sample, file, coder="ben").new == 2
    force = sample.log().in_force
    assert force.loc[force["coder"] == "ben", "code"].tolist() == [-1, -1]


def test_what_cannot_be_used_is_named_and_the_rest_kept(sample: Sample, tmp_path: Path) -> None:
    first, second, *_ = sample.queue["item_id"].tolist()[3:]
    file = tmp_path / "codes.csv"
    file.write_text(
        f"item_id,code,coder\n{first},for,ben\n{second},splendid,ben\nnowhere:1-2,for,ben\n,for,ben\n{second[:4]}"
    )
    found = import_codes(sample, file)
    said = " ".join(found.notes)
    assert found.new == 1
    assert (
        "line 3: 'splendid' is no answer; there are: against (-1), neither (0), for (1), cannot tell; left out" in said
    )
    assert "line 5: no item_id" in said and "not in this sample: nowhere:1-2" in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("id,code\n1,2\n", "there is no column item_id; it needs item_id and code"),
        ("{}\n", "holds no code|label"),
        ("[1]", "cannot be read as label-studio"),
        ('{"text": "a", "label": ["for"]}\n', "no item_id"),
        ('{"text": "a", "label": ["for", "against"], "item_id": "x"}\n{"te', "several labels"),
        ("item_id,code\n{item},for\n", "does not say who coded; add --coder NAME"),
        ("item_id,code,coder,time\n{item},for,ben,soon\n", "'soon' is no time"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(sample: Sample, tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "codes"
    file.write_text(text.replace("{item}", sample.queue["item_id"].iloc[0]))
    before = len(sample.log().lines)
    if text == "{}\n":  # a text without label is not coded yet
        assert import_codes(sample, file).new == 0
    else:
        with pytest.raises(InputError, match=why):
            import_codes(sample, file)
    assert len(sample.log().lines) == before


def test_a_file_that_is_no_text_is_refused(sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_bytes(b"item_id,code\n\xff\xfe,for\n")
    with pytest.raises(InputError, match="is not UTF-8"):
        import_codes(sample, file)


def test_what_doccano_writes_is_read(sample: Sample, tmp_path: Path) -> None:
    one, two = sample.queue["item_id"].tolist()[3:5]
    records = [
        {"id": 7, "text": "a", "label": ["for"], "item_id": one, "Comments": []},
        {"id": 8, "text": "b", "labels": ["neither"], "meta": {"item_id": two}, "annotation_approver": "eve"},
        {"id": 9, "text": "c", "label": [], "item_id": two},
    ]
    file = tmp_path / "ben.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records[:1]))
    assert import_codes(sample, file, coder="ben").new == 1
    file.write_text("\n".join(json.dumps(record) for record in records[1:]))
    assert import_codes(sample, file).new == 1
    assert {"ben", "eve"} < set(sample.log().in_force["coder"])


def test_what_label_studio_writes_is_read(sample: Sample, tmp_path: Path) -> None:
    one, two = sample.queue["item_id"].tolist()[3:5]

    def annotation(label: str, **more: object) -> dict[str, object]:
        result = {"from_name": "code", "to_name": "text", "type": "choices", "value": {"choices": [label]}}
        return {
            "id": 1,
            "result": [result],
            "was_cancelled": False,
            "created_at": "2031-01-06T10:00:00.000001Z",
            **more,
        }

    tasks = [
        {"id": 1, "data": {"item_id": one}, "annotations": [annotation("for", completed_by=3)]},
        {
            "id": 2,
            "data": {"item_id": two},
            "annotations": [annotation("against", completed_by={"email": "e@x.org"})],
        },
        {"id": 3, "data": {"item_id": two}, "annotations": [annotation("for", was_cancelled=True, completed_by=3)]},
    ]
    file = tmp_path / "tasks.json"
    file.write_text(json.dumps(tasks))
    assert import_codes(sample, file).new == 2 and import_codes(sample, file).known == 2
    changed = [{**tasks[0], "annotations": [annotation("neither", completed_by=3, updated_at="2031-01-07T10:00:00Z")]}]
    file.write_text(json.dumps(changed))
    assert import_codes(sample, file).new == 1
    force = sample.log().in_force.set_index(["item_id", "coder"])["code"]
    assert force[one, "3"] == 0 and force[two, "e@x.org"] == -1


def test_the_labelling_interface_has_every_answer(sample: Sample) -> None:
    config = labelling_config(sample)
    assert all(f'value="{label}"' in config for label in ("against", "neither", "for", "cannot tell"))
