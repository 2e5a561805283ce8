"""The small comparison bar: what lies where."""

from __future__ import annotations

import pytest

from sosei.reports.charts import Comparison, bullet, bullet_key
from sosei.reports.charts.bullet import CLIPPED
from sosei.reports.charts.palette import BAR, GRID, INK, MUTED, TARGET
from tests.reports.charts.pictures import PICTURES, Box, box, figure, marks, number, texts


def signs(picture: str) -> tuple[list[Box], list[Box]]:
    """Diamonds (and arrow heads) of the target, triangles of the baseline."""
    return (
        [box(each) for each in marks(picture, "polygon", fill=TARGET)],
        [box(each) for each in marks(picture, "polygon", stroke=MUTED)],
    )


def middle(sign: Box) -> float:
    return (sign.left + sign.right) / 2


def test_bar_target_and_baseline_lie_on_one_scale_from_zero() -> None:
    picture = PICTURES["bullet raise"]
    (bar,) = [box(each) for each in marks(picture, "rect", fill=BAR)]
    (_head, diamond), (triangle,) = signs(picture)
    (origin,) = marks(picture, "line", stroke=INK)
    assert bar.left == number(origin, "x1") == 6
    assert bar.right == pytest.approx(6 + 108 * 180 / 200, abs=0.02)
    assert middle(diamond) == pytest.approx(6 + 108, abs=0.02)
    assert middle(triangle) == pytest.approx(6 + 108 * 150 / 200, abs=0.02)
    assert diamond.bottom <= bar.top
    assert bar.bottom <= triangle.top


@pytest.mark.parametrize(
    ("name", "side"), [("raise", 120), ("far", 120), ("lower", 0), ("to zero", 0), ("negative", 120)]
)
def test_an_arrow_points_to_the_side_that_is_wanted(name: str, side: int) -> None:
    (head, _diamond), _ = signs(PICTURES[f"bullet {name}"])
    assert side in (head.left, head.right)


def test_no_arrow_where_the_direction_is_not_known() -> None:
    assert len(signs(PICTURES["bullet no baseline"])[0]) == 1


def test_negative_values_run_to_the_left_of_zero() -> None:
    picture = PICTURES["bullet negative"]
    (bar,) = [box(each) for each in marks(picture, "rect", fill=BAR)]
    assert bar.right == 114
    assert bar.left == pytest.approx(114 - 108 * 101 / 212, abs=0.02)


@pytest.mark.parametrize(("name", "tip"), [("far", 120), ("far below", 0)])
def test_a_value_far_out_ends_in_an_arrow_and_the_description_says_so(name: str, tip: int) -> None:
    picture = PICTURES[f"bullet {name}"]
    (head,) = [box(each) for each in marks(picture, "polygon", fill=BAR)]
    assert tip in (head.left, head.right)
    assert CLIPPED in picture


@pytest.mark.parametrize(("actual", "clipped"), [(400, False), (401, True), (-200, False), (-201, True)])
def test_clipping_begins_one_span_beyond(actual: int, clipped: bool) -> None:
    picture = bullet(
        Comparison(title="件数", baseline=figure(50), actual=figure(actual), target=figure(200)), "k"
    )
    assert bool(marks(picture, "polygon", fill=BAR)) is clipped
    assert (CLIPPED in picture) is clipped


def test_without_a_target_nothing_is_clipped() -> None:
    picture = bullet(Comparison(title="件数", baseline=figure(1), actual=figure(1000)), "k")
    assert not marks(picture, "polygon", fill=BAR)


def test_a_true_zero_is_seen() -> None:
    (bar,) = [box(each) for each in marks(PICTURES["bullet to zero"], "rect", fill=BAR)]
    assert (bar.left, bar.right) == (4, 8)


def test_what_is_missing_is_not_drawn() -> None:
    assert not signs(PICTURES["bullet no baseline"])[1]
    assert not signs(PICTURES["bullet no target"])[0]
    picture = PICTURES["bullet no actual"]
    assert not marks(picture, "rect", fill=BAR)
    assert not marks(picture, "rect", fill=GRID)
    assert marks(picture, "rect", fill="none", stroke=MUTED)


def test_the_key_explains_every_sign() -> None:
    assert texts(bullet_key("k")) == [
        "実績値",
        "目標値",
        "目指す方向",
        "基準値",
        "枠を超える値",
        "実績値なし",
    ]
