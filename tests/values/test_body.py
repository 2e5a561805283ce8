"""市の考え方, 町の考え方: the municipality's own word for itself."""

from __future__ import annotations

import pytest

from sosei.values import own_word


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("人吉市", "432032", "市"),
        ("高森町", "434281", "町"),
        ("五木村", "435112", "村"),
        ("千代田区", "131016", "区"),
        ("熊本県", "430005", "県"),
        ("北海道", "010006", "道"),
        ("東京都", "130001", "都"),
        ("京都府", "260002", "府"),
        ("創生市（サンプル）", "990019", "市"),
        ("四日市市", "", "市"),
        ("Hitoyoshi", "432032", "市"),
        ("Osaka", "270008", "府"),
        ("Kumamoto", "430005", "県"),
        ("人吉球磨広域行政組合", "438006", "本団体"),
        ("", "", "本団体"),
    ],
)
def test_the_name_says_what_the_municipality_calls_itself_else_the_code(
    name: str, code: str, word: str
) -> None:
    assert own_word(name, code)[0] == word


def test_the_english_word_stands_beside_it() -> None:
    assert [own_word(name)[1] for name in ("人吉市", "高森町", "熊本県", "組合")] == [
        "city",
        "town",
        "prefecture",
        "municipality",
    ]
