"""Which rows leave an installation: every model of the application, carried or dropped with a reason.

``CARRIED`` is an allow-list: a backup holds all rows of these models, a hand-over those of one
municipality.  A test fails when a model of the installation stands in neither table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """A model whose rows are in a backup.

    ``scope`` is the lookup that leads from a row to its municipality's id: those rows are handed over
    with the municipality.  Empty: they stay, because ``stays``.
    """

    model: str
    scope: str = "municipality"
    stays: str = ""


# In the order of writing: what is pointed at stands before what points.
CARRIED: tuple[Carried, ...] = (
    Carried("people.Municipality", "id"),
    # Whom a municipality's rows name, and what of them is handed over: handover.py.
    Carried("people.User", "named"),
    Carried("people.Division"),
    Carried("people.DivisionName"),
    Carried("people.DivisionSuccession"),
    Carried("people.Membership"),
    Carried("people.Assignment"),
    Carried("people.Reorganisation"),
    Carried("journal.Chain"),
    Carried("journal.Act", "chain__municipality"),
    Carried("journal.Checkpoint", "chain__municipality"),
    Carried("plans.Plan"),
    Carried("plans.Edition"),
    Carried("plans.ChangeReason"),
    Carried("plans.Element"),
    Carried("plans.RegisteredIndicator"),
    Carried("plans.Draft"),
    Carried("plans.DraftOperation"),
    Carried("plans.DraftReason"),
    Carried("comments.PublicComment"),
    Carried("comments.PublicOpinion"),
    Carried("proposals.ChangeRequest"),
    Carried("proposals.AskedDivision"),
    Carried("proposals.Proposal"),
    Carried("proposals.AcceptedOperation"),
    Carried("population.PopulationTable"),
    Carried("population.SavedScenario"),
    Carried("account.EmailAddress", "", "a person confirms an address anew in the other installation"),
    Carried("mfa.Authenticator", "", "a secret of the person: the second factor is set up anew"),
    Carried("socialaccount.SocialAccount", "", "belongs to this installation's single sign-on"),
)

DROPPED: Mapping[str, str] = {
    "plans.PlacementRow": "derived from editions, made anew by reindex",
    "plans.YearRow": "derived from editions, made anew by reindex",
    "plans.SearchRow": "derived from editions, made anew by reindex",
    "plans.FindingRow": "derived from editions, made anew by reindex",
    "workbooks.Upload": "waits a few days to be looked at; the file is with whoever sent it",
    "workbooks.UploadChange": "what an upload would change, read from it anew",
    "population.PopulationUpload": "waits a few days to be looked at; the file is with whoever sent it",
    "jobs.Job": "documents are made again when they are asked for",
    "django_tasks_database.DBTaskResult": "work of this installation's workers",
    "sessions.Session": "people sign in again",
    "axes.AccessAttempt": "locks against guessing last minutes",
    "axes.AccessAttemptExpiration": "locks against guessing last minutes",
    "axes.AccessFailureLog": "the log says who failed to sign in",
    "axes.AccessLog": "the log says who signed in",
    "account.EmailConfirmation": "a link that was mailed; it is asked for again",
    "socialaccount.SocialApp": "single sign-on stands in sosei.toml",
    "socialaccount.SocialToken": "never kept",
    "auth.Permission": "rights are roles; Django's own are not used",
    "auth.Group_permissions": "rights are roles; Django's own are not used",
    "auth.Group": "rights are roles; Django's own are not used",
    "contenttypes.ContentType": "Django's list of models, made by migrate",
}
