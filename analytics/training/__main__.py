"""Makes the shipped weights anew.

    python -m analytics.training examples GOLD OUT --corpus FILE
    python -m analytics.training teacher - OUT --name NAME --mpnet FOLDER
    python -m analytics.training reader - OUT [--config TOML] [--start WEIGHTS]
    python -m analytics.training blend - OUT --start WEIGHTS --other WEIGHTS
    python -m analytics.training texts_teacher GOLD OUT --mpnet FOLDER
    python -m analytics.training attributions GOLD OUT --corpus FILE
    python -m analytics.training export - OUT --start WEIGHTS --of reader|attributions
    python -m analytics.training calibration GOLD OUT
    python -m analytics.training readings - OUT
    python -m analytics.training frames|portrayals|author_sentiment GOLD OUT
    python -m analytics.training sentences - OUT
    python -m analytics.training shipped - OUT
    python -m analytics.training precision GOLD OUT --start WEIGHTS

GOLD holds the gold sets as published, each in a folder of its name: polnear, newsmtsc, dse, szeged_uncertainty,
narrative_frames, persent. In this order: the sentences in word pieces, which all others learn from (minutes on a CPU);
each of the teachers that `teachers.toml` names, which learns and then says what it thinks of the unlabelled sentences;
the reader, which learns from the gold sets, from made-up sentences and from what the teachers said; the attribution
tagger, which learns from PolNeAR and, after `texts_teacher` (hedges and attributions), from what this one sees in
unlabelled news; the tagger that ships had no teacher (its card says why). These are fastest on a GPU and use one where
there is one. Then both are exported, the reader's temperatures set,
and what rests on the reader is fitted anew, in minutes: the coefficients of the frames, the weights of heroes, villains
and victims, and those of the author's sentiment: tables that go beside the lexicons. `readings` learns from invented
sentences and the sentence encoder alone, which `sentences` exports as published. `shipped` reads the weights of the
reader as it ships back; `precision` shows what the reader loses in int8.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score

from ..annotation.reader import FOLDER
from ..annotation.windows import load_tokenizer
from ..evaluation.polnear_gold import read_polnear
from . import examples, export, multi_task, teacher
from .encoder import DEVICE, base_model
from .model import Model

HERE = Path(__file__).parent
AT_ONCE = 24000  # word pieces that a teacher reads at once
FITTED = ("readings", "frames", "portrayals", "author_sentiment")  # on what the encoders see, in a minute or less
TRAINED = ("examples", "teacher", "texts_teacher", "reader", "attributions")
MODELS = (*TRAINED, "blend", "export", "calibration", *FITTED, "sentences", "shipped", "precision")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m analytics.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("gold", type=Path, help="the folder of the gold sets, or of the examples")
    parser.add_argument("out", type=Path, help="where the results go")
    parser.add_argument("--config", type=Path, help="another configuration (TOML)")
    parser.add_argument("--name", help="teacher: which of those in teachers.toml")
    parser.add_argument("--mpnet", type=Path, help="teachers: the folder of all-mpnet-base-v2")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="unlabelled articles")
    parser.add_argument("--start", type=Path, help="weights of an earlier run")
    parser.add_argument("--other", type=Path, help="blend: another run's weights")
    parser.add_argument("--of", choices=("reader", "attributions"), help="export: which of the two")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.model in TRAINED:
        _train(given)
    elif given.model in FITTED:
        _fit(given.model, given.gold, given.out)
    else:
        _finish(given)


def _train(given: argparse.Namespace) -> None:
    from . import pool

    tokenizer = load_tokenizer(base_model() / "tokenizer.json")
    config = tomllib.loads((given.config or HERE / _CONFIGS[given.model]).read_text(encoding="utf-8"))
    texts = read_polnear(given.gold / "polnear" / "train") if (given.gold / "polnear").exists() else []
    if given.model == "examples":
        examples.make(given.gold, given.corpus, tokenizer, config=config, out=given.out)
    elif given.model == "teacher":
        teach(given.name, given.out, given.mpnet, tokenizer, config[given.name])
    elif given.model == "texts_teacher":
        teach_texts(given.out, given.mpnet, tokenizer, config, texts)
    elif given.model == "reader":
        read = examples.read(given.out / examples.FILE, names_masked=True)
        sets = examples.taught(read, sorted(given.out.glob("*_said.npz")))
        model = multi_task.train(sets, tokenizer, config=config, start=given.start, out=given.out)
        torch.save(model.state_dict(), given.out / "reader.pt")
    else:
        news = [text for file in given.corpus for text in pool.read_texts(file)]
        train_tagger(given.out, tokenizer, config, texts, news)


_CONFIGS = {
    "examples": "examples.toml",
    "teacher": "teachers.toml",
    "texts_teacher": "texts_teacher.toml",
    "reader": "reader.toml",
    "attributions": "attributions.toml",
}


def teach(name: str, out: Path, mpnet: Path, tokenizer: Any, config: dict[str, Any]) -> None:
    """Train one teacher of mentions or pairs; write what it says of the unlabelled ones to NAME_said.npz, and how well
    it does on the development part to NAME.txt."""
    head = config["head"]
    read = examples.read(out / examples.FILE, names_masked=config["names_masked"])
    sets = {each: teacher.marked(head, sentences, tokenizer) for each, sentences in read.items()}
    model = teacher.train(head, sets, mpnet, tokenizer, config=config)
    judged = [item for item in sets[{"sentiment": "newsmtsc_dev", "relation": "dse_dev"}[head]] if item.p]
    if head == "relation":
        judged = judged[::2]  # each pair stands there from either end
    guessed = teacher.predict(model, judged, pieces=AT_ONCE).argmax(-1).tolist()
    f1 = f1_score([int(np.argmax(item.p)) for item in judged], guessed, average="macro")
    (out / f"{name}.txt").write_text(f"{name} macro-F1 {f1:.4f}\n", encoding="utf-8")
    asked = teacher.marked(head, examples.asked(read, head), tokenizer)
    p = teacher.predict(model, asked, pieces=AT_ONCE).numpy().astype(np.float16)
    np.savez_compressed(out / f"{name}_said.npz", **{head: p})


def teach_texts(out: Path, mpnet: Path, tokenizer: Any, config: dict[str, Any], texts: Any) -> None:
    """Train the teacher of hedges and attributions; write its weights to texts_teacher.pt, and what it says of hedges
    in the unlabelled sentences to texts_teacher_said.npz."""
    read = examples.read(out / examples.FILE, names_masked=True)
    model = multi_task.train(read, tokenizer, config=config, texts=texts, mpnet=mpnet, out=out / "texts_teacher")
    torch.save(model.state_dict(), out / "texts_teacher.pt")
    said = multi_task.hedges_of(model, examples.asked(read, "hedge"), pieces=AT_ONCE)
    np.savez_compressed(out / "texts_teacher_said.npz", hedge=np.concatenate(list(said)))


def train_tagger(out: Path, tokenizer: Any, config: dict[str, Any], texts: Any, news: list[str]) -> None:
    """Train the tagger on gold, and on what its teacher sees in the news where the teacher's weights lie in OUT."""
    weights = out / "texts_teacher.pt"
    wide = None
    if weights.exists():
        wide = Model(wide=True)
        wide.load_state_dict(torch.load(weights))
        wide.to(DEVICE).eval()
    else:
        config["shares"].pop(multi_task.NEWS, None)
    model = multi_task.train(
        {}, tokenizer, config=config, texts=texts, news=news, teacher=wide, out=out / "attributions"
    )
    torch.save(model.state_dict(), out / "attributions.pt")


def _fit(name: str, gold: Path, out: Path) -> None:
    """Fit what rests on the encoders as they ship."""
    from . import author_sentiments, frames, portrayals, readings

    if name == "readings":
        readings.fit(out)
    elif name == "author_sentiment":
        author_sentiments.fit(gold / "persent", out)
    else:
        (frames if name == "frames" else portrayals).fit(gold / "narrative_frames", out)


def _finish(given: argparse.Namespace) -> None:
    from . import precision
    from .calibration import calibrate
    from .shipped import read_back

    if given.model == "sentences":
        export.export_sentences(given.out)
    elif given.model == "shipped":
        torch.save(read_back(FOLDER).state_dict(), given.out / "shipped.pt")
    elif given.model == "calibration":
        print(calibrate(given.gold, given.out))
    elif given.model == "blend":  # of two runs, of which one went on from the other (Wortsman et al. 2022)
        first, second = (torch.load(file, map_location="cpu") for file in (given.start, given.other))
        torch.save({name: (value + second[name]) / 2 for name, value in first.items()}, given.out / "reader.pt")
    else:
        model = Model()
        model.load_state_dict(torch.load(given.start, map_location="cpu"))
        if given.model == "precision":
            print(precision.compare(model, given.gold, given.out).to_string(index=False))
        else:
            (export.export_reader if given.of == "reader" else export.export_attributions)(model, given.out)


if __name__ == "__main__":
    main()
