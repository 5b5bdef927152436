"""Addresses of issued papers and of the way their numbers came."""

from django.urls import path

from luc.issuing.issued import pages

app_name = "issued"
urlpatterns = [
    path("van-ban/ban-hanh/", pages.papers, name="list"),
    path("van-ban/ban-hanh/den-ngay/", pages.day, name="day"),
    path("van-ban/ban-hanh/da-doi/", pages.restated, name="restated"),
    path("van-ban/ban-hanh/<int:issued>/", pages.issued, name="issued"),
    path("van-ban/ban-hanh/<int:issued>/tep/", pages.file, name="file"),
    path("van-ban/ban-hanh/<int:issued>/khi-ay/", pages.known, name="known"),
    path("van-ban/ban-hanh/<int:issued>/so/<slug:bookmark>/", pages.told, name="told"),
    path("nguon-so-lieu/ky/<int:cycle>/", pages.round_then, name="round"),
    path("nguon-so-lieu/<int:submission>/", pages.rows, name="rows"),
    path("nguon-so-lieu/<int:submission>/<slug:key>/", pages.row, name="row"),
]
