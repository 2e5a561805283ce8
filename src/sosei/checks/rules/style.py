"""The style of running text: です・ます beside plain style, years in two notations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sosei.checks.dossier import Dossier, Passage
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.printed import Sort, of_sort
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.values import fold

_QUOTED = re.compile("「[^「」]*」|\\([^()]*\\)")
_POLITE = re.compile("(?:です|ます|ました|ません|でした|でしょう|ましょう|ください)(?:が|か|ね|よ)?$")
_PLAIN = re.compile(
    "(?:であ[るった]+|だろう|[ぁ-ん一-龥](?:る|た)|(?:し|て|で|い)ない|ではない|たい|"
    "[行思言]う|[示促果出指差生押]す|[く]く|[いお]く|[働開築招続]く|[む]む|進む|取り組む|努める|[込組富]む|[立持]つ|のだ|である)$"
)
_SHORT_YEAR = re.compile("(?<![0-9A-Za-z.])[RHS][0-9]{1,2}年度?")
_LONG_YEAR = re.compile("(?:令和|平成|昭和)(?:[0-9]{1,2}|元)年度?")
_ONE_END = "(?:令和|平成|昭和)(?:[0-9]{1,2}|元)"
_UNLIKE_SPAN = re.compile(
    rf"{_ONE_END}年(?!度)(?:~|から){_ONE_END}年度|{_ONE_END}年度(?:~|から){_ONE_END}年(?!度)(?![0-9]*月)"
)
_MAJORITY = (4, 5)
_ENOUGH = 5


def _manners(passage: Passage) -> set[str]:
    """polite, plain or both: how the passage's sentences end; 体言止め tells nothing."""
    found: set[str] = set()
    for sentence in passage.sentences:
        ending = _QUOTED.sub("", fold(sentence[-200:])).rstrip()
        if _POLITE.search(ending):
            found.add("polite")
        elif _PLAIN.search(ending):
            found.add("plain")
    return found


@rule(
    "EDT19",
    Severity.INFO,
    title=Words(
        "「です・ます」と「だ・である」が混じる",
        "Polite style in a few cells of a plain text, or the reverse",
    ),
    why=Words(
        "課ごとの原稿を寄せ集めた跡が残り、読みにくくなります。",
        "The text shows that it was put together from many hands.",
    ),
    mend=Words("欄ごとに文体をそろえてください。", "Write each column in one style."),
    case=Words(
        "「だ・である」の評価欄のうち1か所だけが「感じられました。」で終わる。",
        "Among evaluations in plain style one ends in 感じられました.",
    ),
)
def other_manner(dossier: Dossier) -> Iterator[Found]:
    """Cells whose style is not that of at least four fifths of the cells of their kind, and cells with both."""
    kinds: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    both_in_one: list[Passage] = []
    for passage in dossier.passages:
        if passage.element is None or passage.node.doubt(passage.field):
            continue
        manners = _manners(passage)
        if len(manners) == 2:
            both_in_one.append(passage)
        elif manners:
            kinds[passage.field][manners.pop()].append(passage)
    few = [passage for manners in kinds.values() for passage in _minority(manners)]
    if few or both_in_one:
        places = [_ending(passage) for passage in (*few, *both_in_one)]
        yield Found(
            both(
                "「です・ます」と「だ・である」が混じっています：{}。",
                "Polite and plain style are mixed: {}.",
                [f"{place.path}「{place.text}」" for place in places],
                [f'{place.path} "{place.text}"' for place in places],
            ),
            tuple(places),
        )


def _minority(manners: dict[str, list[Passage]]) -> list[Passage]:
    """The passages in the rarer style, where they are at most a fifth."""
    if len(manners) < 2:
        return []
    few, many = sorted(manners.values(), key=len)
    total = len(few) + len(many)
    return few if total >= _ENOUGH and len(many) * _MAJORITY[1] >= total * _MAJORITY[0] else []


def _ending(passage: Passage) -> Place:
    """The place of the passage's last polite ending; of its last sentence where it has none."""
    polite = [s for s in passage.sentences if _POLITE.search(_QUOTED.sub("", fold(s[-200:])).rstrip())]
    last = (polite or passage.sentences)[-1]
    return passage.place(("…" if len(last) > 20 else "") + last[-20:])


@rule(
    "EDT20",
    Severity.INFO,
    title=Words("年の書き方が混じる", "Years in a short and a full notation"),
    why=Words("同じ文書の中で書き方がそろいません。", "One document writes its years in two ways."),
    mend=Words("文章の中の年は「令和4年度」のように書いてください。", "Write years in texts in full."),
    case=Words(
        "人吉市の文章には「令和６年度」のほかに「R4年度」とある。",
        'Hitoyoshi\'s texts have "R4年度" beside "令和６年度".',
    ),
)
def short_years(dossier: Dossier) -> Iterator[Found]:
    """Short years (R4年度) in running texts that mostly write them in full; headings are no texts."""
    places: list[Place] = []
    full = 0
    for passage in dossier.passages:
        text = fold(passage.text)
        full += sum(1 for _ in _LONG_YEAR.finditer(text))
        places += [passage.place(match[0]) for match in _SHORT_YEAR.finditer(text)]
    if places and full > len(places):
        yield Found(
            both(
                f"「令和○年度」の書き方（{full}回）に、略した書き方が混じっています：{{}}。",
                f"Years in short among {full} in full: {{}}.",
                [f"{place.path}「{place.text}」" for place in places],
                [f'{place.path} "{place.text}"' for place in places],
            ),
            tuple(places),
        )


@rule(
    "EDT22",
    Severity.INFO,
    title=Words("期間の一方だけが「年度」", "A span of which one end only is a fiscal year"),
    why=Words(
        "期間の長さが、年と年度のどちらで数えるかで変わります。", "Its length depends on which is meant."
    ),
    mend=Words(
        "両端を「年度」か「年」にそろえてください。", "Print both ends as fiscal years or both as years."
    ),
    case=Words(
        "人吉市の指標名に「令和２年～令和４年度の累計」とある。",
        'A name in Hitoyoshi\'s report says "令和２年～令和４年度の累計".',
    ),
)
def unlike_ends(dossier: Dossier) -> Iterator[Found]:
    """Spans in names, headings and texts that run from a 年 to a 年度, or the reverse."""
    places = [
        piece.place(piece.folded.cut(match.start(), match.end()))
        for piece in of_sort(dossier, Sort.NAME, Sort.HEADING, Sort.PROSE, Sort.NOTE)
        if "年度" in piece.text and (match := _UNLIKE_SPAN.search(piece.folded.text))
    ]
    if places:
        yield Found(
            both(
                "期間の一方だけが「年度」です：{}。",
                "Spans of which one end only is a fiscal year: {}.",
                [f"{place.path}「{place.text}」" for place in places],
                [f'{place.path} "{place.text}"' for place in places],
            ),
            tuple(places),
        )
