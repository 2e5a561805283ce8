"""Addresses of the manual, below ``/help/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.help import views

urlpatterns = [
    path("", views.pages, name="help"),
    path("pictures/<str:name>", views.picture, name="help_picture"),
    path("<str:page>/", views.page, name="help_page"),
]
