"""Odd JSON: lists and objects in every order, deep, long, cut off and undecodable."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random

from .inputs import OddInput, written

_DEPTHS = (60, 200, 400, 900, 2_000, 100_000)


def odd_objects(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """The same records in every layout under both endings, and one odd record among them."""
    for ending in ("json", "jsonl"):
        yield from _layouts(ending, texts)
        yield from _odd_values(ending, texts)
    yield from _huge()


def _layouts(ending: str, texts: Sequence[str]) -> Iterator[OddInput]:
    objects = [{"title": f"No. {number}", "text": text} for number, text in enumerate(texts)]
    one, pretty = [json.dumps(each) for each in objects], [json.dumps(each, indent=2) for each in objects]
    n, half = len(objects), len(objects) // 2
    layouts: dict[str, tuple[str, int | None]] = {
        "a line each": ("\n".join(one), n),
        "lines ending in CR LF": ("\r\n".join(one) + "\r\n", n),
        "blank lines between": ("\n\n\n".join(one), n),
        "one list": (json.dumps(objects), n),
        "one list over lines": (json.dumps(objects, indent=2), n),
        "a byte order mark": ("\ufeff" + json.dumps(objects), n),
        "objects over lines": ("\n".join(pretty), n),
        "objects over lines, with commas": (",\n".join(pretty), n),
        "two lists": (f"[{','.join(one[:half])}]\n[{','.join(one[half:])}]", n),
        "two lists on one line": (f"[{','.join(one[:half])}][{','.join(one[half:])}]", n),
        "a list and objects": (f"[{','.join(one[:half])}], {', '.join(one[half:])}", n),
        "objects and a list": ("\n".join(one[:half]) + f"\n[{','.join(one[half:])}]", n),
        "a comma after the last": (f"[{','.join(one)},]", n),
        "a list without an end": (f"[{','.join(one)},", n + 1),
        "cut off in a record": (f"[{','.join(one)}"[:-20], n),
    }
    for what, (content, records) in layouts.items():
        yield _of(ending, "JSON layouts", what, content, records, None, scored=ending == "json")


def _odd_values(ending: str, texts: Sequence[str]) -> Iterator[OddInput]:
    deep = {f"a text {n:,} levels deep": f'{{"text": {"[" * n}"x"{"]" * n}}}' for n in _DEPTHS}
    deep |= {f"a date {n:,} objects deep": f'{{"text": "x", "date": {_objects(n)}}}' for n in _DEPTHS}
    lost = {
        **deep,
        "a number of 5,000 digits": f'{{"text": {"9" * 5_000}}}',
        "an object for a text": '{"text": {"0": "x", "1": "y"}}',
        "no text": '{"title": "x"}',
        "null": '{"text": null}',
        "a list for a record": '["text", "x"]',
        "a number for a record": "17",
        "a text for a record": '"text"',
    }
    kept = {
        "a lone surrogate": '{"text": "The wall \\ud800 stands."}',
        "a NUL": '{"text": "The wall \\u0000 stands."}',
        "the same key twice": '{"text": "x", "text": "The wall stands."}',
        "a key with a line break": '{"text": "The wall stands.", "a\\n\\u2028b": 1}',
        "not a number": '{"text": "The wall stands.", "date": NaN}',
        "an endless number": '{"text": "The wall stands.", "date": 1e999}',
        "a date that no calendar has": '{"text": "The wall stands.", "date": 99999999999999999999}',
        "a text in paragraphs": '{"text": ["The wall stands.", "The dam broke."]}',
        "an unknown deep value": '{"text": "The wall stands.", "x": ' + "[" * 400 + "]" * 400 + "}",
    }
    others = [json.dumps({"text": text}) for text in texts]
    for articles, values in ((0, lost), (1, kept)):
        for what, value in values.items():
            records = [others[0], value, *others[1:]]
            content = "\n".join(records) if ending == "jsonl" else f"[{', '.join(records)}]"
            n = len(others)
            yield _of(ending, "JSON values", what, content, n + 1, n + articles, scored=ending == "jsonl" and n < 9)


def _objects(levels: int) -> str:
    return '{"name": ' * levels + '"x"' + "}" * levels


def _huge() -> Iterator[OddInput]:
    record = '{"text": "The wall stands."}'
    contents: dict[str, tuple[str, str, int | None]] = {
        "300,000 numbers in a list": ("json", f"[{'1,' * 300_000}{record}]", 300_001),
        "30,000 records in a list": ("json", f"[{','.join([record] * 30_000)}]", 30_000),
        "30,000 records on one line": ("jsonl", f"[{','.join([record] * 30_000)}]", 30_000),
        "a megabyte of opened lists": ("json", "[" * 1_000_000, None),
        "a megabyte of opened objects": ("jsonl", '{"a":' * 200_000, 1),
        "a text of a megabyte without an end": ("json", '[{"text": "' + "x " * 500_000, 1),
        "a malformed record above a megabyte": ("json", "[{oops}," + ",".join([record] * 30_000) + "]", 1),
        "200,000 keys": ("json", json.dumps([{"text": "The wall stands."} | {f"k{i}": 1 for i in range(80_000)}]), 1),
        "a megabyte of commas": ("json", "[" + "," * 1_000_000 + record + "]", 1),
        "records of ever new keys": (
            "jsonl",
            "\n".join(json.dumps({"text": "The wall stands.", f"key {i}": i}) for i in range(15_000)),
            15_000,
        ),
    }
    for what, (ending, content, records) in contents.items():
        yield _of(ending, "size", what, content, records, None)


def _of(
    ending: str, kind: str, what: str, content: str, records: int | None, articles: int | None, *, scored: bool = False
) -> OddInput:
    return OddInput(
        kind=kind,
        what=f"{what}, .{ending}",
        name=f"news.{ending}",
        write=written(content),
        records=records,
        articles=articles,
        scored=scored,
    )
