"""Every address.  Below ``/<code>/`` stands what belongs to one municipality (its 団体コード)."""

from __future__ import annotations

from django.urls import include, path, register_converter

from sosei.web.reading import search_views
from sosei.web.site import views


class Code:
    """A 団体コード in an address."""

    regex = r"\d{6}"

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    def to_url(self, value: str) -> str:
        """The code itself."""
        return value


class Version:
    """Which state of a plan: ``current`` (the last adopted), ``draft``, ``e3`` (the third edition)."""

    regex = r"current|draft|e[1-9]\d{0,4}"
    to_python = to_url = Code.to_python


register_converter(Code, "lgcode")
register_converter(Version, "version")

handler403 = "sosei.web.site.errors.forbidden"
handler400 = "sosei.web.site.errors.bad_request"
handler404 = "sosei.web.site.errors.not_found"
handler500 = "sosei.web.site.errors.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("help/", include("sosei.web.help.urls")),
    path("language/", views.choose_language, name="language"),
    path("accounts/", include("sosei.web.accounts.urls")),
    path("operator/", include("sosei.web.operator.urls")),
    path("<lgcode:code>/", include("sosei.web.plans.urls")),
    path("<lgcode:code>/", include("sosei.web.schemes.urls")),
    path("<lgcode:code>/", include("sosei.web.workbooks.urls")),
    path("<lgcode:code>/", include("sosei.web.people.urls")),
    path("<lgcode:code>/population/", include("sosei.web.population.urls")),
    path("<lgcode:code>/plans/<str:plan>/comments/", include("sosei.web.comments.urls")),
    path("<lgcode:code>/log/", include("sosei.web.journal.urls")),
    path("<lgcode:code>/jobs/", include("sosei.web.jobs.urls")),
    path("<lgcode:code>/plans/<str:plan>/requests/", include("sosei.web.proposals.urls")),
    path("<lgcode:code>/search/", search_views.search, name="search"),
    path("<lgcode:code>/plans/<str:plan>/revision/write/", include("sosei.web.writing.urls")),
    path("<lgcode:code>/plans/<str:plan>/<version:version>/", include("sosei.web.reading.urls")),
]
