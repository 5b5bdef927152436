"""Addresses of the room."""

from django.urls import path

from luc.agencies import pages

app_name = "agencies"
urlpatterns = [
    path("loi-moi/<str:secret>/", pages.accept, name="accept"),
]
