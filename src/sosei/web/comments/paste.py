"""Opinions pasted as a block from Excel: which column is what, what each line says, what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from sosei.checks.finding import Words
from sosei.reports.public_comment import OUTCOMES, WHOLE, Outcome
from sosei.values import Problem, fold
from sosei.web.comments.forms import LONGEST, Count
from sosei.web.comments.opinions import SaidOpinion
from sosei.web.comments.places import WHOLE_PLAN, Place
from sosei.web.plans.uploaded import kept_text
from sosei.web.site.clipboard import filled_rows

MOST_LINES = 500
LONGEST_BLOCK = 300_000
_LONGEST_PAGE = 40
_SHOWN = 40  # characters of a cell in a sentence
# Who sent an opinion is never taken, whatever else the heading says.
_PERSONAL = ("氏名", "名前", "者", "住所", "連絡先", "電話", "メール", "年齢", "性別")
_NUMBERS = ("番号", "no", "no.", "№")
_PAGE = re.compile("（(.{1,40}?)(?:ページ)?）")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "change": ("修正の内容", "修正内容", "反映内容"),
    "outcome": ("修正の有無", "修正有無", "対応", "区分", "反映"),
    "answer": ("考え方", "回答", "見解"),
    "same": ("件数", "同趣旨", "同じ趣旨"),
    "page": ("ページ", "頁"),
    "place": ("該当箇所", "該当", "箇所", "項目"),
    "summary": ("意見",),
}
_SAME_AS: Mapping[str, Outcome] = {
    **{ja: outcome for outcome, (ja, _) in OUTCOMES.items()},
    "修正": Outcome.REVISED,
    "有": Outcome.REVISED,
    "反映する": Outcome.REVISED,
    "一部修正": Outcome.PARTLY,
    "一部反映": Outcome.PARTLY,
    "記載済み": Outcome.INCLUDED,
    "記載済": Outcome.INCLUDED,
    "盛り込み済み": Outcome.INCLUDED,
    "原案どおり": Outcome.AS_DRAFTED,
    "原案通り": Outcome.AS_DRAFTED,
    "修正なし": Outcome.AS_DRAFTED,
    "無": Outcome.AS_DRAFTED,
    "参考": Outcome.REFERENCE,
    "その他": Outcome.OUTSIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A pasted line, ``number`` counted from 1: an opinion with remarks, or what is wrong with it."""

    number: int
    said: SaidOpinion | None = None
    remark: Words | None = None
    problem: Words | None = None

    @property
    def outcome(self) -> Words | None:
        """What came of it, in words."""
        code = self.said.outcome if self.said else ""
        return Words(*OUTCOMES[Outcome(code)]) if code else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A block as read; ``ignored`` are headings of columns that are not taken."""

    lines: tuple[Line, ...]
    ignored: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Line]:
        """The lines that cannot be taken."""
        return [line for line in self.lines if line.problem]

    @property
    def opinions(self) -> list[SaidOpinion]:
        """What the good lines say."""
        return [line.said for line in self.lines if line.said]


def read(block: str, found: Sequence[Place]) -> Pasted:
    """The opinions in ``block``, tab-separated as Excel gives it; ``found`` are the places of the draft.

    The first line names the columns; a block of one column may do without.  Raises Problem for a block
    without opinions, without a column of them, or too large.
    """
    table = _table(block)
    columns, ignored = _headings(table[0])
    has_headings = "summary" in columns
    if not has_headings:
        if max(map(len, table)) > 1:
            raise Problem(
                "「意見の概要」の列が分かりません。見出しの行（意見の概要、考え方 など）も一緒に貼り付けてください",
                "there is no column of opinions (意見の概要); paste the line of headings too",
            )
        columns, ignored = {"summary": 0}, ()
    rows = table[has_headings:]
    if not 1 <= len(rows) <= MOST_LINES:
        raise Problem(
            f"意見の行が{len(rows)}行あります。1行から{MOST_LINES}行までにしてください",
            f"there are {len(rows)} lines of opinions; 1 to {MOST_LINES} can be pasted at once",
        )
    known = _by_name(found)
    lines = (_line(number, _Row(row, columns), known) for number, row in enumerate(rows, 1 + has_headings))
    return Pasted(lines=tuple(lines), ignored=ignored)


def _table(block: str) -> list[list[str]]:
    """The lines that hold something."""
    if len(block) > LONGEST_BLOCK:
        raise Problem(
            f"貼り付けた内容が長すぎます（{LONGEST_BLOCK:,}字まで）。何回かに分けてください",
            f"the block is too long (at most {LONGEST_BLOCK:,} characters); paste it in parts",
        )
    if not (table := filled_rows(block)):
        raise Problem("貼り付けた内容がありません", "nothing was pasted")
    return table


def _headings(cells: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which column is what, and the headings that are not taken."""
    columns: dict[str, int] = {}
    ignored = []
    for at, cell in enumerate(cells):
        heading = _folded(cell)
        field = next(
            (name for name, words in _COLUMNS.items() if any(_folded(word) in heading for word in words)),
            None,
        )
        if field is None or field in columns or any(word in cell for word in _PERSONAL):
            ignored.append(cell.strip())
        else:
            columns[field] = at
    return columns, tuple(cell for cell in ignored if cell and _folded(cell) not in _NUMBERS)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line's cells by what they are."""

    cells: Sequence[str]
    columns: Mapping[str, int]

    def __getitem__(self, field: str) -> str:
        """The cell; empty where there is none.  Raises Problem for characters that cannot be kept."""
        at = self.columns.get(field)
        text = self.cells[at] if at is not None and at < len(self.cells) else ""
        return kept_text(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(number: int, row: _Row, known: Mapping[str, Place]) -> Line:
    try:
        place, page, remark = _placed(row["place"], row["page"], known)
        said = SaidOpinion(
            record=place.key,
            goal=place.goal,
            place=place.text,
            page=page,
            summary=_fitting(row["summary"], "意見の概要"),
            answer=_fitting(row["answer"], "考え方"),
            outcome=_outcome(row["outcome"]),
            change=_fitting(row["change"], "修正の内容"),
            same=_count(row["same"]),
        )
        if not said.summary:
            raise Problem("意見の概要が空です", "the opinion is empty")
    except Problem as problem:
        return Line(number=number, problem=Words(problem.ja, problem.en))
    return Line(number=number, said=said, remark=remark)


def _placed(name: str, page: str, known: Mapping[str, Place]) -> tuple[Place, str, Words | None]:
    """The place called ``name``, the page, and what became of a name that the draft does not have."""
    if len(page) > _LONGEST_PAGE:
        raise Problem(
            f"ページが長すぎます（{_LONGEST_PAGE}字まで）", f"the page is too long (at most {_LONGEST_PAGE})"
        )
    *above, last = name.split("\n")
    if above and not page and (printed := _PAGE.fullmatch(last)):  # as our own table prints it
        return _placed("\n".join(above), printed[1], known)
    if place := known.get(_folded(last)):
        return place, page, None
    kept = page or name.replace("\n", " ")[:_LONGEST_PAGE]
    return (
        WHOLE_PLAN,
        kept,
        Words(
            f"該当箇所「{name[:_SHOWN]}」が下書きに見つからないので、計画全体への意見とし、「{kept}」をページの欄に入れます",
            f'"{name[:_SHOWN]}" is not in the draft: taken as about the whole plan, with "{kept}" as its page',
        ),
    )


def _by_name(found: Sequence[Place]) -> dict[str, Place]:
    """Places by their own name and by their label alone, where only one place has it."""
    names: dict[str, list[Place]] = {}
    for place in found:
        last = place.names[-1] if place.names else WHOLE
        label, _, own = last.partition(" ")
        for name in {last, label, own or last, last.strip("」").partition("「")[2] or last}:
            names.setdefault(_folded(name), []).append(place)
    return {"": WHOLE_PLAN, _folded("全体"): WHOLE_PLAN} | {
        name: places[0] for name, places in names.items() if len(places) == 1
    }


def _folded(text: str) -> str:
    return fold(text).strip().casefold()


def _fitting(text: str, name: str) -> str:
    if len(text) > LONGEST:
        raise Problem(
            f"{name}が長すぎます（{len(text):,}字。{LONGEST:,}字まで）",
            f"{name} is too long ({len(text):,} characters; at most {LONGEST:,})",
        )
    return text


def _outcome(text: str) -> str:
    if not text:
        return ""
    if (found := _SAME_AS.get(text)) is None:
        usual = "、".join(ja for ja, _ in OUTCOMES.values())
        raise Problem(
            f"修正の有無「{text[:_SHOWN]}」が分かりません。{usual} のどれかにしてください",
            f'"{text[:_SHOWN]}" is no outcome; write one of {usual}',
        )
    return found.value


def _count(text: str) -> int:
    try:
        return Count(least=1, required=False).clean(text) or 1
    except ValidationError as error:
        raise Problem(
            f"件数「{text[:_SHOWN]}」：{error.messages[0]}", f'"{text[:_SHOWN]}": {error.messages[0]}'
        ) from None
