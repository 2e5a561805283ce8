"""Addresses of the installation's own pages."""

from __future__ import annotations

from django.urls import path

from sosei.web.journal import views as journal
from sosei.web.operator import job_views, people_views, views

urlpatterns = [
    path("", views.home, name="operator"),
    path("municipalities/", views.municipalities, name="operator_municipalities"),
    path("municipalities/add/", views.add_municipality, name="operator_add_municipality"),
    path("municipalities/<lgcode:code>/", views.municipality, name="operator_municipality"),
    path("municipalities/<lgcode:code>/officers/", views.appoint, name="operator_appoint"),
    path("people/", people_views.people, name="operator_people"),
    path("people/<uuid:person>/", people_views.person, name="operator_person"),
    path("people/<uuid:person>/act/", people_views.act, name="operator_person_act"),
    path("jobs/", job_views.jobs, name="operator_jobs"),
    path("jobs/<uuid:job>/retry/", job_views.retry, name="operator_job_retry"),
    path("log/", journal.operator_log, name="operator_log"),
    path("log/check/", journal.operator_log_check, name="operator_log_check"),
    path("log/csv/", journal.operator_log_csv, name="operator_log_csv"),
    path("log/<int:no>/", journal.operator_log_act, name="operator_log_act"),
]
