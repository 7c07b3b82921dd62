"""Codes in and out: CSV, the JSON Lines of doccano and the JSON of Label Studio.

What goes out shows an item as coders see it: no outlet, no headline, not the machine's answer. Rows of CSV for one's
own analysis, which have all of it, are `Coded.codes`.

Sources: doccano, Exporting labels (text classification); Label Studio, Label Studio JSON format of annotated tasks.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from ..errors import InputError
from ..measures import Coding
from ..results.store import Store
from .blind import Shown, shown
from .code_log import append, checked_name, new_lines
from .codes import ADJUDICATED
from .samples import Sample

Format = Literal["csv", "doccano", "label-studio"]
FORMATS: tuple[Format, ...] = get_args(Format)
CANNOT_TELL = "cannot tell"
_NEEDS = "item_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file of codes: how many were new, how many known already, and what could not be used."""

    new: int
    known: int
    notes: tuple[str, ...]


def export_codes(store: Store, sample: Sample, format_: Format) -> str:
    """The sample's items with the codes that coders gave, in a file format; items without codes are to be coded.

    CSV has a row for each item and coder (one without coder and code where there is none), with columns item_id, ask,
    before, text, after, coder, code, time. In the text, the words asked about stand between » and «, words that are
    not judged between ⟨ and ⟩.
    """
    codes = sample.log().in_force
    kind, voice = sample.coding.item, sample.about.voice
    seen = {
        str(item["item_id"]): found
        for _, item in sample.queue.iterrows()
        if (found := shown(store, item, kind=kind, voice=voice)) is not None
    }
    given = {item_id: part.to_dict("records") for item_id, part in codes.groupby("item_id")}
    writer: Callable[[Sample, Mapping[str, Shown], Mapping[Any, list[dict[Any, Any]]]], str]
    writer = {"csv": _csv, "doccano": _doccano, "label-studio": _label_studio}[format_]
    return writer(sample, seen, given)


def import_codes(sample: Sample, path: Path, *, coder: str | None = None, format_: Format | None = None) -> Imported:
    """Add the codes of a file to a sample. A file that is merged twice counts once.

    Codes are the labels of the answers, their values, or "cannot tell". `coder` names who gave them where the file
    does not. Without `format_` it is told by the file's beginning.

    Raises InputError where the file cannot be read or holds no code that could be used.
    """
    text = _text_of(path)
    chosen = format_ or _format_of(text)
    reader: dict[str, Callable[[str], Iterable[_Given]]]
    reader = {"csv": _read_csv, "doccano": _read_doccano, "label-studio": _read_label_studio}
    try:
        found = list(reader[chosen](text))
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as {chosen}: {error}") from error
    return _added(sample, path, found, coder)


def labelling_config(sample: Sample) -> str:
    """The labelling interface of a Label Studio project for this sample."""
    from xml.sax.saxutils import quoteattr

    choices = "".join(f"<Choice value={quoteattr(label)}/>" for label in _labels(sample.coding).values())
    return (
        '<View><Header value="$ask"/><Text name="text" value="$text"/>'
        f'<Choices name="code" toName="text" choice="single" showInline="true">{choices}</Choices></View>'
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """A code as a file has it; `problem` says why it is none."""

    where: str
    item_id: str
    code: str | None  # None: not coded
    coder: str | None
    time: str | None = None
    problem: str = ""


def _added(sample: Sample, path: Path, found: list[_Given], coder: str | None) -> Imported:
    there, coding = set(sample.frame["item_id"]), sample.coding
    lines: list[dict[str, Any]] = []
    notes: list[str] = []
    strange: list[str] = []
    for each in found:
        name = coder or each.coder
        if each.problem:
            notes.append(f"{each.where}: {each.problem}; left out")
        elif each.code is None or not each.code.strip():
            continue  # not coded yet
        elif each.item_id not in there:
            strange.append(each.item_id)
        elif not name:
            raise InputError(f"{path}, {each.where} does not say who coded; add --coder NAME")
        elif checked_name(name) == ADJUDICATED and coder:
            raise InputError(f"no coder can be called {ADJUDICATED!r}")
        else:
            try:
                line = {"item_id": each.item_id, "coder": checked_name(name), "code": code_of(coding, each.code)}
                lines.append(line | ({"time": _time(each.time)} if each.time else {}))
            except InputError as error:
                notes.append(f"{each.where}: {error}; left out")
    if strange:
        n, first = len(strange), strange[0]
        notes.append(f"{n:,} {'code is' if n == 1 else 'codes are'} of items that are not in this sample: {first}")
    if found and not lines and (notes or strange):
        raise InputError(f"{path} holds no code for this sample: {notes[0]}")
    new = new_lines(sample.log(), lines)
    append(sample.folder, new)
    return Imported(new=len(new), known=len(lines) - len(new), notes=tuple(notes))


def code_of(coding: Coding, text: str) -> float | None:
    """The code that a label or a value stands for; None for "cannot tell". Raises InputError, naming the answers.

    >>> from analytics.measures import SCORES
    >>> [code_of(SCORES["sentiment"].coding, text) for text in ("Against", "1", "cannot tell")]
    [-1.0, 1.0, None]
    """
    said = text.strip()
    if said.casefold() == CANNOT_TELL:
        return None
    for answer in coding.answers:
        if said.casefold() == answer.label.casefold():
            return float(answer.value)
    try:
        value = float(said.replace("−", "-"))
    except ValueError:
        value = float("nan")
    if value not in {float(answer.value) for answer in coding.answers}:
        known = ", ".join(f"{answer.label} ({answer.value:g})" for answer in coding.answers)
        raise InputError(f"{said[:40]!r} is no answer; there are: {known}, {CANNOT_TELL}")
    return value


def _labels(coding: Coding) -> dict[float | None, str]:
    return {**{float(answer.value): answer.label for answer in coding.answers}, None: CANNOT_TELL}


def _label(sample: Sample, code: Any) -> str:
    value = None if pd.isna(code) else float(code)
    return _labels(sample.coding).get(value, f"{value:g}" if value is not None else "")


def ask(sample: Sample) -> str:
    """The question put to coders of a sample."""
    return sample.coding.ask.replace("{actor}", sample.about.actor or "the actor")


def in_signs(seen: Shown) -> str:
    """An item's text with » « around the words asked about and ⟨ ⟩ around what is not judged.

    >>> in_signs(Shown(text="He lied, she said.", marked=((0, 2),), grey=((9, 17),)))
    '»He« lied, ⟨she said⟩.'
    """
    marks = [(a, "»") for a, _ in seen.marked] + [(b, "«") for _, b in seen.marked]
    marks += [(a, "⟨") for a, _ in seen.grey] + [(b, "⟩") for _, b in seen.grey]
    text = seen.text
    closing_last = sorted(marks, key=lambda mark: (mark[0], mark[1] in "»⟨"), reverse=True)
    for place, sign in closing_last:
        text = text[:place] + sign + text[place:]
    return text


def _csv(sample: Sample, seen: Mapping[str, Shown], given: Mapping[Any, list[dict[Any, Any]]]) -> str:
    rows = [
        {
            "item_id": item_id,
            "ask": ask(sample),
            "before": each.before,
            "text": in_signs(each),
            "after": each.after,
            "coder": line.get("coder"),
            "code": _label(sample, line["code"]) if line else None,
            "time": line["time"].isoformat() if line else None,
        }
        for item_id, each in seen.items()
        for line in given.get(item_id, [{}])
    ]
    columns = ["item_id", "ask", "before", "text", "after", "coder", "code", "time"]
    return pd.DataFrame(rows, columns=columns).to_csv(index=False, lineterminator="\n")


def _whole(each: Shown) -> str:
    around = [each.before and f"⟨{each.before}⟩", in_signs(each), each.after and f"⟨{each.after}⟩"]
    return "\n\n".join(filter(None, around))


def _doccano(sample: Sample, seen: Mapping[str, Shown], given: Mapping[Any, list[dict[Any, Any]]]) -> str:
    """A line for each item and coder; doccano keeps the fields beside text and label as the text's meta data."""
    lines = []
    for item_id, each in seen.items():
        for line in given.get(item_id, [{}]):
            record = {"text": _whole(each), "label": [_label(sample, line["code"])] if line else [], "item_id": item_id}
            record |= {"ask": ask(sample)}
            record |= {"coder": line["coder"], "time": line["time"].isoformat()} if line else {}
            lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines)


def _label_studio(sample: Sample, seen: Mapping[str, Shown], given: Mapping[Any, list[dict[Any, Any]]]) -> str:
    """Tasks with annotations. Who coded stands in the result's meta: completed_by would have to be a user there."""
    tasks = []
    for item_id, each in seen.items():
        annotations = [
            {
                "created_at": line["time"].isoformat(),
                "result": [
                    {
                        "from_name": "code",
                        "to_name": "text",
                        "type": "choices",
                        "value": {"choices": [_label(sample, line["code"])]},
                        "meta": {"text": [line["coder"]]},
                    }
                ],
            }
            for line in given.get(item_id, [])
        ]
        data = {"text": _whole(each), "ask": ask(sample), "item_id": item_id}
        tasks.append({"data": data} | ({"annotations": annotations} if annotations else {}))
    return json.dumps(tasks, ensure_ascii=False, indent=1)


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8; save it as CSV UTF-8 or JSON") from error


def _format_of(text: str) -> Format:
    start = text.lstrip()[:1]
    return "label-studio" if start == "[" else "doccano" if start == "{" else "csv"


def _read_csv(text: str) -> Iterable[_Given]:
    sample = text[:4096].split("\n")[0]
    delimiter = max(",;\t", key=sample.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name or "" for name in rows.fieldnames or []]
    if missing := [name for name in (_NEEDS, "code") if name not in names]:
        raise ValueError(f"there is no column {missing[0]}; it needs item_id and code, and coder or --coder")
    for row in rows:
        item_id, time = row[_NEEDS] or "", row.get("time") or None
        problem = "" if item_id else "no item_id"
        if problem and not any(row.values()):
            continue
        yield _Given(f"line {rows.line_num}", item_id, row["code"], row.get("coder") or None, time, problem)


def _read_doccano(text: str) -> Iterable[_Given]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            yield _Given(f"line {number}", "", None, None, problem="is cut off or no JSON")
            continue
        meta = record["meta"] if isinstance(record.get("meta"), dict) else {}
        labels = record.get("label", record.get("labels", []))
        labels = [labels] if isinstance(labels, str) else list(labels or [])
        item_id = str(record.get(_NEEDS) or meta.get(_NEEDS) or "")
        coder = record.get("coder") or meta.get("coder") or record.get("annotation_approver")
        time = record.get("time") or meta.get("time")
        problem = "" if item_id else "no item_id" if labels else ""
        problem = "several labels" if len(labels) > 1 else problem
        yield _Given(f"line {number}", item_id, str(labels[0]) if labels else None, coder, time, problem)


def _read_label_studio(text: str) -> Iterable[_Given]:
    for number, task in enumerate(json.loads(text), 1):
        item_id = str(task["data"].get(_NEEDS) or "")
        for annotation in task.get("annotations", task.get("completions", [])):
            if annotation.get("was_cancelled"):
                continue
            chosen = [each for each in annotation.get("result", []) if each.get("type") == "choices"]
            labels = [str(label) for each in chosen for label in each["value"]["choices"]]
            by = annotation.get("completed_by")
            by = by.get("email") or by.get("id") if isinstance(by, dict) else by
            meta = next((each["meta"]["text"][0] for each in chosen if each.get("meta", {}).get("text")), None)
            coder = meta or (str(by) if by is not None else None)
            problem = "several choices" if len(labels) > 1 else "" if item_id else "no item_id"
            time = annotation.get("updated_at") or annotation.get("created_at")
            yield _Given(f"task {number}", item_id, labels[0] if labels else None, coder, time, problem)


def _time(text: str) -> str:
    """A time as lines have it. Raises InputError."""
    try:
        time = pd.Timestamp(text)
        time = time.tz_localize("UTC") if time.tzinfo is None else time.tz_convert("UTC")
        return str(time.isoformat(timespec="microseconds"))
    except (ValueError, TypeError) as error:
        raise InputError(f"{str(text)[:40]!r} is no time") from error
