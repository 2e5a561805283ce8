"""Whether the text says that something came about, against a value of zero or more and the target."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sosei.checks.claims import (
    Report,
    bigrams,
    cell_text,
    excerpt,
    place_of,
    plain_number,
    reports,
    shares_word,
)
from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.text import years_in
from sosei.scheme.case import unconfirmed_in
from sosei.values import fold

_ACTS = {
    "締結": ("締結", "調印"),
    "採用": ("採用",),
    "雇用": ("採用", "雇用", "就職"),
    "就職": ("就職", "採用"),
    "就業": ("就業", "就職", "採用"),
    "創業": ("創業", "起業", "開業"),
    "起業": ("創業", "起業", "開業"),
    "移住": ("移住",),
    "立地": ("立地", "進出"),
    "誘致": ("立地", "進出"),
    "成約": ("成約",),
    "開催": ("開催",),
    "設置": ("設置",),
    "策定": ("策定",),
    "認定": ("認定",),
    "登録": ("登録",),
    "登用": ("登用", "任用"),
    "参加": ("参加",),
    "受講": ("受講",),
    "利用": ("利用",),
    "出店": ("出店",),
    "寄附": ("寄附", "寄付"),
    "寄付": ("寄附", "寄付"),
    "導入": ("導入",),
    "売却": ("売却",),
    "開発": ("開発", "商品化"),
}
_CAME = (
    "(?:し、|した(?![いらが])|したが|しました|されました?|された|され、|ができ(?:た|まし)|することができ|に(?:は)?至(?:った|り)|"
    "(?:が|は|も|につなが)(?:[0-9]{1,6}[^0-9。、]{1,3})?(?:あった|ありました|ある(?:ものの|が|、)|あり、|り、|った))"
)
_HAPPENED = {act: re.compile(f"(?:{act}){_CAME}") for acts in _ACTS.values() for act in acts}
_TIED = re.compile(r"協定を[^。]{0,40}?(?:結び(?!つ|付)|結んだ)")
_LONGEST = 4000
_PAST_END = re.compile("(?:た|だ|ている|ております|ています)[^一-龥]{0,3}$")
_NOUN = re.compile("(?!一方|結果|上で)[一-龥ァ-ヺ]")
_NOT_THINGS = re.compile("|".join((*_ACTS, "創出|新規|延べ|のべ|年間|累計|件数|人数|[者社]?数|率|額|の")))
_DOUBT = re.compile(
    "場合|れば|見込|予定|目指|ない|なかっ|ません|ず|まで|予想|以前|過去に?|これまで|前年度|昨年度|必要|ため|よう"
)
_SCOPE = re.compile("場合|れば|予定|予想|以前|過去|これまで|前年度|昨年度")


@rule(
    "TXT04",
    Severity.WARNING,
    title=Words("実績が0なのに、文章では行われている", "The value is 0, but the text says that it was done"),
    why=Words(
        "数え漏れか、文章が別の年度や別の取組を書いている疑いがあります。",
        "Something was left uncounted, or the text tells of another year or another thing.",
    ),
    mend=Words(
        "実績に数えるべきものかを担当課に確かめ、数えないならその訳を書いてください。",
        "Ask the division whether it counts; if it does not, say why.",
    ),
    case=Words(
        "災害協定の締結数は0だが、取組内容には「協定を民間企業や他の自治体と結び」とある。",
        "Disaster agreements: 0, but the text says that agreements were made.",
    ),
)
def done_but_zero(dossier: Dossier) -> Iterator[Found]:
    """Rows with the value 0 whose texts say that what they count came about."""
    unconfirmed = unconfirmed_in(dossier.plan)
    for report in reports(dossier):
        for row in report.rows:
            if plain_number(row.actual) != 0:
                continue
            told = _first(report, row, _came_about)
            if told is None:
                continue
            if unconfirmed and _is_unsettled(row, told[0], unconfirmed):
                yield _against(dossier, row, *told, _UNSETTLED)
            else:
                yield _against(dossier, row, *told)


def _is_unsettled(row: Row, passage: Passage, unconfirmed: frozenset[str]) -> bool:
    """Whether a joint reading that nobody has confirmed put the value, the name or the text here."""
    places = [f"{row.placement.key}.name", f"{passage.node.key}.{passage.field}"]
    if row.entry is not None and row.entry.actual is not None:
        places.append(f"{row.entry.key}.actual")
    elif row.observation is not None:
        places.append(f"{row.observation.key}.quantity")
    return not unconfirmed.isdisjoint(places)


def _first(
    report: Report, row: Row, find: Callable[[str, Row], int | None]
) -> tuple[Passage, str, int] | None:
    """The first sentence in which ``find`` finds something, and where."""
    for passage in report.passages:
        for sentence in passage.sentences:
            at = find(sentence, row)
            if at is not None:
                return passage, sentence, at
    return None


_NOTHING = Words("", "")
_SAYS = Words("とあります。", ".")


@dataclass(frozen=True, slots=True)
class _Milder:
    """What makes a contradiction weigh less: words behind the value, and the end of the message."""

    value: Words = _NOTHING
    end: Words = _SAYS


_PLAIN = _Milder()
_UNSETTLED = _Milder(value=Words("（読み取り未確定）", " (reading not settled)"))


def _against(
    dossier: Dossier, row: Row, passage: Passage, sentence: str, at: int, milder: _Milder = _PLAIN
) -> Found:
    said = excerpt(sentence, at)
    actual = cell_text(row.actual)
    return Found(
        Words(
            f"「{row.name}」の{dossier.year_text}実績は{actual.ja}{milder.value.ja}ですが、"
            f"{row.placed.place}の文章には「{said}」{milder.end.ja}",
            f'"{row.name}" is {actual.en}{milder.value.en} in {dossier.year_text}, but the text at '
            f'{row.placed.place} says "{said}"{milder.end.en}',
        ),
        (row.place("actual"), place_of(passage, sentence, at)),
        None if milder is _PLAIN else Severity.INFO,
    )


def _came_about(sentence: str, row: Row) -> int | None:
    name = fold(row.indicator.name[:200])
    acts = dict.fromkeys(act for key, acts in _ACTS.items() if key in name for act in acts)
    if not acts:
        return None
    text = fold(sentence[:_LONGEST])
    if "締結" in name and "協定" in name and (tied := _TIED.search(text)) and _is_fact(text, tied):
        return tied.start()
    for act in acts:
        for match in _HAPPENED[act].finditer(text):
            if _is_fact(text, match) and _is_of(text[max(0, match.start() - 40) : match.start()], name):
                return match.start()
    return None


def _is_fact(text: str, match: re.Match[str]) -> bool:
    """Whether it has happened: nothing planned, feared, denied; 「…し、」 and 「…結び」 only where the sentence ends so."""
    clause = re.split("[、。]", text[match.start() : match.end() + 16])[0]
    before = text[max(0, match.start() - 20) : match.start()]
    if _DOUBT.search(clause) or _DOUBT.search(re.split("[、。]", before)[-1]) or _SCOPE.search(before):
        return False
    if match[0].endswith("た") and _NOUN.match(text, match.end()):
        return False
    return not match[0].endswith(("、", "結び")) or _PAST_END.search(text[-8:]) is not None


def _is_of(before: str, name: str) -> bool:
    """Whether the words before an act speak of the first thing in the name: 女性 of 女性認定農業者数."""
    things = [pairs for piece in _NOT_THINGS.split(name) if (pairs := bigrams(piece))]
    return not things or any(pair in before for pair in things[0])


_FAILED = re.compile(
    "(?P<act>開催|実施|確保|獲得|採用|誘致|認定|締結|登録|設置|策定|導入|登用|成約)"
    "(?:"
    "(?:が|は|を|することが|することは)?(?:でき(?:なかった|ず|ていない|ませんでした)|行(?:わなかった|えなかった|えず|われなかった))|"
    "しなかった|されなかった|(?:に|する?に|までに)(?:は|まで)?至(?:らなかった|らず|っていない|りませんでした)|"
    "を(?:見送|中止)(?:った|りました|した|しました)|(?:が|は)中止(?:と)?(?:になった|なった|した)|(?:が|は)なかった"
    ")"
)
_PARTLY = re.compile(
    "[前昨過次来]年度?|これまで|以前|一部|[0-9]+(?:回|月|日|件|箇所|か所|校)|うち|など|同|さらに|新たに|新規|追加|以外|当初|予定より|増"
)
_EVENT = re.compile("(?:参加|受講|来場|出席|出場)(?:者|人|社)?(?:人)?数$|(?:開催|実施)(?:回|件)?数$")


@rule(
    "TXT05",
    Severity.WARNING,
    title=Words(
        "実績があるのに、文章ではできなかったとある",
        "There is a value, but the text says that it did not happen",
    ),
    why=Words(
        "実績が別のものを数えているか、文章が別のことを書いている疑いがあります。",
        "The value may count another thing, or the text may tell of another.",
    ),
    mend=Words(
        "実績が何を数えたものかを確かめ、文章に書き添えてください。",
        "Find out what the value counts, and say so in the text.",
    ),
    case=Words(
        "セミナーの参加人数は6だが、評価には「セミナーを開催できなかった」とある。",
        'Participants of seminars: 6, but the evaluation says "no seminar could be held".',
    ),
)
def value_but_not_done(dossier: Dossier) -> Iterator[Found]:
    """Rows with a value above 0 whose texts say that what they count did not come about."""
    for report in reports(dossier):
        for row in report.rows:
            number = plain_number(row.actual)
            if number is None or number <= 0:
                continue
            told = _first(report, row, _fell_through)
            if told is not None:
                yield _against(dossier, row, *told, _as_stock(row, told[1], told[2]))


def _as_stock(row: Row, sentence: str, at: int) -> _Milder:
    """Milder where the value is of those who are there, and the text may speak of new ones."""
    won = _WON.match(fold(sentence[:_LONGEST]), at)
    name = fold(row.indicator.name[:200])
    if won is None or _STOCK.search(name) is None or _FLOW.search(name) is not None:
        return _PLAIN
    value = cell_text(row.actual)
    return _Milder(
        end=Words(
            f"とあり、{value.ja}は在籍者の数で、文章は新たな{won[0]}のことかもしれません。",
            f"; {value.en} may count those in post, and the text may speak of new ones.",
        )
    )


def _fell_through(sentence: str, row: Row) -> int | None:
    text = fold(sentence[:_LONGEST])
    name = fold(row.indicator.name[:200])
    for match in _FAILED.finditer(text):
        clause = re.split("[、。]", text[max(0, match.start() - 40) : match.start()])[-1]
        if _PARTLY.search(clause) or any(year.fiscal != row.year for year in years_in(clause)):
            continue
        phrase = re.sub("[をがはにの]$", "", clause)[-12:]
        is_event = _EVENT.search(name) is not None and match["act"] in ("開催", "実施")
        if shares_word(phrase, name) or (is_event and not _distinct(name)):
            return match.start()
    return None


_WON = re.compile("確保|獲得|採用|登用|任用")
_STOCK = re.compile("(?:[師士員医]|総人|者総|在籍者|従事者|在職者)数$")
_FLOW = re.compile("新規|採用|登用|任用|確保|延べ|のべ|参加|参集|出席|動員")


def _distinct(name: str) -> bool:
    """Whether an event's KPI says which event: 農業セミナー参加者数, but not 参加者数."""
    return len(_EVENT.sub("", name)) > 1


_GOAL = "(?:目標(?:値|数値|数|件数|人数|額)?|KPI|数値目標)"
_MET = re.compile(
    rf"{_GOAL}(?:を|は|が|に)(?:大幅に|大きく|[0-9.]+(?:%|ポイント|[件人回])(?:ほど)?|[^、。]{{0,6}}で)?"
    "(?:達成(?:し(?:た(?!い)|て(?:いる|おり)|、|ま)|でき(?:た|て(?:いる|おり)|ま|、)|され(?:た|て))|達した|達して(?:いる|おり)|"
    "上回(?:った|り|って(?:いる|おり))|クリア(?:した|でき))(?!なかった|ていない|ておらず|ませ|(?!一方|結果)[一-龥ァ-ヺ])"
)
_OTHERWISE = re.compile("場合|れば|までに|年度には|見込|前年度|昨年度|最終|事業所|団体の")
_MISSED = re.compile(
    rf"{_GOAL}(?:を|は|が|に|には|値には)(?:大幅に|大きく|わずかに|[0-9.]+(?:%|ポイント|[件人回]))?"
    "(?:下回(?:った|り|って(?:いる|おり))|達成(?:し(?:なかった|ていない|ておらず)|でき(?:なかった|ず|ていない|ておらず|ませんでした)|に至らな)|"
    "達し(?:なかった|ていない|ておらず|ませんでした)|届か(?:なかった|ず)|及ばな|未達(?:成)?(?:で|と|だ))"
)


@rule(
    "TXT10",
    Severity.WARNING,
    title=Words(
        "文章の達成・未達成が数値と逆", "The text says reached where the figures say missed, or the other way"
    ),
    why=Words(
        "達成したかどうかは報告の結論なので、文章と数値が逆では信頼を失います。",
        "Whether the target was reached is the report's verdict; text and figures must agree on it.",
    ),
    mend=Words(
        "目標値と実績値を確かめ、文章の評価を直してください。",
        "Check target and value, and mend the verdict in the text.",
    ),
    case=Words(
        "目標80件に対し実績75件なのに、評価に「目標を達成した」とある。",
        'Target 80, value 75, and the evaluation says "the target was reached".',
    ),
)
def wrong_verdict(dossier: Dossier) -> Iterator[Found]:
    """Texts that say the target was reached where every row missed it, or the other way round."""
    for report in reports(dossier):
        judged = list(_judged(dossier, report))
        for passage in report.passages if judged else ():
            for sentence in passage.sentences:
                match = _verdict(fold(sentence[:_LONGEST]))
                if match is not None and all(reached is not _is_met(match) for _, reached in judged):
                    yield _opposite(dossier, judged[0][0], match, passage, sentence)


def _judged(dossier: Dossier, report: Report) -> Iterator[tuple[Row, bool]]:
    """The rows with a target, here or at the measure above, and whether they reached it."""
    for row in report.rows:
        for each in (row, *dossier.rows_of_indicator[row.indicator.key]):
            if each.result is not None and each.result.reached is not None:
                yield each, each.result.reached
                break


def _verdict(text: str) -> re.Match[str] | None:
    """Where the text says that the target was reached, or missed; None where it says both or of another year."""
    met, missed = _MET.search(text), _MISSED.search(text)
    match = met or missed
    if (
        match is None
        or (met and missed)
        or _OTHERWISE.search(text[max(0, match.start() - 30) : match.end() + 10])
    ):
        return None
    return match


def _is_met(match: re.Match[str]) -> bool:
    return match.re is _MET


def _opposite(dossier: Dossier, row: Row, match: re.Match[str], passage: Passage, sentence: str) -> Found:
    ja, en = ("達成した", "was reached") if _is_met(match) else ("達成していない", "was missed")
    said = excerpt(sentence, match.start())
    return Found(
        Words(
            f"{passage.path}の文章は目標を{ja}としていますが（「{said}」）、"
            f"「{row.name}」は目標値{row.target}に対し{dossier.year_text}実績{row.actual}です。",
            f'The text at {passage.path} says that the target {en} ("{said}"), but "{row.name}" '
            f"has the target {row.target} and {row.actual} in {dossier.year_text}.",
        ),
        (row.place("target"), row.place("actual"), place_of(passage, sentence, match.start())),
    )
