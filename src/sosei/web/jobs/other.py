"""Work other than documents that the workers do, by the kind of its jobs.

A part whose work it is enters it when Django starts (``AppConfig.ready``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sosei.values import Words
from sosei.web.jobs.models import Job

Tell = Callable[[int, Words], None]
"""Says which step has begun and what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is done with a job: ``run`` does it, ``failed`` is the sentence for a fault of ours.

    ``clear`` removes what has been kept too long; it is called before a worker's first job.
    """

    run: Callable[[Job, Tell], None]
    clear: Callable[[], object]
    failed: Words


WORKS: dict[str, Work] = {}
