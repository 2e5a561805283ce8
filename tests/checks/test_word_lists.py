"""The word lists of the review: every pattern is a pattern, and none of them fires on what is right."""

from __future__ import annotations

import pytest

from sosei.checks.data import word_list
from sosei.checks.rules.wording import _normal, _slips


def test_no_slip_is_everywhere() -> None:
    assert len(_slips()) >= 38
    for slip in _slips():
        assert not slip.wrong.search("")
        assert not slip.wrong.search(slip.right)


@pytest.mark.parametrize("pair", word_list("pairs")["pairs"], ids="/".join)
def test_real_pairs_are_two_words_of_one_normal_form(pair: list[str]) -> None:
    first, second = pair
    assert first != second
    assert _normal(first) == _normal(second)
