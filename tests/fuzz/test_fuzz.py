"""The fuzz targets for some seconds: with hypothesis always, with atheris where it is installed."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MARKS = "\"'“”‘’«»„`´()[]—- \n.,:;!?&<>/%{}\\"
WORDS = [
    "said",
    "the",
    "Ada",
    "3/4/2022",
    "&amp;",
    "<p>",
    "www.a.example",
    "2031-01-06",
    "Date: ",
    "\u200b",
    "é",
    "\ud800",
]
TEXTS = st.lists(st.text(MARKS, max_size=4) | st.sampled_from(WORDS) | st.text(max_size=6), max_size=30).map("".join)
BYTES = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=400)
SECONDS = 4


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=BYTES)
def test_no_bytes_break_what_is_promised(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("name", ["normalise", "quotations", "metadata"])
def test_a_fuzzer_finds_nothing_in_seconds(name: str, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [
        sys.executable,
        root / "tests/fuzz/with_atheris.py",
        name,
        tmp_path,
        f"-max_total_time={SECONDS}",
    ]
    own = {"PYTHONPATH": os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])}
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **own}, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert int(re.search(r"Done (\d+) runs", done.stderr)[1]) > 10  # it came to fuzzing
