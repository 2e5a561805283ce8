from __future__ import annotations

import pytest

from sosei.values import CellReading, JointAlternatives, JointReading


def reading(**cells: str) -> JointReading:
    return JointReading(cells=tuple(CellReading(place=place, text=text) for place, text in cells.items()))


# Loose values beside four cells, and three joint ways to place them.
OPTIONS = (
    reading(a="15,473人", b="15,579人", c="-", d="12件"),
    reading(a="15,579人", b="15,473人", c="-", d="12件"),
    reading(d="-", c="12件", b="15,579人", a="15,473人"),
)


def test_the_other_texts_of_a_cell() -> None:
    group = JointAlternatives(chosen=0, options=OPTIONS)
    assert group.alternatives_for("a") == ("15,579人",)
    assert group.alternatives_for("c") == ("12件",)
    assert group.alternatives_for("elsewhere") == ()
    assert group.places == {"a", "b", "c", "d"}
    assert not group.confirmed


@pytest.mark.parametrize("chosen", [-1, 3])
def test_chosen_must_be_an_option(chosen: int) -> None:
    with pytest.raises(ValueError, match="3 options"):
        JointAlternatives(chosen=chosen, options=OPTIONS)


def test_there_must_be_an_option() -> None:
    with pytest.raises(ValueError, match="0 options"):
        JointAlternatives(chosen=0, options=())


def test_options_must_fill_the_same_cells() -> None:
    with pytest.raises(ValueError, match="the same cells"):
        JointAlternatives(chosen=0, options=(*OPTIONS, reading(a="1", b="2")))


def test_a_reading_fills_each_cell_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        JointReading(cells=(CellReading(place="a", text="1"), CellReading(place="a", text="2")))


def test_a_reading_fills_a_cell() -> None:
    with pytest.raises(ValueError, match="at least one"):
        JointReading(cells=())
