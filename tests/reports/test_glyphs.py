from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.reports import glyphs
from sosei.reports.glyphs import MissingGlyph, Proofreader, bundled_coverage, coverage_of, printable
from sosei.values import Problem

COVERAGE = bundled_coverage()
FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONT_FOLDER])
MARKS = [chr(code) for code in range(0x300, 0x370)] + ["\u3099", "\u309a"]


def typeset(*texts: str) -> bytes:
    """Sets the texts as the reports do; Typst refuses a character without a glyph (PDF/UA-1)."""
    source = (
        '#set document(title: "t")\n'
        '#set text(lang: "ja", font: "BIZ UDPGothic", fallback: false)\n'
        "#for words in json(bytes(sys.inputs.texts)) [#words #strong(words)\\ ]\n"
    )
    return typst.compile(
        source.encode(),
        font_paths=FONTS,
        sys_inputs={"texts": json.dumps(texts)},
        pdf_standards="ua-1",
    )


def test_the_bundled_fonts_have_the_characters_counted_by_other_means() -> None:
    assert len(COVERAGE.characters) == 11_741
    assert len(COVERAGE.variants) == 10_160


@pytest.mark.parametrize("text", ["髙﨑塚葛", "①㈱△▲―～〜％", "が゜パﾊﾟ", "ΑЯ", "〓", "令和６年度 R6\n次"])
def test_what_the_fonts_have_stays(text: str) -> None:
    assert printable(text, COVERAGE) == (text, ())


@pytest.mark.parametrize(
    ("text", "shown", "lost"),
    [
        ("𠮷田", "〓田", (("𠮷", "〓"),)),
        ("令和2年 ∼ 令和7年", "令和2年 ～ 令和7年", (("∼", "～"),)),
        ("楽しい😀", "楽しい〓", (("😀", "〓"),)),
        ("👨\u200d👩", "〓〓", (("👨", "〓"), ("👩", "〓"))),
        ("❤\ufe0f", "〓", (("❤", "〓"),)),
        ("①\ufe0f", "①\ufe0f", ()),
        ("\ue000", "〓", (("\ue000", "〓"),)),
        ("前\x07後", "前後", (("U+0007", ""),)),
        ("\ud842", "〓", (("U+D842", "〓"),)),
        ("葛\U000e0100城", "葛\U000e0100城", ()),
        ("葛\U000e01ef城", "葛\U000e01ef城", (("葛\U000e01ef", "葛"),)),
        ("\U000e0100", "", ()),
        ("葛\U000e0100\U000e0101", "葛\U000e0100", ()),
        ("か\u3099き\u309a", "か\u3099き\u309a", ()),
        ("ハ\u309a", "ハ\u309a", ()),
        ("e\u0301", "e\u0301", ()),
        ("x\u0305", "x〓", (("\u0305", "〓"),)),
        ("a\r\nb\rc\x85d\u2028e\vf", "a\nb\nc\nd\ne\nf", ()),
        ("a\tb\u2003c\u3000d", "a b c\u3000d", ()),
        ("\ufeffa\u200bb\u202ec\xadd", "abcd", ()),
        ("", "", ()),
    ],
)
def test_what_the_fonts_lack_is_replaced_and_named(
    text: str, shown: str, lost: tuple[tuple[str, str], ...]
) -> None:
    assert printable(text, COVERAGE) == (shown, lost)


def test_the_reader_lists_each_character_of_a_place_once() -> None:
    read = Proofreader(COVERAGE)
    assert read("𠮷田と𠮷村😀", "施策②\x07 取組内容 3行目の事業") == "〓田と〓村〓"
    assert read("𠮷", "備考") == "〓"
    assert read.missing == [
        MissingGlyph("施策② 取組内容 3行目の事業", "𠮷"),
        MissingGlyph("施策② 取組内容 3行目の事業", "😀"),
        MissingGlyph("備考", "𠮷"),
    ]


def test_every_covered_character_and_variant_can_be_set() -> None:
    bases = [chr(code) for code in sorted(COVERAGE.characters)]
    variants = [chr(base) + chr(selector) for base, selector in sorted(COVERAGE.variants)]
    texts = ["".join(bases), "".join(variants)]
    typeset(*(printable(text, COVERAGE)[0] for text in texts))
    assert printable(texts[1], COVERAGE) == (texts[1], ())


def test_every_combining_mark_can_be_set_after_any_kind_of_letter() -> None:
    letters = ["か", "ハ", "漢", "a", "x", "Ω", "я", "①", " ", "\n", "😀", "e\u0302", "a\u0323", ""]
    texts = [letter + mark + "字" for letter in letters for mark in MARKS]
    typeset(*(printable(text, COVERAGE)[0] for text in texts))


@settings(max_examples=60)
@given(
    st.text(
        st.one_of(
            st.characters(),
            st.sampled_from("かハ漢aẑ①。「") | st.sampled_from(MARKS),
            st.sampled_from("\u200d\ufe0f\ufe00\U000e0100\U000e0101\u3164\u115f\u034f\u0600\t\r\n"),
        ),
        max_size=300,
    )
)
def test_any_text_can_be_set(text: str) -> None:
    shown, lost = printable(text, COVERAGE)
    typeset(shown)
    assert printable(shown, COVERAGE)[0] == shown
    assert all(unicodedata.category(character) != "Cc" or character == "\n" for character in shown)
    replaced = [character for character, mark in lost if mark == "〓" and len(character) == 1]
    assert not COVERAGE.characters.intersection(map(ord, replaced))


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        coverage_of(tmp_path / "BIZUDPGothic-Bold.ttf")
    assert "BIZUDPGothic-Bold.ttf" in problem.value.ja
    assert "BIZUDPGothic-Bold.ttf" in problem.value.en


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0\0\x01", b"\0\1\0\0\0\0" + bytes(60), b"PK\3\4" * 100])
def test_a_damaged_font_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "BIZUDPGothic-Regular.ttf"
    path.write_bytes(content)
    with pytest.raises(Problem) as problem:
        coverage_of(path)
    assert "BIZUDPGothic-Regular.ttf" in problem.value.ja
