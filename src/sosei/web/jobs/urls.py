"""Addresses of this part, below the municipality's code."""

from __future__ import annotations

from django.urls import path

from sosei.web.jobs import views

urlpatterns = [
    path("<uuid:job>/", views.job, name="job"),
    path("<uuid:job>/progress/", views.progress, name="job_progress"),
    path("<uuid:job>/file/", views.result, name="job_file"),
]
