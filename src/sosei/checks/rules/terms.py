"""Notes on terms (用語注): where they hang, whether they are there at all, whether they are there twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from sosei.checks.dossier import Dossier
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.printed import Piece, Sort, of_sort, pieces, where
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.plan.model import LevelKind
from sosei.plan.record import Note, NoteKind
from sosei.values import fold
from sosei.values.folding import compact

_LONGEST_TERM = 40
_REFERENCE = re.compile(
    r"(?<=[^\s0-9A-Za-z(])[ \[(]{0,2}(?:\*(?![0-9A-Za-z])|※(?=[0-9]{0,3}(?:[)\] ]|$|[のをにがはとや])))"
)


@rule(
    "EDT06",
    Severity.INFO,
    title=Words("用語の注が、初めて出る箇所より後にある", "A term is explained after its first use"),
    why=Words(
        "初めて読む人は、説明のないまま用語に出会います。",
        "A reader meets the term before its explanation.",
    ),
    mend=Words(
        "用語が初めて出る箇所に注を付けてください。", "Hang the note on the first place that uses the term."
    ),
    case=Words(
        "阿蘇市の「関係人口」は基本目標2の説明で初めて出るが、注はNo.9にある。",
        "In Aso 関係人口 first stands in the description of goal 2, its note hangs at No.9.",
    ),
)
def late_notes(dossier: Dossier) -> Iterator[Found]:
    """Terms that an earlier element or chapter uses than the one that their note hangs on.

    The directions (基本的方向) of the goal that the note stands in do not count: they head its measures.
    """
    notes = {compact(n.term): n for n in reversed(_terms(dossier)) if n.anchors}
    texts = [
        p for p in pieces(dossier) if p.sort in (Sort.NAME, Sort.PROSE) and p.base.key != dossier.plan.key
    ]
    order = {piece.owner: at for at, piece in reversed(list(enumerate(texts)))}
    keys = {piece.base.key: piece for piece in reversed(texts)}
    goals = {placed.element.key: placed.path[0].key for placed in dossier.elements}
    hangs = {
        term: [keys[anchor.at] for anchor in note.anchors if anchor.at in keys]
        for term, note in notes.items()
        if 1 < len(term) <= _LONGEST_TERM
    }
    homes = {
        term: {goal for place in hung if (goal := goals.get(place.owner))} for term, hung in hangs.items()
    }
    directions = {placed.element.key: placed.path[0].key for placed in dossier.of_kind(LevelKind.DIRECTION)}
    late: list[tuple[str, Piece, Piece]] = []
    for term, first in _first_uses(homes, texts, directions).items():
        hung = hangs[term]
        if hung and all(order[first.owner] < order[place.owner] for place in hung):
            late.append((notes[term].term, first, min(hung, key=lambda place: order[place.owner])))
    if late:
        yield Found(
            both(
                "用語の注が、初めて出る箇所より後にあります：{}。",
                "Terms explained after their first use: {}.",
                [f"「{t}」（初出は{where(a.base)}、注は{where(b.base)}）" for t, a, b in late],
                [f'"{t}" (first at {where(a.base)}, note at {where(b.base)})' for t, a, b in late],
            ),
            tuple(place for term, a, b in late for place in (a.place(term), b.place(term))),
        )


def _first_uses(
    homes: Mapping[str, Set[str]], texts: Sequence[Piece], directions: Mapping[str, str]
) -> Mapping[str, Piece]:
    """The first piece that uses each of the terms as a word of its own, other than a direction of its goals.

    ``homes`` are the goals of each term, ``directions`` the goal of each direction.
    """
    beginnings: dict[str, set[int]] = defaultdict(set)
    for term in homes:
        beginnings[term[:2]].add(len(term))
    wanted = set(homes)
    found: dict[str, Piece] = {}
    for piece in texts:
        text = "".join(piece.folded.text.split())
        for at in range(len(text) - 1):
            for length in beginnings.get(text[at : at + 2], ()):
                term = text[at : at + length]
                if term not in wanted or directions.get(piece.owner) in homes[term]:
                    continue
                if _is_word(text, at, at + length):
                    found[term] = piece
                    wanted.discard(term)
        if not wanted:
            break
    return found


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether no letter of the same script joins on: コンプライアンス is no word of クロスコンプライアンス."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if _script(before) and _script(before) == _script(text[start]):
        return False
    return not (_script(behind) in ("latin", "katakana") and _script(behind) == _script(text[end - 1]))


def _script(character: str) -> str:
    if not character:
        return ""
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    if character.isascii() and character.isalpha():
        return "latin"
    return "kanji" if "一" <= character <= "鿿" else ""


@rule(
    "EDT07",
    Severity.INFO,
    title=Words("同じ用語の注が二つある", "A term is explained twice"),
    why=Words(
        "説明が食い違うおそれがあり、紙面も取ります。", "The explanations may differ, and they take up room."
    ),
    mend=Words(
        "初めて出る箇所の注だけを残してください。", "Keep the note at the first place that uses the term."
    ),
    case=Words("「関係人口」の注が二か所にある（作例）。", "A made-up case: 関係人口 has two notes."),
)
def two_notes(dossier: Dossier) -> Iterator[Found]:
    """Notes on one term; where they say different things somebody must look."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in _terms(dossier):
        groups[compact(note.term)].append(note)
    for same in groups.values():
        if len(same) < 2:
            continue
        differ = len({compact(note.text.text) for note in same}) > 1
        term, count = same[0].term, len(same)
        yield Found(
            Words(
                f"用語「{term}」の注が{count}つあ" + ("り、説明が違います。" if differ else "ります。"),
                f'The term "{term}" has {count} notes'
                + (" that say different things." if differ else " of the same words."),
            ),
            tuple(_place_of(note) for note in same),
            Severity.WARNING if differ else None,
        )


@rule(
    "EDT08",
    Severity.INFO,
    title=Words("どこにも付いていない注がある", "A note that hangs nowhere"),
    why=Words(
        "本文に印がないか、印のある語が消えたかもしれません。",
        "The mark is missing, or the word it hung on is gone.",
    ),
    mend=Words(
        "注を付ける語に印を付けるか、注を除いてください。",
        "Mark the word that it explains, or remove the note.",
    ),
    case=Words(
        "「有収率」の注があるが、本文のどこにも印がない（作例）。",
        "A made-up case: a note on 有収率 without a mark anywhere.",
    ),
)
def stray_notes(dossier: Dossier) -> Iterator[Found]:
    """Notes without a place, in a plan whose other notes have theirs."""
    notes = dossier.plan.notes
    stray = [note for note in notes if not note.anchors]
    if stray and len(stray) < len(notes):
        yield Found(
            both(
                "どこにも付いていない注があります：{}。",
                "Notes that hang nowhere: {}.",
                [f"「{_head(note)}」" for note in stray],
                [f'"{_head(note)}"' for note in stray],
            ),
            tuple(_place_of(note) for note in stray),
        )


@rule(
    "EDT09",
    Severity.WARNING,
    title=Words("注の印があるのに、注がない", "A mark without its note"),
    why=Words("読み手は説明を探しても見つけられません。", "A reader looks for an explanation in vain."),
    mend=Words("注を加えるか、印を除いてください。", "Add the note, or remove the mark."),
    case=Words(
        "施策名に「森林環境譲与税*」とあるのに、注がない（作例）。",
        'A made-up case: a measure named "森林環境譲与税*" without a note.',
    ),
)
def missing_notes(dossier: Dossier) -> Iterator[Found]:
    """Marks (*, ※) at names and values that no note belongs to."""
    anchored = {anchor.at for note in dossier.plan.notes for anchor in note.anchors}
    terms = [compact(note.term) for note in _terms(dossier)]
    marks = {_mark(note.mark) for note in dossier.plan.notes if note.kind is NoteKind.VALUE}
    places: dict[str, Place] = {}
    for piece in of_sort(dossier, Sort.NAME):
        printed = piece.node.as_read.get(piece.base.field, piece.text) if piece.node else piece.text
        if piece.base.key in anchored or not _REFERENCE.search(fold(printed).strip()):
            continue
        name = compact(piece.text)
        if not any(term in name for term in terms):
            places.setdefault(printed, piece.place(printed))
    for row in dossier.rows:
        for field, quantity in row.values:
            mark = quantity.mark
            if mark and row.placement.key not in anchored and _mark(mark) not in marks:
                places.setdefault(str(quantity), row.place(field.split(":")[0]))
    if places:
        yield Found(
            both(
                "注の印があるのに、注が見当たりません：{}。",
                "Marks without a note: {}.",
                [f"「{text}」" for text in places],
                [f'"{text}"' for text in places],
            ),
            tuple(places.values()),
        )


def _terms(dossier: Dossier) -> list[Note]:
    return [n for n in dossier.plan.notes if n.kind is NoteKind.TERM and n.term.strip()]


def _head(note: Note) -> str:
    return note.term or note.text.text[:20]


def _place_of(note: Note) -> Place:
    return Place(key=note.key, field="term", text=_head(note), page=note.page, path=f"注/{_head(note)}")


def _mark(text: str) -> str:
    return compact(text).strip("()[]")
