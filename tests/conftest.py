from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from sosei.plan.model import Plan
from sosei.plan.reading import load_plan

# The same examples on every machine, and no clock; `--hypothesis-profile explore` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("repeatable")

# Where Python is told to keep no bytecode, every command that a test runs would compile the whole program
# anew, which takes longer than the command; here it is kept for one run, beside the checkout.
if sys.dont_write_bytecode:
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = tempfile.mkdtemp(prefix="sosei-bytecode-")
    atexit.register(shutil.rmtree, sys.pycache_prefix, ignore_errors=True)
    del os.environ["PYTHONDONTWRITEBYTECODE"]
    sys.dont_write_bytecode = False

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "tests/plan/samples/v1.json"
EXAMPLES = ("hitoyoshi", "aso")


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the language that another one chose (the command line keeps it in the environment)."""
    monkeypatch.setenv("SOSEI_LANG", "ja")


@pytest.fixture(scope="session")
def sample_bytes() -> bytes:
    return SAMPLE.read_bytes()


@pytest.fixture(scope="session")
def sample(sample_bytes: bytes) -> Plan:
    return load_plan(sample_bytes)


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    return {name: load_plan((ROOT / "examples" / name / "plan.json").read_bytes()) for name in EXAMPLES}


@pytest.fixture(scope="session")
def seeds() -> dict[str, Any]:
    """The data files the examples were made from; they lie beside the checkout or nowhere."""
    import json

    folder = SHARED / "data/seeds"
    if not folder.is_dir():
        pytest.skip("the data files are not beside this checkout")
    return {
        "hitoyoshi": json.loads((folder / "hitoyoshi_r6.json").read_bytes()),
        "aso": json.loads((folder / "aso_3rd.json").read_bytes()),
    }
