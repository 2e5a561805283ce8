"""Plans as editions (architecture, decision 1): bytes that never change, drafts as operations, flat rows.

The plan itself is defined in ``sosei.plan`` and nowhere else; rows here hold its bytes, what needs
locks and rights, and what lists and search read (rebuilt by ``sosei reindex``).
"""

from __future__ import annotations

from django.db import models

from sosei.web.people.models import Municipality, Row, User


class Plan(Row):
    """A strategy (総合戦略) of a municipality; ``key`` is the plan file's."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="plans")
    key = models.CharField(max_length=10)
    title = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at",)
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="plan_key")]


class Edition(Row):
    """An adopted state of a plan (版): canonical bytes with their SHA-256, never rewritten."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    no = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    adopted_on = models.DateField()
    reason = models.TextField(blank=True)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-no",)
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="edition_no")]

    @property
    def version(self) -> str:
        """How addresses name it: e2."""
        return f"e{self.no}"


class ChangeReason(Row):
    """Why a record or a field was changed in an edition, for the 新旧対照表; ``field`` empty: the record."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reasons")
    key = models.CharField(max_length=10)
    field = models.CharField(max_length=60, blank=True)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key", "field"], name="reason_once")]


class Element(Row):
    """A record that yearly rows point at: it exists from its first edition to its last."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="elements")
    key = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    first = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    last = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="element_key")]


class RegisteredIndicator(Row):
    """The municipality's registry of indicators: the current definition, as plan data in JSON text."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="indicators")
    key = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    definition = models.TextField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="indicator_key")]


class Draft(Row):
    """A plan being written: a base (an edition, or the bytes it began with) and operations on it.

    A plan has at most one open draft.  ``length`` counts its operations and is the lock for adding one.
    ``adopted`` is the edition it became; a closed draft without one was discarded.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="drafts")
    base = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    start = models.BinaryField(null=True)
    length = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    adopted = models.OneToOneField(Edition, on_delete=models.PROTECT, null=True, related_name="adopted_draft")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=models.Q(is_open=True), name="one_open_draft"),
            models.CheckConstraint(
                condition=models.Q(base__isnull=True) ^ models.Q(start__isnull=True), name="draft_has_a_base"
            ),
        ]


class DraftOperation(Row):
    """One operation of a draft as JSON text (``sosei.plan.operations``); append-only.

    ``act`` is the same for all that one act wrote together.  ``undoes`` names the operation it takes
    back; ``backwards`` tells a taking back from the doing again, which takes a taking back back.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="operations")
    no = models.PositiveIntegerField()
    operation = models.TextField()
    act = models.UUIDField(db_index=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    backwards = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("no",)
        constraints = [models.UniqueConstraint(fields=["draft", "no"], name="operation_no")]


class DraftReason(Row):
    """Why a place of a draft was changed, as somebody wrote it beside the list of changes.

    ``key`` and ``field`` are those of ``ChangeReason``, which it becomes when the draft is adopted;
    ``about`` is the hash of what the change said when the reason was written.  An empty text takes a
    reason back that an operation carries.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="reasons")
    key = models.CharField(max_length=10)
    field = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    about = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "key", "field"], name="draft_reason_once")]


class EditionRow(models.Model):
    """A flat row of an edition: derived, rebuilt by ``sosei reindex``, in no backup's promise.

    The fields are those of ``sosei.web.reading.rows``.  The identity follows from edition and ``order``,
    so that rebuilding gives the same rows.  Where a row names several (divisions, keys) they stand one
    a line between two line ends, so that ``contains="\\n商工観光課\\n"`` finds exactly one name.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="%(class)ss")
    order = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="%(class)s_order")]


class PlacementRow(EditionRow):
    """One place where an indicator is printed, flat, with the figures of the latest year.

    ``rate`` is for sorting (a database keeps ten decimals and no huge number); ``rate_text`` is shown.
    ``spark`` is the small line as JSON (``Spark.as_json``).
    """

    key = models.CharField(max_length=10)
    indicator = models.CharField(max_length=10)
    role = models.CharField(max_length=20)
    name = models.TextField()
    place = models.TextField(blank=True)
    element = models.CharField(max_length=10)
    goal = models.CharField(max_length=10)
    goal_label = models.TextField(blank=True)
    goal_name = models.TextField(blank=True)
    measure = models.CharField(max_length=10, blank=True)
    measure_label = models.TextField(blank=True)
    measure_name = models.TextField(blank=True)
    divisions = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    direction = models.CharField(max_length=20)
    baseline = models.TextField(blank=True)
    target = models.TextField(blank=True)
    actual = models.TextField(blank=True)
    actual_year = models.PositiveIntegerField(null=True)
    rate_text = models.TextField(blank=True)
    again = models.TextField(blank=True)
    rate = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    grade = models.TextField(blank=True)
    reached = models.BooleanField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    no_rate_ja = models.TextField(blank=True)
    no_rate_en = models.TextField(blank=True)
    difficult = models.BooleanField(default=False)
    spark = models.TextField(default="{}")

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["municipality", "indicator"])]


class YearRow(EditionRow):
    """A placement's value and result of one year; ``number`` exact, in plain notation."""

    placement = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    number = models.TextField(blank=True)
    rate_text = models.TextField(blank=True)
    rate = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    grade = models.TextField(blank=True)
    reached = models.BooleanField(null=True)

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["edition", "year"])]


class SearchRow(EditionRow):
    """One text of an edition that search looks through; ``folded`` is what is matched."""

    record = models.CharField(max_length=10)
    owner = models.CharField(max_length=10, blank=True)
    owner_kind = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=30)
    field = models.CharField(max_length=40)
    place = models.TextField(blank=True)
    title = models.TextField(blank=True)
    text = models.TextField()
    folded = models.TextField()


class FindingRow(EditionRow):
    """One finding of the review of an edition, heaviest first.

    ``family`` is the beginning of the code (TWN); what the rule says beside it stands in
    ``sosei.checks.registry``.  ``places`` is a JSON list of the fields of ``sosei.checks.finding.Place``;
    ``keys`` names their records.
    """

    code = models.CharField(max_length=5)
    severity = models.CharField(max_length=20)
    family = models.CharField(max_length=3)
    message_ja = models.TextField()
    message_en = models.TextField()
    places = models.TextField()
    keys = models.TextField(blank=True)

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["edition", "severity"])]
