"""A wrong file gets one sentence that names the place and the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sosei.plan.model import VERSION, Plan
from sosei.plan.reading import load_plan, read_plan
from sosei.plan.upgrade import UPGRADES
from sosei.plan.writing import digest, dump_plan
from sosei.values import Problem

SAMPLES = Path(__file__).parent / "samples"


def changed(data: bytes, path: str, value: Any) -> bytes:
    """The plan data with one value replaced; ``path`` is dotted, numbers are indexes."""
    document = json.loads(data)
    *way, last = path.split(".")
    here = document
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    here[int(last) if last.isdigit() else last] = value
    return json.dumps(document, ensure_ascii=False).encode()


def test_every_format_version_has_a_sample_and_an_upgrade() -> None:
    assert sorted(UPGRADES) == list(range(1, VERSION))
    for version in range(1, VERSION + 1):
        plan = load_plan((SAMPLES / f"v{version}.json").read_bytes())
        assert plan.version == VERSION


def test_writing_is_canonical(sample: Plan, sample_bytes: bytes) -> None:
    assert dump_plan(sample) == sample_bytes
    shuffled = json.dumps(dict(reversed(json.loads(sample_bytes).items()))).encode()
    assert dump_plan(load_plan(shuffled)) == sample_bytes
    assert len(digest(sample_bytes)) == 64


def test_a_byte_order_mark_is_no_obstacle(sample: Plan, sample_bytes: bytes) -> None:
    assert load_plan(b"\xef\xbb\xbf" + sample_bytes) == sample


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("titel", "x", ("titel", "unknown field")),
        ("municipality.code", "131017", ("municipality.code", "check digit")),
        ("municipality", [], ("municipality", "object")),
        ("elements.0.placements.0.target.quantity.number", 1200, ("年間来場者数", '"7.70"', "1200")),
        ("elements.0.placements.0.target.quantity.number", "1.2e3", ("年間来場者数", '"7.70"', "1.2e3")),
        ("elements.0.placements.0.target.quantity.txt", "1", ("target.quantity.txt", "unknown field")),
        ("elements.0.placements.0.role", "KPI", ("elements[0].placements[0].role", "numeric_target")),
        ("elements.0.placements.0.indicator", "zzzzzzzzzz", ("zzzzzzzzzz", "does not exist")),
        ("elements.0.level", "aim", ("aim", "仕事をつくる", "levels")),
        ("elements.0.no", "1", ("elements[0].no", "whole number")),
        ("elements.0.not_printed", ["label"], ("label", "not_printed")),
        ("elements.0.not_printed", ["lable"], ("lable", "no field")),
        ("elements.0.children.1.key", "agoal00001", ("agoal00001", "twice")),
        ("elements.0.children.1.key", "Goal 1", ("elements[0].children[1].key", "form")),
        ("elements.0.children.1.divisions", ["adivision9"], ("adivision9", "does not exist")),
        ("indicators.0.part_of", "aindicat01", ("年間来場者数", "circle")),
        ("indicators.0.observations.0.year", {"text": "いつか"}, ("いつか", "cannot be read")),
        ("indicators.0.observations", [], ("来場者数", "has its own value")),
        ("notes.0.anchors.0.field", "nmae", ("nmae", "年間来場者数")),
        ("joint_readings.0.chosen", 5, ("joint_readings[0]",)),
        ("elements.0.children.0.children.0.placements.0.printed.0.difference", None, ("go together",)),
        ("version", 99, ("99", "newer Sosei")),
        ("version", "1", ("'1'", "whole number")),
        ("format", "other", ("no plan file",)),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    sample_bytes: bytes, path: str, value: Any, words: tuple[str, ...]
) -> None:
    with pytest.raises(Problem) as caught:
        load_plan(changed(sample_bytes, path, value))
    for word in words:
        assert word in caught.value.en
    assert "\n" not in caught.value.ja
    assert "\n" not in caught.value.en


def test_two_values_for_one_year_are_refused(sample_bytes: bytes) -> None:
    document = json.loads(sample_bytes)
    second = {**document["indicators"][0]["observations"][0], "key": "aobservat2"}
    document["indicators"][0]["observations"].append(second)
    with pytest.raises(Problem, match="two adopted values for R6"):
        load_plan(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1 column 1"),
        (b'{"format": "sosei-plan",\n "version": 1,,}', "line 2 column 15"),
        (b"\xff\xfe{}", "byte 1 is not UTF-8"),
        (b"[1, 2]", "holds a list"),
        (b"null", "holds null"),
        (b'{"format": "sosei-plan", "version": NaN}', "NaN"),
        (b'{"format": "sosei-plan",\n "format": "x"}', 'near line 2: the key "format"'),
        (b'{"a": {"b": 1}, "c": [{"b": 1,\n"d": "}{",\n"b": 2}]}', 'near line 3: the key "b"'),
        (b"[" * 100_000, "nesting"),
        (b'{"version": ' + b"9" * 5000 + b"}", "too many digits"),
        (b"nonsense " * 1_200_000, "line 1 column 1"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Problem) as caught:
        load_plan(data)
    assert words in caught.value.en
    assert len(caught.value.ja) < 200


@pytest.mark.parametrize("megabytes", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_megabytes_of_well_formed_nonsense(megabytes: int) -> None:
    rows = ",".join(f'{{"key": "k{i}", "level": {i}}}' for i in range(35_000 * megabytes))
    nonsense = f'{{"format": "sosei-plan", "version": 1, "elements": [{rows}]}}'.encode()
    assert len(nonsense) > 1_000_000 * megabytes
    with pytest.raises(Problem) as caught:
        load_plan(nonsense)
    assert len(caught.value.en) < 300


def test_what_is_wrong_with_a_path(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "is a folder"), (tmp_path / "x.json", "no such file")):
        with pytest.raises(Problem, match=words):
            read_plan(path)
    (tmp_path / "bad.json").write_bytes(b"{")
    with pytest.raises(Problem, match=r"bad\.json: line 1"):
        read_plan(tmp_path / "bad.json")
