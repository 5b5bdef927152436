"""Addresses of imports, below the list of enterprises."""

from django.urls import path

from luc.industry.importing import pages

urlpatterns = [
    path("", pages.imports, name="imports"),
    path("mau.xlsx", pages.sample, name="import_sample"),
    path("<int:source>/", pages.one, name="import"),
    path("<int:source>/dong-sai.xlsx", pages.wrong, name="import_wrong"),
    path("<int:source>/nhap/", pages.confirm, name="import_confirm"),
    path("<int:source>/bo/", pages.undo, name="import_undo"),
]
