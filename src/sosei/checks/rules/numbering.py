"""The numbers and names of goals and measures: in the tree, the contents and the chapters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sosei.checks.dossier import Dossier
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.plan.model import Element, LevelKind
from sosei.plan.record import Chapter, ContentsLine
from sosei.plan.walk import Placed
from sosei.values import fold
from sosei.values.folding import compact

_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇"
_LAST_NUMBER = re.compile(f"([0-9]{{1,6}}|[{_CIRCLED}])[^0-9{_CIRCLED}]*$")
_ROMAN = {0x2160 + at: str(at + 1) for at in range(12)}
_LINE_NUMBER = re.compile(r"^(?:第 ?[0-9]{1,3} ?[章節項]|[0-9]{1,3}(?: ?- ?[0-9]{1,3}){0,3}(?=[. ]))")
_PAGES_BEFORE = re.compile(r"^ *[0-9]{1,4}(?: [0-9]{1,4})*\t *")
_LEADER = re.compile(r"[.…‥・ ]{2,}[0-9 ]*$")
_EARLIER = re.compile("検証|前期|前計画|旧計画|第 ?[0-9]{1,2} ?期|振り返り|実績")
_LABEL_LENGTH = 40
_NAMED = (LevelKind.GOAL, LevelKind.DIRECTION, LevelKind.POLICY, LevelKind.MEASURE)
_PUNCTUATION = re.compile("[\\s「」『』【】・,、。:;.\\-~]")


@dataclass(frozen=True)
class _Named:
    """A place where a title is printed outside the tree."""

    title: str
    place: Place


@rule(
    "EDT02",
    Severity.WARNING,
    title=Words(
        "基本目標・施策の名称が、目次・章の題と本文で違う",
        "A goal's or measure's name differs between the tree, the contents and the chapters",
    ),
    why=Words(
        "どちらが正式の名称か読み手にわかりません。", "A reader cannot tell which name is the right one."
    ),
    mend=Words("正式の名称を確かめ、すべての箇所をそろえてください。", "Print the adopted name everywhere."),
    case=Words(
        "目次では「基本目標2 新しいひとの流れを作る」、本文では「人の流れをつくる」（作例）。",
        "A made-up case: the contents call goal 2 新しいひとの流れを作る, the text 人の流れをつくる.",
    ),
)
def other_names(dossier: Dossier) -> Iterator[Found]:
    """Titles that carry a goal's label (基本目標2) but another name; a closed period's titles are passed over."""
    tops = {
        compact(e.label): e for e in dossier.plan.elements if e.name and 0 < len(e.label) <= _LABEL_LENGTH
    }
    labels = re.compile("|".join(sorted(map(re.escape, tops), key=len, reverse=True)) or "(?!)")
    placed = {p.element.key: p for p in dossier.elements}
    measures = {e.key: {compact(c.label): c for c in e.children if c.name} for e in tops.values()}
    goal: Element | None = None
    element: Element | None
    for printed in (*_contents(dossier), *_chapters(dossier), *_quoted(dossier, labels)):
        squeezed = compact(printed.title)
        match = labels.search(squeezed[:_LABEL_LENGTH])
        if match is not None and match.start() <= 4:
            goal, element = tops[match[0]], tops[match[0]]
            rest = squeezed[match.end() :]
        else:
            element, rest = _below(measures.get(goal.key, {}) if goal else {}, squeezed)
        if element is not None and _is_another_name(_bare(rest), _bare(compact(element.name))):
            yield _other_name(dossier, placed[element.key], printed)


def _is_another_name(printed: str, name: str) -> bool:
    """Whether ``printed`` is meant for ``name`` and differs; 基本目標1の数値目標 is no name of a goal."""
    if not printed or printed[:1].isdigit() or not name or name in printed:
        return False
    return SequenceMatcher(None, printed[:100], name[:100], autojunk=False).ratio() >= 0.5


def _other_name(dossier: Dossier, placed: Placed, printed: _Named) -> Found:
    element = placed.element
    return Found(
        Words(
            f"{placed.place}の名称は「{element.name}」ですが、{printed.place.path}では"
            f"「{printed.title}」となっています。",
            f'{placed.place} is named "{element.name}", but "{printed.title}" at {printed.place.path}.',
        ),
        (dossier.place(placed, "name", element.name), printed.place),
    )


def _below(children: Mapping[str, Element], squeezed: str) -> tuple[Element | None, str]:
    """The element whose label the title begins with, and what follows it."""
    for length in range(min(_LABEL_LENGTH, len(squeezed) - 1), 2, -1):
        child = children.get(squeezed[:length])
        if child is not None:
            return child, squeezed[length:]
    return None, ""


def _contents(dossier: Dossier) -> Iterator[_Named]:
    for line in dossier.plan.contents:
        title = _LEADER.sub("", fold(line.title))
        place = Place(key=dossier.plan.key, field="contents", text=line.title, page=line.page, path="目次")
        yield _Named(title, place)


def _chapters(dossier: Dossier) -> Iterator[_Named]:
    stack: list[tuple[Chapter, str]] = [(c, f"第{c.no}章") for c in reversed(dossier.plan.chapters)]
    while stack:
        chapter, path = stack.pop()
        if _EARLIER.search(fold(chapter.title)):
            continue
        place = Place(key=chapter.key, field="title", text=chapter.title, page=chapter.page, path=path)
        yield _Named(chapter.title, place)
        stack.extend((section, f"{path}/{section.no}") for section in reversed(chapter.sections))


def _quoted(dossier: Dossier, labels: re.Pattern[str]) -> Iterator[_Named]:
    """Names quoted behind their label in running text: 基本目標1「仕事をつくる」."""
    quoted = re.compile(f"(?:{labels.pattern})「[^「」]{{2,60}}」")
    for passage in dossier.passages:
        if not _EARLIER.search(fold(passage.path + passage.text)):
            for match in quoted.finditer(compact(passage.text)):
                yield _Named(match[0], passage.place(match[0]))


def _bare(text: str) -> str:
    """A name without brackets, points and what only sets it off."""
    return _PUNCTUATION.sub("", text)


@rule(
    "EDT03",
    Severity.WARNING,
    title=Words(
        "同じ名称の基本目標・施策が並んでいる", "Two goals, or two measures of one goal, of the same name"
    ),
    why=Words(
        "どちらを指すのかわからず、片方は写し間違いかもしれません。",
        "They cannot be told apart, and one may be a slip of copying.",
    ),
    mend=Words(
        "名称が正しいか確かめ、再掲なら「（再掲）」と添えてください。",
        "Check both names; mark a repeated one with （再掲）.",
    ),
    case=Words(
        "基本目標1の施策①と施策③が、どちらも「商工業の振興」（作例）。",
        "A made-up case: measures ① and ③ of goal 1 are both named 商工業の振興.",
    ),
)
def same_names(dossier: Dossier) -> Iterator[Found]:
    """Siblings of one level, projects excepted, under one name."""
    for siblings in _siblings(dossier):
        if dossier.kind(siblings[0].element) not in _NAMED:
            continue
        groups: dict[str, list[Placed]] = defaultdict(list)
        for placed in siblings:
            name = compact(placed.element.name)
            if name and "再掲" not in name + placed.element.label:
                groups[name].append(placed)
        for same in groups.values():
            if len(same) > 1:
                labels = [placed.place or placed.element.name for placed in same]
                name = same[0].element.name
                yield Found(
                    both(
                        f"{{}}が、どれも「{name}」という名称です。",
                        f'{{}} have the same name "{name}".',
                        labels,
                    ),
                    tuple(dossier.place(placed, "name", placed.element.name) for placed in same),
                )


@rule(
    "EDT04",
    Severity.WARNING,
    title=Words("番号が飛ぶ、重なる、前後する", "Numbers of siblings skip, repeat or go back"),
    why=Words(
        "項目の抜けか、番号の付け間違いかもしれません。",
        "An item may be missing, or the numbers may be wrong.",
    ),
    mend=Words(
        "抜けた項目がないか確かめ、番号を付け直してください。",
        "Look for a missing item, then number them anew.",
    ),
    case=Words("施策が①、②、④と並び、③がない（作例）。", "A made-up case: measures ①, ②, ④ without ③."),
)
def numbers(dossier: Dossier) -> Iterator[Found]:
    """Siblings of one level whose printed numbers do not run on by one."""
    for siblings in _siblings(dossier):
        groups: dict[tuple[str, str], list[tuple[int, Placed]]] = defaultdict(list)
        for placed in siblings:
            read = _numbered(placed.element.label)
            if read is not None and "再掲" not in placed.element.label:
                groups[read[0]].append((read[1], placed))
        for group in groups.values():
            bad = _bad_steps([number for number, _ in group])
            if bad:
                yield _disorder(dossier, [placed for _, placed in group], bad)


def _disorder(dossier: Dossier, group: Sequence[Placed], bad: Sequence[int]) -> Found:
    pairs = [f"{group[at].element.label}→{group[at + 1].element.label}" for at in bad]
    involved = sorted({*bad, *(at + 1 for at in bad)})
    level = next(level.name for level in dossier.plan.levels if level.code == group[0].element.level)
    parent = "/".join(e.label for e in group[0].path[:-1] if e.label)
    of = f"{parent}の" if parent else ""
    return Found(
        both(
            f"{of + level}の番号が続いていません：{{}}。",
            f"The numbers of {level} {parent} do not run on: {{}}.",
            pairs,
        ),
        tuple(dossier.place(group[at], "label", group[at].element.label) for at in involved),
    )


def _bad_steps(numbers: Sequence[int]) -> list[int]:
    """Where the next number is not one more; nothing where they are codes rather than a sequence."""
    bad = [at for at, (a, b) in enumerate(pairwise(numbers)) if b != a + 1]
    steps = len(numbers) - 1
    wild = any(numbers[at + 1] - numbers[at] > 10 for at in bad)
    in_place = sum(number == numbers[0] + at for at, number in enumerate(numbers))
    is_permuted = sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
    is_sequence = steps == 1 or is_permuted or 2 * len(bad) <= steps or 2 * in_place > len(numbers)
    return bad if is_sequence and not wild else []


def _numbered(label: str) -> tuple[tuple[str, str], int] | None:
    """What stands around the last number of a label, and the number; None without one."""
    folded = compact(label.translate(_ROMAN))[:200]
    match = _LAST_NUMBER.search(folded)
    if match is None:
        return None
    digit = match[1]
    number = int(digit) if digit.isdecimal() else int(unicodedata.numeric(digit))
    kind = "" if digit.isdecimal() else "○"
    return (folded[: match.start()] + kind, folded[match.end(1) :]), number


def _siblings(dossier: Dossier) -> Iterator[list[Placed]]:
    """The elements of each level under each parent, in file order."""
    groups: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for placed in dossier.elements:
        parent = placed.path[-2].key if len(placed.path) > 1 else ""
        groups[parent, placed.element.level].append(placed)
    yield from groups.values()


@rule(
    "EDT05",
    Severity.WARNING,
    title=Words("目次に同じ番号が二度ある", "A number stands twice in the contents"),
    why=Words("読み手が目次から目的の項目を探せません。", "A reader cannot find the item from the contents."),
    mend=Words(
        "本文の見出しの番号と合わせて、目次を直してください。",
        "Bring the contents in line with the headings.",
    ),
    case=Words(
        "阿蘇市の目次では、4-2であるべき行が「4 - 1.」と印字されている。",
        'In Aso\'s contents the line that should be 4-2 is printed "4 - 1.".',
    ),
)
def contents_numbers(dossier: Dossier) -> Iterator[Found]:
    """Lines of the contents, under one heading, that are printed with the same number.

    Where one of them was restored from a damaged line, it is asked only.
    """
    shared = Counter(line.as_read for line in dossier.plan.contents)
    above: dict[tuple[int, int], int] = {}
    seen: dict[tuple[int, str], ContentsLine] = {}
    twice: dict[str, list[ContentsLine]] = {}
    for at, line in enumerate(dossier.plan.contents):
        number = _line_number(line, is_shared=shared[line.as_read] > 1)
        depth = (line.level, _rank(number))
        above = {other: index for other, index in above.items() if other < depth}
        parent = max(above.values(), default=-1)
        above[depth] = at
        if not number:
            continue
        first = seen.setdefault((parent, number), line)
        if first is not line:
            twice.setdefault(number, [first]).append(line)
    restored = {number for number, same in twice.items() if any(_is_restored(number, line) for line in same)}
    for is_restored in (False, True):
        chosen = {number: same for number, same in twice.items() if (number in restored) == is_restored}
        if not chosen:
            continue
        lines = [line for same in chosen.values() for line in same]
        ja, en = _TWICE[is_restored]
        yield Found(
            both(
                ja,
                en,
                [f"{number}（{'／'.join(li.title for li in same)}）" for number, same in chosen.items()],
                [f"{number} ({' / '.join(li.title for li in same)})" for number, same in chosen.items()],
            ),
            tuple(
                Place(
                    key=dossier.plan.key,
                    field="contents",
                    text=line.title if shared[line.as_read] > 1 else line.as_read or line.title,
                    page=line.page,
                    path=f"目次/{line.title}",
                )
                for line in lines
            ),
            Severity.INFO if is_restored else None,
        )


_TWICE = {
    False: ("目次に同じ番号が二度あります：{}。", "Numbers twice in the contents: {}."),
    True: (
        "目次に同じ番号が二度あるように読めますが、書き起こすときに補った行があります。原本の番号を確認してください：{}。",
        "Numbers seem to stand twice in the contents, but a line was restored; look at the original: {}.",
    ),
}


def _is_restored(number: str, line: ContentsLine) -> bool:
    """Whether the clean title has another number than the line as it was read."""
    return bool(line.as_read) and _number_of(line.title) not in ("", number)


def _rank(number: str) -> int:
    """第1章 stands above 第1節, both above 1, and 1 above 1-1, where lines of contents have one level."""
    if "章" in number or not number:
        return 0
    return 1 if number.startswith("第") else 2 + number.count("-")


def _line_number(line: ContentsLine, *, is_shared: bool) -> str:
    """The number that a line is printed with; that of its clean title where its own text holds two lines."""
    text = line.title if is_shared or not line.as_read else _PAGES_BEFORE.sub("", line.as_read)
    return _number_of(text)


def _number_of(text: str) -> str:
    match = _LINE_NUMBER.match(fold(text).strip() + " ")
    return "".join(match[0].split()) if match else ""
