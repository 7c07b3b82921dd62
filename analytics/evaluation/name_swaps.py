"""A fairness check: how the sentiment toward a mention shifts when nothing but the name is exchanged, and how far it
is from coders for real people and parties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..annotation.encoder import Floats
from ..errors import InputError
from .figures import RESAMPLES, SEED, read_json, table
from .newsmtsc import read_sentiment

# Made-up people with common names: what is compared is what a reader would take a name for.
MADE_UP = {
    "English, women": ("Emily Carter", "Sarah Walker"),
    "English, men": ("James Miller", "Peter Walker"),
    "African American, women": ("Keisha Washington", "Latoya Jefferson"),
    "African American, men": ("Jamal Washington", "Tyrone Jefferson"),
    "Hispanic, women": ("Maria Ramirez", "Lucia Gonzalez"),
    "Hispanic, men": ("Jose Ramirez", "Carlos Gonzalez"),
    "Arabic, women": ("Fatima Haddad", "Layla Hassan"),
    "Arabic, men": ("Omar Haddad", "Khalid Hassan"),
    "Chinese, women": ("Mei Chen", "Xiaoli Zhang"),
    "Chinese, men": ("Wei Chen", "Jun Zhang"),
    "Russian, women": ("Olga Petrova", "Natalia Sokolova"),
    "Russian, men": ("Ivan Petrov", "Sergei Sokolov"),
    "Ukrainian, women": ("Oksana Kovalenko", "Iryna Shevchuk"),
    "Ukrainian, men": ("Mykola Kovalenko", "Taras Shevchuk"),
    "Indian, women": ("Priya Sharma", "Anjali Patel"),
    "Indian, men": ("Rahul Sharma", "Amit Patel"),
    "Nigerian, women": ("Ngozi Okafor", "Amina Bello"),
    "Nigerian, men": ("Chinedu Okafor", "Musa Bello"),
    "Turkish, women": ("Elif Yilmaz", "Zeynep Kaya"),
    "Turkish, men": ("Mehmet Yilmaz", "Emre Kaya"),
    "Jewish, women": ("Miriam Goldberg", "Rachel Levy"),
    "Jewish, men": ("David Goldberg", "Avi Levy"),
}
REAL = {
    "US Republicans": ("Donald Trump", "Mitch McConnell", "Ted Cruz", "Marco Rubio", "Sarah Palin", "George Bush"),
    "US Democrats": ("Joe Biden", "Barack Obama", "Hillary Clinton", "Bernie Sanders", "Nancy Pelosi", "Kamala Harris"),
    "heads of state and government": (
        "Vladimir Putin",
        "Volodymyr Zelensky",
        "Xi Jinping",
        "Angela Merkel",
        "Emmanuel Macron",
        "Recep Erdogan",
        "Narendra Modi",
        "Benjamin Netanyahu",
        "Bashar Assad",
        "Boris Johnson",
        "Nelson Mandela",
        "Nicolás Maduro",
    ),
}
COUNTRIES = {
    "Russia and Ukraine": ("Russia", "Ukraine"),
    "Israel and Iran": ("Israel", "Iran"),
    "China and Taiwan": ("China", "Taiwan"),
    "North and South Korea": ("North Korea", "South Korea"),
    "Syria and Turkey": ("Syria", "Turkey"),
    "Western states": ("France", "Germany", "Canada"),
}
PARTIES = {"US Republicans, the party": ("Republicans",), "US Democrats, the party": ("Democrats",)}

# Whom the mentions of NewsMTSC's development sentences mean, by the last word of the name.
COUNTED = {
    "US Republicans": (
        "Trump Pence McConnell Ryan Cruz Rubio Romney McCain Palin Bush Walker Kasich Carson Christie Gingrich Huckabee"
        " Perry Santorum Fiorina Boehner Graham Sessions Giuliani Kavanaugh Gorsuch Nunes Bannon Conway Priebus Spicer"
        " Gianforte Handel Flynn Manafort Cheney Limbaugh Jindal Haley Tillerson Pompeo Bolton Scaramucci DeVos Pruitt"
        " Republican Republicans GOP"
    ),
    "US Democrats": (
        "Obama Clinton Biden Sanders Pelosi Schumer Warren Kerry Gore Booker Harris Reid Kaine Schiff Feinstein Ossoff"
        " Franken Cuomo Blasio Emanuel Gillibrand O'Rourke Buttigieg Klobuchar Holder Lynch Abedin Podesta O'Malley"
        " Webb Ocasio-Cortez Omar Tlaib Democrat Democrats DNC"
    ),
}
_FULL_NAME = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+")
_COUNTRY = re.compile(
    r"\b(?:Russia|Ukraine|Israel|Iran|China|Taiwan|North Korea|South Korea|Syria|Turkey|France|Germany|Canada|Iraq"
    r"|Mexico|Afghanistan|Japan|Cuba|Libya|Egypt|Pakistan|India|Yemen|Britain|Saudi Arabia)\b"
)
_PARTY = re.compile(r"\b(?:Republicans|Democrats)\b")
_POSSESSIVE = re.compile(r"['’]s?$")


def evaluate(path: Path) -> pd.DataFrame:
    """Shifts of the mean sentiment (p for − p against) by names, and its mean error by party.

    "shift of sentiment": every mention of NewsMTSC's development parts that is a first and a last name is exchanged
    for each of a group's names, and where the sentence repeats the last name alone, this too; the value is how far
    the group's mean is from the mean over all names. In the same sentences the first country, and the first party,
    is exchanged for other countries and for the other party likewise. "largest shift" is a single name's.
    "mean error": sentiment less the coders' −1, 0 or 1, over mentions of a party and its people, and how far the two
    parties' errors are apart. 0 is best throughout; intervals are 95 % bootstraps over sentences, n the sentences.

    Raises InputError naming the file that is missing.
    """
    files = sorted(path.glob("dev_*.jsonl"))
    if not files:
        raise InputError(f"{path / 'dev_rw.jsonl'} is missing; give the folder of NewsMTSC as published")
    records = [record for file in files for record in read_json(file)]
    rows = [
        *_shifts([r for r in records if _FULL_NAME.fullmatch(r["mention"])], {**MADE_UP, **REAL}),
        *_shifts(_naming(records, _COUNTRY), COUNTRIES),
        *_shifts(_naming(records, _PARTY), PARTIES),
        *_errors(records),
    ]
    return table(rows)


def _shifts(records: Sequence[dict[str, Any]], groups: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    if not records:
        return []
    read = {name: _sentiment([exchanged(r, name) for r in records]) for names in groups.values() for name in names}
    middle = np.mean(list(read.values()), axis=0)
    rows = [
        _row(f"names: {group}", "shift of sentiment", np.mean([read[name] for name in names], axis=0) - middle)
        for group, names in groups.items()
    ]
    furthest = max(read, key=lambda name: abs(float((read[name] - middle).mean())))
    kind = {id(COUNTRIES): "countries", id(PARTIES): "parties"}.get(id(groups), "people")
    rows.append(_row(f"names: {furthest}, of all {kind}", "largest shift", read[furthest] - middle))
    return rows


def _naming(records: Sequence[dict[str, Any]], name: re.Pattern[str]) -> list[dict[str, Any]]:
    """The sentences in which one of certain names stands, with its first place."""
    sentences = dict.fromkeys(str(record["sentence"]) for record in records)
    found = ((sentence, name.search(sentence)) for sentence in sentences)
    return [{"sentence": text, "from": m.start(), "to": m.end(), "mention": m.group()} for text, m in found if m]


def exchanged(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A record with another name in the mention's place, and with its last word where the old name's stood alone.

    >>> exchanged({"sentence": "Ada Brandt left. Brandt smiled.", "from": 0, "to": 10, "mention": ""}, "Mei Chen")
    {'sentence': 'Mei Chen left. Chen smiled.', 'from': 0, 'to': 8}
    """
    start, end, sentence = record["from"], record["to"], record["sentence"]
    old, new = sentence[start:end].split()[-1], name.split()[-1]
    before, after = (re.sub(rf"\b{re.escape(old)}\b", new, part) for part in (sentence[:start], sentence[end:]))
    return {"sentence": before + name + after, "from": len(before), "to": len(before) + len(name)}


def _errors(records: Sequence[dict[str, Any]]) -> list[dict[str, object]]:
    """The mean error for mentions of either party's people, and the difference of the two."""
    rows, errors = [], {}
    for party, names in COUNTED.items():
        listed = frozenset(names.split())
        mine = [r for r in records if _POSSESSIVE.sub("", r["mention"]).split()[-1:] and _last_word(r) in listed]
        if mine:
            errors[party] = _sentiment(mine) - np.asarray([r["polarity"] for r in mine], dtype=np.float32)
            rows.append(_row(f"coders: {party}", "mean error", errors[party]))
    if len(errors) == 2:
        one, other = errors.values()
        draw = np.random.default_rng(SEED)
        apart = [draw.choice(one, len(one)).mean() - draw.choice(other, len(other)).mean() for _ in range(RESAMPLES)]
        low, high = np.quantile(apart, [0.025, 0.975])
        value, n = float(one.mean() - other.mean()), len(one) + len(other)
        rows.append(_figure("coders: US Republicans less US Democrats", "mean error", value, low, high, n))
    return rows


def _last_word(record: Mapping[str, Any]) -> str:
    return _POSSESSIVE.sub("", str(record["mention"])).split()[-1]


def _row(method: str, metric: str, values: Floats) -> dict[str, object]:
    draws = np.random.default_rng(SEED).integers(0, len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    return _figure(method, metric, float(values.mean()), low, high, len(values))


def _figure(method: str, metric: str, value: float, low: float, high: float, n: int) -> dict[str, object]:
    row: dict[str, object] = {"split": "dev", "method": method, "metric": metric, "value": value}
    return {**row, "low": float(low), "high": float(high), "n": n}


def _sentiment(records: Sequence[dict[str, Any]]) -> Floats:
    p = read_sentiment(records)
    return np.asarray(p[:, 2] - p[:, 0], dtype=np.float32)
