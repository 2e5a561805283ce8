"""How the installation is, at a glance; ``sosei doctor`` looks at everything."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

import django
from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sosei.web.jobs.models import Job, JobState
from sosei.web.journal.models import Act
from sosei.web.journal.tasks import retain
from sosei.web.site.language import say

BACKUP = "installation.backed_up"
_LITTLE = 1 << 30
_SLOW = timedelta(minutes=10)
_OLD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing and how it is; where it is not well, a word for that and what to do."""

    name: str
    text: str
    warning: str = ""
    advice: str = ""


def last_backup() -> Act | None:
    """The last backup that was made."""
    return Act.objects.filter(chain__municipality=None, action=BACKUP).order_by("-no").first()


def backup_is_old(act: Act | None) -> bool:
    """Whether a backup is missing or older than a week."""
    return act is None or timezone.now() - act.at > _OLD


def health() -> list[Line]:
    """The lines of the summary, in the order of the page."""
    lines = [_program(), _database(), _space(), _waiting(), _failed(), _daily()]
    return [*lines, _connection()] if settings.CONFIG.http else lines


def _program() -> Line:
    text = f"Sosei {version('sosei')}, Python {platform.python_version()}, Django {django.get_version()}"
    return Line(say("プログラム", "Program"), text)


def _database() -> Line:
    number = ".".join(map(str, connection.get_database_version()))
    return Line(say("データベース", "Database"), f"{connection.display_name} {number}")


def _space() -> Line:
    free = shutil.disk_usage(settings.CONFIG.home).free
    name, text = say("空き容量", "Free space"), filesizeformat(free)
    if free >= _LITTLE:
        return Line(name, text)
    return Line(name, text, say("少ない", "low"), say("ディスクを空けてください", "make room on the disk"))


def _connection() -> Line:
    return Line(
        say("通信", "Connection"),
        say("暗号化なし", "not encrypted"),
        say("試用", "trial"),
        say("職員が使う前に TLS を用意してください", "set TLS up before people use it"),
    )


def _waiting() -> Line:
    waiting = Job.objects.filter(state=JobState.WAITING)
    name, count = say("待っている作業", "Waiting jobs"), waiting.count()
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    if oldest is None:
        return Line(name, say("なし", "none"))
    age = timesince(oldest, depth=1)
    text = say(f"{count}件（最も古いものは{age}前）", f"{count} (the oldest for {age})")
    if timezone.now() - oldest <= _SLOW:
        return Line(name, text)
    advice = say("sosei worker が動いているか確かめてください", "see whether sosei worker runs")
    return Line(name, text, say("遅れ", "late"), advice)


def _failed() -> Line:
    name, count = say("失敗した作業", "Failed jobs"), Job.objects.filter(state=JobState.FAILED).count()
    if not count:
        return Line(name, say("なし", "none"))
    advice = say("「作業」に理由があります", "see the page of jobs")
    return Line(name, say(f"{count}件", str(count)), say("要確認", "look"), advice)


def _daily() -> Line:
    name = say("毎日の処理", "Daily work")
    waiting = DBTaskResult.objects.filter(task_path=retain.module_path, status=TaskResultStatus.READY)
    if (at := waiting.values_list("run_after", flat=True).first()) is None:
        advice = say("sosei worker を動かすと予定されます", "it is planned when sosei worker runs")
        return Line(name, say("予定なし", "not planned"), say("要確認", "look"), advice)
    text = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return Line(name, say(f"次は {text}", f"next {text}"))
