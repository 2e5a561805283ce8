"""Words: frequent slips, one word misspelt, one thing in several spellings, one expression in two widths."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sosei.checks.data import word_list
from sosei.checks.dossier import Dossier
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.printed import Piece, Sort, of_sort, where
from sosei.checks.registry import rule
from sosei.checks.say import both

_READ = (Sort.NAME, Sort.HEADING, Sort.PROSE, Sort.NOTE)
_LONGEST = 20_000
"""Characters of one text in which slips and spellings are looked for: no cell and no paragraph is longer."""
_KATAKANA = re.compile("[ァ-ヺー]+(?:・[ァ-ヺー]+)*")
_LATIN = re.compile("(?<![0-9A-Za-z@./_-])[A-Za-z]{3,40}(?![0-9A-Za-z@./_-])")
_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_VOICING = re.compile("[\u3099\u309a]")


@dataclass(frozen=True)
class _Slip:
    wrong: re.Pattern[str]
    anywhere: re.Pattern[str]
    right: str
    severity: Severity
    why: Words


@cache
def _slips() -> Sequence[_Slip]:
    return tuple(
        _Slip(
            re.compile(entry["wrong"]),
            re.compile(entry["wrong"], re.MULTILINE),
            entry["right"],
            Severity(entry["level"]),
            Words(entry["why"], entry["why_en"]),
        )
        for entry in word_list("slips")["slip"]
    )


def _whole(read: Sequence[Piece]) -> str:
    """All the texts, each once and on lines of its own: what is not in it is in none of them."""
    return "\n".join(dict.fromkeys(piece.folded.text[:_LONGEST] for piece in read))


@rule(
    "EDT16",
    Severity.WARNING,
    title=Words("よくある書き誤り", "A frequent slip of the pen"),
    why=Words(
        "用語の誤り、変換の誤り、重複などの疑いがあり、読み手が意味を取り違えます。",
        "It looks like a wrong term, a wrong conversion or a doubling, and may mislead a reader.",
    ),
    mend=Words(
        "原稿を確かめ、誤りであれば正しい語に直してください。",
        "Look at the manuscript and put the right word where it is a slip.",
    ),
    case=Words(
        "人吉市の表の見出しに「重要業績評価指数（ＫＰＩ）」とある（正しくは「重要業績評価指標」）。",
        'Hitoyoshi\'s tables are headed "重要業績評価指数（ＫＰＩ）", rightly 重要業績評価指標.',
    ),
)
def slips(dossier: Dossier) -> Iterator[Found]:
    """Words of the list of slips, each in one finding with all its places."""
    read = [piece for piece in of_sort(dossier, *_READ, Sort.CONTENTS) if not piece.is_doubtful]
    whole = _whole(read)
    for slip in _slips():
        if not slip.anywhere.search(whole):
            continue
        hits = [
            (match, piece) for piece in read if (match := slip.wrong.search(piece.folded.text, 0, _LONGEST))
        ]
        if not hits:
            continue
        places = [piece.place(piece.folded.cut(match.start(), match.end())) for match, piece in hits]
        shown = list(dict.fromkeys(place.text for place in places))
        at = f"{where(places[0])}" + (f"など{len(places)}か所" if len(places) > 1 else "")
        yield Found(
            both(
                f"{{}}（{at}）は、{slip.right}ではありませんか。{slip.why.ja}。",
                f"{{}} (at {where(places[0])}, {len(places)} in all) should be {slip.right}: {slip.why.en}.",
                [f"「{text}」" for text in shown],
                [f'"{text}"' for text in shown],
            ),
            tuple(places),
            slip.severity,
        )


@rule(
    "EDT17",
    Severity.WARNING,
    title=Words(
        "カタカナ・英字の語が、濁点や長音だけ違う",
        "A katakana or Latin word differs from another only by a mark",
    ),
    why=Words(
        "同じものを指す語の打ち間違いで、検索にもかかりません。",
        "It is a slip for the same thing, and searching misses it.",
    ),
    mend=Words("正しいつづりにそろえてください。", "Spell the word in one way."),
    case=Words(
        "人吉市の「ヒットビズ」が、1か所だけ「ヒットビス」になっている。",
        "Hitoyoshi's ヒットビズ is ヒットビス at one place.",
    ),
)
def one_word_two_forms(dossier: Dossier) -> Iterator[Found]:
    """Words that differ from a more frequent one by 濁点, 長音, 小書き, 中黒 or capitals."""
    groups: dict[str, dict[str, list[tuple[Piece, str]]]] = defaultdict(lambda: defaultdict(list))
    for piece in of_sort(dossier, *_READ):
        if piece.is_doubtful:
            continue
        for word in _words(piece.folded.text):
            groups[_normal(word)][word].append((piece, word))
    for forms in groups.values():
        if len(forms) < 2:
            continue
        usual = max(forms, key=lambda word: len(forms[word]))
        for word, hits in forms.items():
            if len(hits) < len(forms[usual]) and not _are_two_words(word, usual):
                yield _other_form(usual, forms[usual], word, hits)


def _other_form(
    usual: str, others: Sequence[tuple[Piece, str]], word: str, hits: Sequence[tuple[Piece, str]]
) -> Found:
    voiced = not word.isascii() and _unmarked(word) != _unmarked(usual)
    at = where(hits[0][0].base)
    what = "誤り" if voiced else "表記揺れ"
    return Found(
        Words(
            f"「{word}」（{at}、{len(hits)}回）は「{usual}」（{len(others)}回）の{what}と思われます。",
            f'"{word}" ({at}, {len(hits)} times) seems to be meant for "{usual}" ({len(others)} times).',
        ),
        (*(piece.place(text) for piece, text in hits), others[0][0].place(usual)),
        None if voiced else Severity.INFO,
    )


def _words(text: str) -> Iterator[str]:
    """Katakana words, joined ones also part by part, and Latin words."""
    for match in _KATAKANA.finditer(text):
        parts = match[0].split("・")
        yield from (word for word in dict.fromkeys((match[0], *parts)) if 5 <= len(word) <= 40)
    yield from (match[0] for match in _LATIN.finditer(text))


def _normal(word: str) -> str:
    if word.isascii():
        return word.casefold()
    plain = _VOICING.sub("", unicodedata.normalize("NFD", word))
    return plain.translate(_SMALL).replace("ー", "").replace("・", "")


def _unmarked(word: str) -> str:
    """A word without 長音, 中黒 and 小書き: what is left differs in its voicing."""
    return word.translate(_SMALL).replace("ー", "").replace("・", "")


def _are_two_words(word: str, usual: str) -> bool:
    if word.isascii():
        return not any(form[1:] != form[1:].lower() and form != form.upper() for form in (word, usual))
    for first, second in word_list("pairs")["pairs"]:
        for a, b in ((first, second), (second, first)):
            if a in word and word.replace(a, b) == usual:
                return True
    return False


@rule(
    "EDT18",
    Severity.INFO,
    title=Words("同じものの表記が揺れている", "One thing in several spellings"),
    why=Words(
        "読み手が別のものと受け取り、検索からも漏れます。",
        "A reader may take them for two things, and searching misses some.",
    ),
    mend=Words(
        "市の公用文の基準に従って、一つの表記にそろえてください。", "Choose one spelling and keep to it."
    ),
    case=Words("人吉市では「寄附」と「寄付」が混在している。", "Hitoyoshi writes both 寄附 and 寄付."),
)
def spellings(dossier: Dossier) -> Iterator[Found]:
    """Groups of the list of spellings of which the plan uses more than one."""
    read = [piece for piece in of_sort(dossier, *_READ) if not piece.is_doubtful]
    whole = _whole(read)
    used = ({word: p for word, p in group.items() if p.search(whole)} for group in _groups())
    yield from _mixture(
        (_spelt(group, read) for group in used if len(group) > 1),
        "同じものの表記が混在しています：{}。",
        "One thing in several spellings: {}.",
    )


@cache
def _groups() -> Sequence[Mapping[str, re.Pattern[str]]]:
    return tuple(
        {word: re.compile(pattern, re.MULTILINE) for word, pattern in group.items()}
        for group in word_list("spellings")["group"]
    )


Forms = dict[str, tuple[int, Place]]
"""Each form with how often it stands in the plan and where first."""


def _spelt(group: Mapping[str, re.Pattern[str]], read: Sequence[Piece]) -> Forms:
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for piece in read:
        for word, pattern in group.items():
            found = sum(1 for _ in pattern.finditer(piece.folded.text, 0, _LONGEST))
            if found:
                counts[word] += found
                first.setdefault(word, piece.place(word))
    return {word: (counts[word], first[word]) for word in first}


@rule(
    "EDT11",
    Severity.INFO,
    title=Words("同じ表現に全角と半角が混じる", "One expression in full and half width"),
    why=Words(
        "紙面がそろわず、検索や突き合わせから漏れます。",
        "The print is uneven, and searching and matching miss some.",
    ),
    mend=Words("数字・英字・記号の幅の決まりを一つにしてください。", "Settle on one width."),
    case=Words(
        "人吉市では「令和6年度」と「令和６年度」が混在している。",
        "Hitoyoshi writes both 令和6年度 and 令和６年度.",
    ),
)
def widths(dossier: Dossier) -> Iterator[Found]:
    """Years, labels, percent signs, slashes and Latin words that the plan prints in both widths.

    One full-width digit beside longer half-width numbers is a usual style and no mixture.
    """
    mixed = list(_in_widths(dossier))
    if mixed:
        yield Found(
            both(
                "同じ表現に全角と半角が混じっています：{}。",
                "One expression in full and half width: {}.",
                [said.ja for said, _ in mixed],
                [said.en for said, _ in mixed],
            ),
            tuple(place for _, places in mixed for place in places),
        )


_NARROW_OR_WIDE = "[0-9０-９]+"
_FAMILIES: Sequence[tuple[re.Pattern[str], tuple[Sort, ...], Words]] = (
    (
        re.compile(f"(?:令和|平成|昭和){_NARROW_OR_WIDE}年度?"),
        (Sort.NAME, Sort.PROSE, Sort.NOTE),
        Words("「令和」などの後の数字", "numbers after 令和 and the like"),
    ),
    (
        re.compile(f"[RＲHＨ]{_NARROW_OR_WIDE}(?:年度?|実績)?"),
        (Sort.HEADING,),
        Words("見出しの「R6」などの年", "years like R6 in headings"),
    ),
    (
        re.compile("(?<=[0-9０-９])[%％]"),
        (Sort.PROSE, Sort.VALUE, Sort.NAME),
        Words("数字の後の「%」", "% after a number"),
    ),
    (
        re.compile("(?<![0-9０-９])[/／](?![0-9０-９]{2})"),
        (Sort.VALUE,),
        Words("値の中の「/」", "/ in values"),
    ),
)
_LETTERS = re.compile("[A-Za-zＡ-Ｚａ-ｚ]{2,20}")
_LABELS = re.compile(f"^[^0-9０-９]{{1,10}}{_NARROW_OR_WIDE}$")


Mixed = tuple[Words, Sequence[Place]]
"""What is said of a family that stands in several widths, and one place for each width."""


def _in_widths(dossier: Dossier) -> Iterator[Mixed]:
    for pattern, sorts, what in _FAMILIES:
        yield from _two_widths(_by_width(dossier, pattern, sorts, lambda _: ""), {"": what}.__getitem__)
    labels = _by_width(dossier, _LABELS, (Sort.LABEL,), lambda text: _widthless(text).rstrip("0123456789"))
    yield from _two_widths(labels, lambda word: Words(f"「{word}」の後の数字", f"numbers after {word}"))
    words = _by_width(dossier, _LETTERS, (Sort.NAME, Sort.HEADING, Sort.PROSE), _widthless)
    yield from _two_widths(words, lambda word: Words(f"「{word}」", word))


Widths = dict[str, dict[str, list[tuple[str, Piece]]]]
"""For each family and each width the expressions with their pieces."""


def _by_width(
    dossier: Dossier, pattern: re.Pattern[str], sorts: Sequence[Sort], family: Callable[[str], str]
) -> Widths:
    shapes: Widths = defaultdict(lambda: defaultdict(list))
    for piece in of_sort(dossier, *sorts):
        for match in pattern.finditer(piece.text):
            shapes[family(match[0])][_shape(match[0])].append((match[0], piece))
    return shapes


def _two_widths(shapes: Widths, what: Callable[[str], Words]) -> Iterator[Mixed]:
    """For each family what is mixed; nothing where only one width is used.

    Where the examples shown are not all that was counted, it is said what was counted.
    """
    for family, forms in shapes.items():
        if len(forms) < 2 or _by_length(forms):
            continue
        alike = _alike(forms.values())
        examples = {
            shape: next((hit for hit in hits if _widthless(hit[0]) == alike), hits[0])
            for shape, hits in forms.items()
        }
        counted = [(shape, len(hits), examples[shape][0]) for shape, hits in forms.items()]
        yield (
            _counted(counted, what(family), all(len({text for text, _ in h}) == 1 for h in forms.values())),
            [piece.place(text) for text, piece in examples.values()],
        )


def _counted(forms: Sequence[tuple[str, int, str]], what: Words, is_literal: bool) -> Words:
    if is_literal:
        return Words(
            "と".join(f"「{text}」{count}回" for _, count, text in forms),
            " / ".join(f'"{text}" {count} times' for _, count, text in forms),
        )
    return Words(
        f"{what.ja}は"
        + "・".join(f"{_width_name(s).ja}{count}（「{text}」など）" for s, count, text in forms),
        f"{what.en}: " + ", ".join(f'{_width_name(s).en} {count} ("{text}" ...)' for s, count, text in forms),
    )


def _width_name(shape: str) -> Words:
    if shape.isascii():
        return Words("半角", "half width")
    if any(character.isascii() for character in shape):
        return Words("全角と半角", "both widths")
    return Words("全角", "full width")


def _alike(forms: Iterable[Sequence[tuple[str, Piece]]]) -> str:
    """An expression that stands there in every one of the widths; empty where there is none."""
    first, *others = [dict.fromkeys(_widthless(text) for text, _ in hits) for hits in forms]
    return next((text for text in first if all(text in other for other in others)), "")


def _by_length(forms: Mapping[str, Sequence[tuple[str, Piece]]]) -> bool:
    """Whether single digits are full width and longer numbers half width throughout."""
    if set(forms) != {"0", "０"}:
        return False
    return all(
        (sum(character.isdecimal() for character in text) == 1) == (shape == "０")
        for shape, hits in forms.items()
        for text, _ in hits
    )


def _shape(text: str) -> str:
    """The widths of a text, each sort of character once."""
    return "".join(dict.fromkeys(map(_width, text)))


def _width(character: str) -> str:
    if character.isdecimal():
        return "0" if character.isascii() else "０"
    if unicodedata.normalize("NFKC", character).isascii():
        return "A" if character.isascii() else "Ａ"
    return ""


def _widthless(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _mixture(families: Iterator[Forms], ja: str, en: str) -> Iterator[Found]:
    mixed = [forms for forms in families if len(forms) > 1]
    if mixed:
        yield Found(
            both(
                ja,
                en,
                ["と".join(f"「{text}」{count}回" for text, (count, _) in forms.items()) for forms in mixed],
                [
                    " / ".join(f'"{text}" {count} times' for text, (count, _) in forms.items())
                    for forms in mixed
                ],
            ),
            tuple(place for forms in mixed for _, place in forms.values()),
        )
