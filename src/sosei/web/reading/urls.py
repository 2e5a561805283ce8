"""Addresses of a plan's pages in one state, below ``/<code>/plans/<plan>/<version>/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.reading import views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("elements/<str:key>/", views.element, name="element"),
    path("indicators/<str:key>/", views.indicator, name="indicator"),
]
