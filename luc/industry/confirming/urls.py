"""Addresses of the yearly confirmation."""

from django.urls import path

from luc.industry.confirming import pages

urlpatterns = [
    path("", pages.latest, name="confirmations"),
    path("mo/", pages.open_round, name="open_confirmation"),
    path("<int:confirmation>/", pages.board, name="confirmation"),
]
