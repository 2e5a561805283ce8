"""What is underlined: as a careful clerk would, no letter lost, and never slow."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.reports.comparison_content import Run
from sosei.reports.marking import LONGEST, MOST_LINES, OMITTED, marked, plain, shortened
from tests.reports.comparing import bracketed

LONG = "本市では、人口の減少と高齢化が進んでおり、地域の担い手を確保することが大きな課題となっている。" * 3


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        # figures: the number is one word
        ("1,200人以上（R10）", "1,500人以上（R10）", ("[1,200]人以上（R10）", "[1,500]人以上（R10）")),
        ("13,300人", "16,500人", ("[13,300人]", "[16,500人]")),
        ("7.70%", "7.75%", ("[7.70%]", "[7.75%]")),
        ("（なし）", "30回", ("[（なし）]", "[30回]")),
        # names
        ("人材の育成", "人材の確保と育成", ("人材の育成", "人材の[確保と]育成")),
        ("企業の支援", "創業の支援", ("[企]業の支援", "[創]業の支援")),
        ("商工観光課", "商工振興課", ("商工[観光]課", "商工[振興]課")),
        ("商工観光課", "商工振興課、観光交流課", ("商工[観光]課", "商工[振興課、観光交流]課")),
        ("増やす", "下回らない", ("[増やす]", "[下回らない]")),
        # sentences: little that stays the same between or behind changes is underlined with them
        (
            "農作業の省力化や負担軽減を目的に、スマート農業について検討を進めることとした。",
            "農作業の省力化や負担軽減を目的に、スマート農業について導入を進め、機械の共同利用を支援する。",
            (
                "農作業の省力化や負担軽減を目的に、スマート農業について[検討を進めることとした。]",
                "農作業の省力化や負担軽減を目的に、スマート農業について[導入を進め、機械の共同利用を支援する。]",
            ),
        ),
        ("", "新しい", ("", "[新しい]")),
        ("古い", "", ("[古い]", "")),
        # a letter stays with its marks
        ("葛\U000e0100城", "葛城", ("[葛\U000e0100]城", "[葛]城")),
        # lines
        ("一行目\n二行目", "一行目\n二行目\n三行目", ("一行目 / 二行目", "一行目 / 二行目[ / 三行目]")),
        ("一行目\n二行目\n三行目", "一行目\n三行目", ("一行目 / [二行目 / ]三行目", "一行目 / 三行目")),
        # what stays the same and is long is left out
        (
            f"{LONG}\n{LONG}\n値は23,953人である。\n{LONG}",
            f"{LONG}\n{LONG}\n値は23,801人である。\n{LONG}",
            (
                f"{OMITTED} / 値は[23,953]人である。 / {OMITTED}",
                f"{OMITTED} / 値は[23,801]人である。 / {OMITTED}",
            ),
        ),
    ],
)
def test_what_is_underlined(old: str, new: str, shown: tuple[str, str]) -> None:
    assert tuple(map(bracketed, marked(old, new))) == shown


TEXTS = st.text(st.sampled_from("あいう人口減少、。\n１2 ab"), max_size=60)


@given(TEXTS, TEXTS)
def test_no_letter_is_lost_and_what_is_not_marked_is_the_same(old: str, new: str) -> None:
    old_runs, new_runs = marked(old, new)
    assert "".join(run.text for run in old_runs) == old
    assert "".join(run.text for run in new_runs) == new
    same = ["".join(run.text for run in runs if not run.changed) for runs in (old_runs, new_runs)]
    assert same[0] == same[1]
    assert all(run.text for run in (*old_runs, *new_runs))
    if old != new:
        assert any(run.changed for run in (*old_runs, *new_runs))


@pytest.mark.parametrize("letters", ["あ", "いろはにほへと", "A", "word ", "行\n", "「"])
def test_a_text_of_a_megabyte_is_no_trouble(letters: str) -> None:
    """A letter changed in the middle is found, the rest left out."""
    text = letters * (1_000_000 // len(letters))
    half = len(text) // 2
    old, new = marked(text, text[:half] + "変更" + text[half:])
    assert sum(len(run.text) for run in (*old, *new)) < 5000 or letters == "A"
    assert any("変更" in run.text for run in new if run.changed)


def test_two_texts_of_a_megabyte_without_a_line_in_common_are_no_trouble() -> None:
    rng = random.Random(7)
    old, new = ("".join(rng.choices("いろはにほへとちりぬるを。", k=300_000)) for _ in range(2))
    assert marked(old, new) == ((Run(old, changed=True),), (Run(new, changed=True),))


def test_a_cell_has_an_end_and_says_so() -> None:
    runs = (Run("あ" * (LONGEST - 1)), Run("いい", changed=True), Run("うう"))
    assert shortened(runs) == (
        Run("あ" * (LONGEST - 1)),
        Run("い", changed=True),
        Run(f"……（以下略。全{LONGEST + 3:,}字）"),
    )
    assert shortened(plain("あ" * LONGEST)) == plain("あ" * LONGEST)
    lines = "行\n" * MOST_LINES
    assert shortened(plain(lines)) == (Run(lines[:-1]), Run(f"……（以下略。全{len(lines):,}字）"))
    assert shortened(plain(lines[:-1])) == plain(lines[:-1])
