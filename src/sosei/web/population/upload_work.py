"""What a worker does with a file of population: read it, keep the municipality's figures, forget the file."""

from __future__ import annotations

from django.db import transaction

from sosei.values import Problem, Words
from sosei.web.jobs.models import Job
from sosei.web.jobs.other import Tell
from sosei.web.population.kept import dump_reading, dump_remarks
from sosei.web.population.models import PopulationUpload
from sosei.web.population.place_files import area_for, read_for
from sosei.web.population.upload_keeping import READING, READY, REFUSED, forget

KIND = "population-table"
"""The kind of the jobs."""
STEPS = 2
FAILED = Words(
    "読み込みの途中で誤りが起きました。もう一度試し、続く場合は運用の担当者に時刻を添えて知らせてください",
    "something went wrong while it was read; try again, and if it goes on tell the operator the time",
)
_READS = Words("ファイルを開いて、見出しと和を確かめています", "opening the file, checking headings and sums")
_KEEPS = Words("市町村の値を取り出しています", "taking out the municipality's figures")


def run(job: Job, tell: Tell) -> None:
    """Read the upload of ``job``; nothing where it is done with already.

    Raises Problem where it cannot be read; the file is then gone.
    """
    upload = PopulationUpload.objects.select_related("municipality").filter(job=job, state=READING).first()
    if upload is None:
        return
    area = area_for(upload.place, upload.municipality)
    tell(1, _READS)
    try:
        reading = read_for(upload.place, area, bytes(upload.data), upload.name[:100])
    except Problem as problem:
        upload.problem_ja, upload.problem_en = problem.ja, problem.en
        forget(upload, REFUSED)
        raise
    tell(2, _KEEPS)
    content = dump_reading(reading, area)
    with transaction.atomic():
        upload = PopulationUpload.objects.select_for_update().get(pk=upload.pk)
        if upload.state != READING:
            return
        upload.state, upload.data, upload.content = READY, b"", content
        upload.remarks = dump_remarks(reading.remarks)
        upload.save()
