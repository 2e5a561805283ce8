"""Addresses of a municipality's plans, editions and drafts."""

from __future__ import annotations

from django.urls import path

from sosei.web.plans import views

urlpatterns = [path("", views.home, name="municipality")]
