"""What a verification leaves out: one verdict for several conditions, no figures, groups not heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sosei.checks.cells import called, told
from sosei.checks.dossier import Dossier
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.plan.record import Council, VerifiedStatement
from sosei.values import fold

_DIGIT = re.compile("[0-9]")
_RUN = re.compile("[産官学金労言士住民]{3,}")

# The groups that the state asks to be heard, and the words that stand for them in a list of members.
_GROUPS = (
    ("産", ("産業", "商工", "企業", "経済", "事業者", "農業", "観光")),
    ("官", ("行政", "官公庁", "国の機関", "県の機関")),
    ("学", ("教育", "大学", "学校", "学識", "学術", "高校")),
    ("金", ("金融", "銀行", "信用金庫")),
    ("労", ("労働", "労組", "連合", "ハローワーク")),
    ("言", ("言論", "報道", "メディア", "マスコミ", "新聞", "放送")),
)


@dataclass(frozen=True)
class _Verified:
    """A verified statement with its place in words."""

    statement: VerifiedStatement
    path: str

    @property
    def words(self) -> Words:
        return called(self.statement.text, self.statement.verdict)

    @property
    def place(self) -> Place:
        text = f"{self.statement.text} {self.statement.verdict}"
        return Place(
            key=self.statement.key, field="verdict", text=text, page=self.statement.page, path=self.path
        )


def _verified(dossier: Dossier) -> Iterator[_Verified]:
    for verification in dossier.plan.verifications:
        for goal in verification.goals:
            for statement in goal.statements:
                yield _Verified(statement, f"{verification.plan}の検証/{goal.label}")


@rule(
    "ABS19",
    Severity.WARNING,
    title=Words("複数の条件に一つの判定", "One verdict for several conditions"),
    why=Words(
        "どの条件が達成でどれが未達成かがわかりません。",
        "A reader cannot tell which of the conditions was met.",
    ),
    mend=Words("条件ごとに判定と実績値を書いてください。", "Print a verdict and the figure for each."),
    case=Words(
        "「国内5%増加、海外10%増加」に判定は「達成」一つ。",
        "Visitors up 5% at home and 10% from abroad: reached, it says once.",
    ),
)
def one_verdict(dossier: Dossier) -> Iterator[Found]:
    """Verified statements with several conditions and a verdict that does not tell them apart."""
    hits = [
        each
        for each in _verified(dossier)
        if len(each.statement.conditions) > 1 and each.statement.verdict.count("達成") < 2
    ]
    if hits:
        yield Found(
            told(
                f"複数の条件に判定が一つしかない検証が{len(hits)}件あります：{{}}。",
                f"Several conditions under one verdict, {len(hits)} in all: {{}}.",
                [each.words for each in hits],
            ),
            tuple(each.place for each in hits),
        )


@rule(
    "ABS20",
    Severity.INFO,
    title=Words("実績値のない判定", "Verdicts without the figures"),
    why=Words(
        "達成・未達成の根拠を読み手が確かめられず、惜しかったのか遠かったのかもわかりません。",
        "A reader can neither check the verdict nor see how near the target was.",
    ),
    mend=Words("判定に実績値と年度を添えてください。", "Print value and year beside the verdict."),
    case=Words(
        "数値目標ごとに「達成」「未達成」だけが書かれている。",
        "Each numeric target is only called reached or not.",
    ),
)
def verdict_without_figures(dossier: Dossier) -> Iterator[Found]:
    """Verified statements with a figure to reach whose verdict holds no figure that was reached."""
    hits = [
        each
        for each in _verified(dossier)
        if each.statement.conditions and not _DIGIT.search(fold(each.statement.verdict))
    ]
    if hits:
        yield Found(
            told(
                f"実績値のない達成・未達成の判定が{len(hits)}件あります：{{}}。",
                f"Verdicts without the figures behind them, {len(hits)} in all: {{}}.",
                [each.words for each in hits],
            ),
            tuple(each.place for each in hits),
        )


@rule(
    "ABS21",
    Severity.INFO,
    title=Words("産官学金労言のうち書かれていない分野", "Groups that the verification does not hear"),
    why=Words(
        "国の手引きは、産官学金労言などの幅広い参画を求めています。",
        "The state's guide asks for business, offices, schools, banks, labour and the press.",
    ),
    mend=Words(
        "加わっていない分野の委員を置くか、意見を聴く方法を書いてください。",
        "Add members from these fields, or say how they are heard.",
    ),
    case=Words(
        "「産官学金」とあり、労働・言論の団体が書かれていない。",
        "A council of 産官学金 names neither labour nor the press.",
    ),
)
def groups_not_heard(dossier: Dossier) -> Iterator[Found]:
    """Councils that list groups of members, but not all of 産官学金労言."""
    for council in dossier.plan.councils:
        absent = _absent(council)
        if absent and len(absent) < len(_GROUPS) - 1:
            text = council.members or "・".join(council.groups) or council.abbreviation
            shown = called(council.name, text)
            yield Found(
                Words(
                    f"{shown.ja}に、産官学金労言のうち{'・'.join(absent)}が明記されていません。",
                    f"{shown.en} does not name {', '.join(absent)} of 産官学金労言.",
                ),
                (Place(key=council.key, field="members", text=text, page=council.page),),
            )


def _absent(council: Council) -> list[str]:
    words = fold(" ".join((council.members, *council.groups)))
    letters = "".join(_RUN.findall(fold(f"{council.members} {council.abbreviation}")))
    return [
        letter
        for letter, names in _GROUPS
        if letter not in letters and not any(name in words for name in names)
    ]
