"""The sheet 説明: what the workbook is, how it is filled in, and what it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args, get_type_hints

from sosei.formats.workbook import views
from sosei.formats.workbook.headings import LABELS, YEARLY, heading_of
from sosei.formats.workbook.tables import SELDOM
from sosei.plan import model
from sosei.plan.base import Model, Node
from sosei.plan.labels import FIELD_LABELS, record_label
from sosei.plan.walk import collections_of
from sosei.values import YearLabel

# Words for fields that stand inside another field only.
_INNER_LABELS: Final = {"span": "対象の期間", "year": "年", "quantity": "値"}
_OF_THE_FILE: Final = frozenset({"key", "format", "version"})

Line = tuple[str, str]  # look, text
Held = set[tuple[type[Node], str]]


def lines(title: str, municipality: str, state: str, key: str) -> Iterator[Line]:
    """The sheet's lines with their looks."""
    yield "title", f"{title or '総合戦略'}　計画のブック"
    yield "line", f"市町村：{municipality}"
    if state:
        yield "line", f"版：{state}"
    if key:
        yield "line", f"計画のキー：{key}"
    for heading, texts in _SECTIONS:
        yield "line", ""
        yield "section", heading
        yield from (("line", text) for text in texts)
    yield "line", ""
    yield "section", "このブックに入らないもの"
    yield "line", "次の項目はこのブックにありません。読み込んでも、計画にあるものがそのまま残ります。"
    yield from (("line", f"・{text}") for text in not_held())


def not_held() -> Iterator[str]:
    """What the workbook cannot hold, in words; made from the fields of the plan and those of the sheets."""
    held = set(views.held_fields())
    kinds = [*_kinds(model.Plan, set())]
    for kind in kinds:
        fields = [field for field in kind.model_fields if field not in Node.model_fields]
        own = [field for field in fields if field not in collections_of(kind) and field not in _OF_THE_FILE]
        if not any(holder is kind for holder, _ in held):
            yield f"{record_label(kind, 'ja')}（すべて）"
            continue
        missing = [FIELD_LABELS[field] for field in own if not _holds(held, kind, field)]
        if missing:
            yield f"{record_label(kind, 'ja')}の{'、'.join(missing)}"
        for field in own:
            if inner := [*_missing_inside(held, kind, field)]:
                yield f"{record_label(kind, 'ja')}の「{FIELD_LABELS[field]}」の{'、'.join(inner)}"
    common = "、".join(
        FIELD_LABELS[each] if each != "page" else "頁" for each in Node.model_fields if each != "key"
    )
    yield f"どの記録にもある、原本の読み取りの記録（{common}）"
    yield "値と年の読み方を人が決めたもの（文字を変えないかぎり残ります。文字を変えると読み直します）"
    yield "文章が要約である印（文章を変えないかぎり残ります）"
    yield "一つの指標に同じ年の年度と暦年の実績が両方あるときの、二つ目の値"


def _kinds(kind: type[Node], seen: set[type[Node]]) -> Iterator[type[Node]]:
    """The kind and all that records of it hold, each once."""
    if kind in seen:
        return
    seen.add(kind)
    yield kind
    for inner in collections_of(kind).values():
        yield from _kinds(inner, seen)


def _holds(held: Held, kind: type[Node], field: str) -> bool:
    return any(holder is kind and path.partition(".")[0] == field for holder, path in held)


def _missing_inside(held: Held, kind: type[Node], field: str) -> Iterator[str]:
    """What of a field that is held in parts is not held."""
    parts = {
        path.partition(".")[2] for holder, path in held if holder is kind and path.startswith(field + ".")
    }
    inner = _model_in(get_type_hints(kind)[field]) if parts else None
    for name in inner.model_fields if inner else ():
        if name not in parts:
            yield _INNER_LABELS.get(name) or FIELD_LABELS[name]


def _model_in(hint: Any) -> type[Model] | None:
    if isinstance(hint, type) and issubclass(hint, Model):
        return hint
    return next((found for each in get_args(hint) if (found := _model_in(each))), None)


def _seldom() -> Iterator[str]:
    """The headings of columns that are written only where something stands in them."""
    for column in SELDOM:
        yield heading_of(column, YearLabel(text="R6") if column in YEARLY else None)


_LEVELS_LINE: Final = (
    "指標・KPIと事業・取組のシートでは、左の列（基本目標、施策など）で、その行がどこにあるかを示します。"
    "まとまりの最初の行だけに書いてもかまいません。空欄は上の行と同じとみなします（結合したセルを貼り付けたときも同じです）。"
    "上の階層の欄が変わると、その下の階層の欄は空欄から始まります。"
)
_SECTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "このブックについて",
        (
            "総合戦略の全体を一つのブックにしたものです。書き換えて読み込むと、計画との違いが一覧で示され、承認するまで何も書き込まれません。",
            "同じファイルを二度読み込んでも、二度目は何も変わりません。並べ替え、絞り込み、列の移動や非表示、空行や表題の行の挿入、シートの名前の変更をしても読めます。",
            "隠れている左端の列（キー）と右端の列（書き出した時の名称）は、行がどの記録かを示します。書き換えないでください。新しい行では空欄のままにします。",
        ),
    ),
    (
        "書き方",
        (
            "新しいものは、空いている行に書きます。途中に行を挿入してもかまいません。行をコピーして作るときは、隠れている「キー」の列のセルも空にしてください。",
            f"行を消しただけでは、計画からは消えません。計画から除くときは「{LABELS['remove'].ja}」の列に「{views.REMOVE}」と書きます。シートや列が無いときも、計画にあるものはそのまま残ります。",
            "キーのある行のセルを空にすると、その項目は空になります。ただし、どこにあるかを示す列（基本目標、施策など）は、空欄にしても変わりません。",
            _LEVELS_LINE,
            "ここに初めて書いた基本目標、施策、事業、担当課は、新しく加えられます。番号の表記（施策①、No.8、(1) など）は名称の前に続けて書けます。",
            "値は資料に印字されているとおりに書きます（1,200人、△10、7.70%、集計中、―）。年度は R6、Ｒ６、令和6年度、2024年度 のどの書き方でも読めます。",
            "計画にある項目を、ほかの行の名称に書き換えることはできません（キーと名称がずれたものとして、その行は読みません）。名称を入れ替えるときは画面でお願いします。",
        ),
    ),
    (
        "指標・KPI の列",
        (
            "1行は、指標が載っている一つの箇所です。同じ指標を二か所目に載せるときは、その行の「再掲」の列に「再掲」か、初めの箇所の指標名を書きます。書かなければ、同じ名称でも別の指標になります。",
            "再掲の指標の単位や実績は、どの行も同じにします（違うときは、違う行を読みません）。空欄の行はほかの行と同じとみなします。",
            "役割を書かないときは、基本目標の行は数値目標、施策の行はKPI、具体的な事業の行は事業KPIとします。単位を書かないときは、値に印字された単位を使います。",
            "年ごとの列は、目標 R7、実績 R6、達成率（印字） R6、評価区分（印字） R6 のような見出しで、いくつでも加えられます。",
            f"次の見出しの列も、必要なときに加えられます：{'、'.join(_seldom())}。"
            "掲載値は、その箇所だけ実績と違う値が印字されているときに書きます。",
            "見出しは、市の資料の書き方のままでも読めます（現状値、基準値(R4)、目標値（R11）、重要業績評価指標、所管課 など。2行に分かれた見出しも読めます）。目標値の年度が見出しにあるときは、その年度を目標年とします。",
        ),
    ),
)
