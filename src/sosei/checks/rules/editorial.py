"""Years in two calendars, marks and brackets, blanks, and the numbers of elements and contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sosei.checks.cutting import LONGEST
from sosei.checks.dossier import Dossier
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.printed import Sort, of_sort, pieces, where
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.checks.text import Mention, years_in
from sosei.values import Kind, fold

_WIDE_DIGIT = re.compile("[０-９]")
_NARROW_DIGIT = re.compile("[0-9]")
_DIGITS = re.compile("[0-9０-９](?:[,，.．]?[0-9０-９])*")
_FISCAL_AND_CALENDAR = re.compile(r"年度 ?\([0-9]{4}年\)|^[0-9]{4}年 ?\([^)]*年度\)")
_JAPANESE = "[ぁ-んァ-ヺー一-龥々]"
_GAP = re.compile(rf"[のを・、][ 　]+(?={_JAPANESE})|{_JAPANESE}[ 　]+(?=[を、])")
_GAP_BEFORE_UNIT = re.compile(r"[0-9０-９][ 　]+[^0-9０-９\s(（~～/／]")
_TWICE = re.compile("。[。、]+|、[。、]+")
_PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "「": "」", "『": "』", "【": "】", "《": "》"}
_MARKS = re.compile("[()（）\\[\\]［］「」『』【】《》]")
_LIST_MARK = re.compile(
    r"(?:^|(?<=[\s、。:：]))(?:注?[0-9０-９]{1,2}|[a-zA-Zァ-ンあ-ん①-⑳一二三四五六七八九十])[)）]",
    re.MULTILINE,
)


@rule(
    "EDT01",
    Severity.ERROR,
    title=Words("和暦と西暦が合わない", "Era year and Western year disagree"),
    why=Words(
        "どちらの年を指すのか読み手にわかりません。",
        "A reader cannot tell which of the two years is meant.",
    ),
    mend=Words(
        "正しい年を確かめ、和暦と西暦をそろえてください。",
        "Find the right year and make both calendars agree.",
    ),
    case=Words(
        "令和6年は2024年なのに、「令和6年(2025年)」と印字されている（作例）。",
        'A made-up case: "令和6年(2025年)", although 令和6年 is 2024.',
    ),
)
def two_calendars(dossier: Dossier) -> Iterator[Found]:
    """Years printed in both calendars that are not one year; 令和6年度(2025年) is only to be checked."""
    seen: set[tuple[str, str]] = set()
    for piece in pieces(dossier):
        for mention in years_in(piece.text) if "(" in piece.folded.text else ():
            if not _disagrees(mention) or (piece.base.key, mention.text) in seen or piece.is_doubtful:
                continue
            seen.add((piece.base.key, mention.text))
            assert mention.first is not None  # noqa: S101  (checked by _disagrees)
            assert mention.second is not None  # noqa: S101
            crossed = _FISCAL_AND_CALENDAR.search(fold(mention.text)) is not None
            near = crossed and abs(mention.first.year - mention.second.year) == 1
            yield Found(
                Words(
                    f"{where(piece.base)}の「{mention.text}」は、"
                    f"{mention.first.year}年と{mention.second.year}年を指し、和暦と西暦が合いません。",
                    f'"{mention.text}" at {where(piece.base)} names two years, '
                    f"{mention.first.year} and {mention.second.year}.",
                ),
                (piece.place(mention.text),),
                Severity.WARNING if near else None,
            )


def _disagrees(mention: Mention) -> bool:
    """Whether an era year and a Western one stand side by side and are not the same year."""
    first, second = mention.first, mention.second
    if first is None or second is None or first.year == second.year:
        return False
    before, _, behind = fold(mention.text).partition("(")
    return before.strip()[:1].isdigit() != behind.strip()[:1].isdigit()


@rule(
    "EDT10",
    Severity.WARNING,
    title=Words("一つの数に全角と半角の数字が混じる", "Full- and half-width digits mixed inside one number"),
    why=Words(
        "検索や集計で別の数として扱われ、書き換えの途中の数かもしれません。",
        "Searching and counting fail on it, and it may be a number left half edited.",
    ),
    mend=Words(
        "数が正しいことを確かめ、数字の幅をそろえてください。",
        "Check the number and print it in one width.",
    ),
    case=Words(
        "人吉市のR6実績に「１7０人」とある。",
        'Hitoyoshi prints "１7０人", its digits in two widths.',
    ),
)
def mixed_digits(dossier: Dossier) -> Iterator[Found]:
    """Numbers whose digits are of both widths."""
    places: dict[tuple[str, str, str], Place] = {}
    for piece in pieces(dossier):
        for match in _DIGITS.finditer(piece.text):
            if _WIDE_DIGIT.search(match[0]) and _NARROW_DIGIT.search(match[0]):
                shown = piece.text if piece.sort is Sort.VALUE else match[0]
                places.setdefault((piece.base.key, piece.base.field, shown), piece.place(shown))
    yield from _folded(
        list(places.values()),
        "一つの数に全角と半角の数字が混じっています：{}。",
        "Digits of both widths inside one number: {}.",
    )


@rule(
    "EDT12",
    Severity.INFO,
    title=Words("括弧の対が合わない", "Brackets that do not pair"),
    why=Words(
        "どこまでが括弧の中なのか読み手にわからず、文字の抜けの跡かもしれません。",
        "A reader cannot see where the bracket ends, and a piece of text may be lost.",
    ),
    mend=Words(
        "開きと閉じの括弧を同じ種類と幅でそろえてください。",
        "Close each bracket with its own kind and width.",
    ),
    case=Words(
        "人吉市の「成果指標（KPI)達成率」は、全角で開いて半角で閉じている。",
        'Hitoyoshi\'s "成果指標（KPI)達成率" opens full width and closes half width.',
    ),
)
def brackets(dossier: Dossier) -> Iterator[Found]:
    """Pairs of two widths, and brackets that are never closed or never opened."""
    widths: dict[tuple[str, str], Place] = {}
    single: dict[tuple[str, str], Place] = {}
    for piece in pieces(dossier):
        if piece.sort is Sort.CONTENTS or piece.is_doubtful:
            continue
        two_widths, unpaired = _unmatched(piece.text)
        for found, into in ((two_widths, widths), (unpaired, single)):
            if found:
                shown = _around(piece.text, found[0])
                into.setdefault((piece.text, shown), piece.place(shown))
    yield from _folded(
        list(widths.values()),
        "開きと閉じの幅が違う括弧があります：{}。",
        "Brackets that open in one width and close in another: {}.",
    )
    yield from _folded(
        list(single.values()),
        "開きと閉じがそろわない括弧があります：{}。",
        "Brackets without their partner: {}.",
    )


def _unmatched(text: str) -> tuple[list[int], list[int]]:
    """Offsets of brackets whose partner has another width, and of those without one."""
    listed = {match.end() - 1 for match in _LIST_MARK.finditer(text)}
    opened: list[int] = []
    widths: list[int] = []
    single: list[int] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in _PAIRS:
            opened.append(at)
        elif opened and fold(_PAIRS[text[opened[-1]]]) == fold(mark):
            if _PAIRS[text[opened.pop()]] != mark:
                widths.append(at)
        elif at not in listed:
            single.append(at)
    return widths, opened + single


def _around(text: str, at: int) -> str:
    """A short text with the words around an offset; the whole text where it is short."""
    return text if len(text) <= 40 else text[max(0, at - 12) : at + 12].strip()


@rule(
    "EDT13",
    Severity.INFO,
    title=Words("名称の途中に空白がある", "A blank inside a name"),
    why=Words(
        "行送りの跡の空白は、検索や他の表との突き合わせの妨げになります。",
        "A blank left by a line break hinders searching and matching names.",
    ),
    mend=Words("名称の中の余分な空白を除いてください。", "Remove the blank from the name."),
    case=Words(
        "人吉市の基本目標3が「結婚・出産・子育ての 希望をかなえる」。",
        'Hitoyoshi\'s goal 3 reads "結婚・出産・子育ての 希望をかなえる".',
    ),
)
def blank_in_name(dossier: Dossier) -> Iterator[Found]:
    """Names with a blank behind a particle: it stands inside a phrase and separates nothing."""
    places: dict[str, Place] = {}
    for piece in of_sort(dossier, Sort.NAME):
        if _GAP.search(piece.text) and not piece.is_doubtful:
            places.setdefault(piece.text, piece.place(piece.text))
    yield from _folded(
        list(places.values()), "名称の途中に空白があります：{}。", "Names with a blank inside: {}."
    )


@rule(
    "EDT14",
    Severity.INFO,
    title=Words("数値と単位の間に空白がある値とない値がある", "A blank before the unit in some values only"),
    why=Words("表の中で書き方がそろいません。", "The values of a table are not printed alike."),
    mend=Words(
        "数値と単位の間の空白を、他の値にそろえてください。", "Print the value as the others are printed."
    ),
    case=Words(
        "人吉市の「10.82 日」だけに、数値と単位の間の空白がある。",
        'In Hitoyoshi only "10.82 日" has a blank before its unit.',
    ),
)
def blank_before_unit(dossier: Dossier) -> Iterator[Found]:
    """Values with a blank before the unit, where at least three times as many have none."""
    blank: dict[str, list[Place]] = defaultdict(list)
    without = 0
    for row in dossier.rows:
        for field, quantity in row.values:
            if quantity.kind is not Kind.NUMBER or not quantity.unit:
                continue
            if _GAP_BEFORE_UNIT.search(str(quantity)):
                blank[str(quantity)].append(row.place(field.split(":")[0]))
            else:
                without += 1
    places = [place for same in blank.values() for place in same]
    if places and without >= 3 * len(places):
        yield Found(
            both(
                "数値と単位の間に空白のある値が、空白のない値に混じっています：{}。",
                "Values with a blank before the unit among values without: {}.",
                [f"「{text}」" for text in blank],
                [f'"{text}"' for text in blank],
            ),
            tuple(places),
        )


@rule(
    "EDT15",
    Severity.INFO,
    title=Words("句読点が続いている", "Punctuation marks in a row"),
    why=Words("書き換えの跡で、文の一部が抜けているかもしれません。", "A part of the sentence may be lost."),
    mend=Words("余分な句読点を除いてください。", "Remove the superfluous mark."),
    case=Words(
        "文末に「実施した。。」と句点が二つある（作例）。",
        'A made-up case: "実施した。。" at the end of a text.',
    ),
)
def doubled_marks(dossier: Dossier) -> Iterator[Found]:
    """。。, 、、, 、。 and 。、 in running text."""
    places = [
        piece.place(_around(piece.text, match.start()))
        for piece in of_sort(dossier, Sort.PROSE, Sort.NOTE)
        if (match := _TWICE.search(piece.text)) and not piece.is_doubtful
    ]
    yield from _folded(places, "句読点が続いています：{}。", "Punctuation marks in a row: {}.")


@rule(
    "EDT21",
    Severity.INFO,
    title=Words("一つの欄の文章が長すぎる", "One field holds a very long text"),
    why=Words(
        "点検は一つの欄の初めの2万字だけを読むので、残りの食い違いは見つかりません。",
        "The review reads the first 20,000 characters of a field; what follows is not checked.",
    ),
    mend=Words(
        "欄を分けるか、誤って貼り付けた文章を除いてください。",
        "Split it, or remove what was pasted by mistake.",
    ),
    case=Words(
        "取組内容の欄に、別の報告書が丸ごと貼り付けられている（作例）。",
        "A made-up case: a whole other report pasted into one field.",
    ),
)
def too_long(dossier: Dossier) -> Iterator[Found]:
    """Records with a text that the review has cut."""
    places = [
        Place(key=node.key, field="text", text=f"{LONGEST:,}字", page=node.page) for node in dossier.cut
    ]
    if places:
        count = len(places)
        yield Found(
            Words(
                f"{LONGEST:,}字を超える文章のある記録が{count}件あり、その先は点検していません。",
                f"{count} records hold a text of more than {LONGEST:,} characters; what follows was not read.",
            ),
            tuple(places),
        )


def _folded(places: Sequence[Place], ja: str, en: str) -> Iterator[Found]:
    """One finding that names what stands at each of the places, if there are any."""
    if places:
        items = [f"「{place.text}」{_at(place, '（', '）')}" for place in places]
        items_en = [f'"{place.text}"{_at(place, " (", ")")}' for place in places]
        yield Found(both(ja, en, items, items_en), tuple(places))


def _at(place: Place, before: str, behind: str) -> str:
    shown = place.path + (f" {place.page}頁" if place.page is not None else "")
    return f"{before}{shown.strip()}{behind}" if shown.strip() else ""
