"""What people type about a public comment: checked here, done by ``acts``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sosei.reports.public_comment import CHANGED, OUTCOMES
from sosei.web.comments.acts import Said
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.opinions import SaidOpinion
from sosei.web.comments.places import Place
from sosei.web.plans.forms import Day, Text
from sosei.web.site.language import say
from sosei.web.site.templatetags.sosei import day
from sosei.web.site.words import pair

_ANNOUNCED = (
    ("広報紙", "Newsletter"),
    ("ホームページ", "Website"),
    ("窓口での閲覧", "At the counter"),
    ("公民館・支所での閲覧", "At branch offices"),
    ("報道・SNS", "Press and social media"),
)
_SENT = (
    ("郵送", "Post"),
    ("FAX", "Fax"),
    ("メール", "Mail"),
    ("窓口への持参", "At the counter"),
    ("電子申請", "Online form"),
)
_MOST = 1_000_000
LONGEST = 10_000
_UNITS = "人名団体件"


class Count(forms.CharField):
    """A number of people or things as people write it: 14, １４, 14人, 1,204; None where nothing is written."""

    def __init__(self, *, least: int = 0, **more: Any) -> None:
        self.least = least
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **more)

    def clean(self, value: Any) -> int | None:
        """The number."""
        text = unicodedata.normalize("NFKC", super().clean(value)).replace(",", "").rstrip(_UNITS).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and self.least <= int(text) <= _MOST):
            raise ValidationError(
                say(
                    f"{self.least}以上の数を書いてください（例: 14、１４人）",
                    f"write a number of {self.least} or more (for example 14)",
                )
            )
        return int(text)


class PublicCommentForm(forms.Form):
    """A public comment: what, when, how, how many."""

    title = Text(
        label=pair("件名", "Title"),
        max_length=300,
        help_text=pair("例: 第3期総合戦略（案）への意見募集", "for example: comments on the draft strategy"),
    )
    since = Day(
        label=pair("募集の初日", "First day"),
        max_length=30,
        help_text=pair("例: 令和8年1月5日、R8.1.5、2026-01-05", "for example R8.1.5 or 2026-01-05"),
    )
    until = Day(
        label=pair("募集の最終日", "Last day"),
        max_length=30,
        help_text=pair(
            "この日までに届いた意見を受け付けます", "opinions are taken until the end of this day"
        ),
    )
    announced = forms.MultipleChoiceField(
        label=pair("周知の方法", "How it was announced"), required=False, widget=forms.CheckboxSelectMultiple
    )
    announced_other = Text(
        label=pair("周知の方法（その他）", "Announced otherwise"), required=False, max_length=300
    )
    sent = forms.MultipleChoiceField(
        label=pair("意見の提出の方法", "How opinions could be sent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sent_other = Text(
        label=pair("意見の提出の方法（その他）", "Sent otherwise"), required=False, max_length=300
    )
    people = Count(
        label=pair("意見を提出した人の数", "People who sent opinions"),
        required=False,
        help_text=pair(
            "人数だけを記録します。氏名や住所は記録しません。数えていなければ空のままにします",
            "only the number is kept, no names or addresses; leave it empty where nobody counted",
        ),
    )
    organisations = Count(
        label=pair("意見を提出した団体の数", "Organisations that sent opinions"), required=False
    )
    remarks = Text(
        label=pair("備考", "Remarks"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pair("印刷する表の前書きに載ります", "printed above the table"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    old = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, usual in _WAYS.items():
            self.fields[name].choices = [(ja, say(ja, en)) for ja, en in usual]

    def clean(self) -> dict[str, Any]:
        """The period has its end on or after its beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error(
                "until",
                say(
                    "募集の最終日は、初日かその後の日にしてください",
                    "the last day must not lie before the first",
                ),
            )
        return cleaned

    def said(self) -> Said:
        """What the form says, once it is valid."""
        found = self.cleaned_data
        return Said(
            title=found["title"],
            since=found["since"],
            until=found["until"],
            announced=_words(found["announced"], found["announced_other"]),
            sent=_words(found["sent"], found["sent_other"]),
            people=found["people"],
            organisations=found["organisations"],
            remarks=found["remarks"],
        )

    @staticmethod
    def values(comment: PublicComment) -> dict[str, Any]:
        """The comment as the form shows it."""
        found = {
            "title": comment.title,
            "since": day(comment.since),
            "until": day(comment.until),
            "people": comment.people,
            "organisations": comment.organisations,
            "remarks": comment.remarks,
        }
        for name, usual in _WAYS.items():
            known = {ja for ja, _ in usual}
            words = getattr(comment, name).split("\n")
            found[name] = [word for word in words if word in known]
            found[f"{name}_other"] = "、".join(word for word in words if word and word not in known)
        return found


_WAYS = {"announced": _ANNOUNCED, "sent": _SENT}


def ways(words: str) -> str:
    """Words of a comment, one a line, as a page says them."""
    known = dict((*_ANNOUNCED, *_SENT))
    return say("、", ", ").join(say(word, known.get(word, word)) for word in words.split("\n"))


def _words(ticked: list[str], other: str) -> str:
    return "\n".join([*ticked, *([" ".join(other.split())] if other.strip() else [])])


class OpinionForm(forms.Form):
    """An opinion and its answer; who sent it is not asked."""

    record = forms.ChoiceField(label=pair("該当箇所", "What it is about"), required=False)
    page = Text(
        label=pair("案のページ", "Page of the draft"),
        required=False,
        max_length=40,
        help_text=pair("例: 12、12～13", "for example 12"),
    )
    summary = Text(
        label=pair("意見の概要", "The opinion, summarised"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=pair(
            "氏名、住所、連絡先など、提出した人が分かることは書かないでください。この画面は提出者を記録しません",
            "write nothing that tells who sent it (name, address, contact); the sender is not kept here",
        ),
    )
    same = Count(
        label=pair("同じ趣旨の意見の件数", "How many said the same"),
        least=1,
        required=False,
        help_text=pair(
            "この意見を含めた件数。1件だけなら空のままにします", "with this one; empty for one only"
        ),
    )
    answer = Text(
        label=pair("考え方", "Answer"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    outcome = forms.ChoiceField(label=pair("修正の有無", "Changed or not"), required=False)
    change = Text(
        label=pair("修正の内容", "What was changed"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    operation = forms.ChoiceField(
        label=pair("下書きの変更", "Change of the draft"),
        required=False,
        help_text=pair(
            "この意見で変えたところ。該当箇所を保存すると、そこの変更から選べます",
            "what was changed for it; save what it is about to choose from the changes there",
        ),
    )
    number = Count(
        label=pair("番号", "Number"),
        least=1,
        required=False,
        help_text=pair(
            "表の何番目に置くか。新しい意見は、空のままなら最後に置きます",
            "where in the table it stands; a new one left empty stands last",
        ),
    )
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    key = forms.UUIDField(widget=forms.HiddenInput)
    old = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *given: Any, places: Iterable[Any], operations: Iterable[tuple[str, str]], own: str, **more: Any
    ) -> None:
        """``places`` and ``operations`` are choices; ``own`` is what the municipality calls itself."""
        super().__init__(*given, **more)
        self.fields["record"].choices = list(places)
        self.fields["outcome"].choices = [
            ("", say("（まだ決めていない）", "(not decided yet)")),
            *((outcome.value, say(*words)) for outcome, words in OUTCOMES.items()),
        ]
        self.fields["operation"].choices = [("", say("（なし）", "(none)")), *operations]
        self.fields["answer"].label = own

    def clean(self) -> dict[str, Any]:
        """What was changed is said only where something is."""
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome in CHANGED and not cleaned.get("change") and "change" not in self.errors:
            self.add_error(
                "change",
                say("何をどう修正するかを書いてください", "say what is changed, and how"),
            )
        return cleaned

    @property
    def goes_to(self) -> int | None:
        """The number that it is to have; None where the one that the form showed was left alone."""
        number: int | None = self.cleaned_data["number"]
        return None if str(number or "") == self.cleaned_data["stood"] else number

    def said(self, place: Place) -> SaidOpinion:
        """What the form says, once it is valid; ``place`` is the record that it names."""
        found = self.cleaned_data
        return SaidOpinion(
            record=place.key,
            goal=place.goal,
            place=place.text,
            page=found["page"],
            summary=found["summary"],
            same=found["same"] or 1,
            answer=found["answer"],
            outcome=found["outcome"],
            change=found["change"],
            operation=found["operation"],
        )

    @staticmethod
    def values(opinion: PublicOpinion, number: int) -> dict[str, Any]:
        """The opinion as the form shows it."""
        return {
            "record": opinion.record,
            "page": opinion.page,
            "summary": opinion.summary,
            "same": opinion.same if opinion.same > 1 else "",
            "answer": opinion.answer,
            "outcome": opinion.outcome,
            "change": opinion.change,
            "operation": str(opinion.operation_id or ""),
            "number": number,
            "stood": number,
        }
