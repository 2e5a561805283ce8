"""Result files: below the installation's folder, one folder a municipality, written whole or not at all."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from sosei.formats.output import write_output
from sosei.values import Problem
from sosei.web.jobs.models import Job

KEPT_DAYS = 30
_LOG = logging.getLogger(__name__)


def place_of(job: Job, form: str) -> str:
    """Where the result of ``job`` lies below the files folder."""
    return f"{job.municipality.code}/{job.pk}.{form}"


def path_of(job: Job) -> Path | None:
    """The result file of a finished job; None where there is none (any more)."""
    path = settings.CONFIG.files / job.file
    return path if job.file and path.is_file() else None


def write(place: str, data: bytes) -> None:
    """Write a result; raises Problem, without naming folders, where the disk does not take it."""
    path = settings.CONFIG.files / place
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_output(path, data)
    except (OSError, Problem):
        _LOG.exception("the result %s could not be written", path)
        raise Problem(
            "できあがった文書を保存できませんでした。運用の担当者に、保存先の空きと権限を確かめてもらってください",
            "the finished document could not be stored; ask the operator to check space and rights on the disk",
        ) from None


def remove_old_files() -> int:
    """Remove every file older than ``KEPT_DAYS``, finished or half-written; how many."""
    before = time.time() - KEPT_DAYS * 24 * 60 * 60
    count = 0
    for path in settings.CONFIG.files.glob("*/*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()
                count += 1
    return count
