"""Addresses of the room."""

from django.urls import path

from luc.figures import pages

app_name = "figures"
urlpatterns = [path("so-lieu/<int:figure>/", pages.figure, name="figure")]
