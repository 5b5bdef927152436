"""Addresses of official lists."""

from django.urls import path

from luc.industry.catalogue import pages
from luc.industry.catalogue.mapping import pages as mapping

urlpatterns = [
    path("", pages.catalogues, name="catalogues"),
    path("nhap/", pages.bring, name="catalogue_bring"),
    path("doi-chieu/", mapping.goods, name="catalogue_goods"),
    path("doi-chieu/<int:mapped_offer>/", mapping.place, name="catalogue_place"),
    path("ban/<int:catalogue_version>/", pages.review, name="catalogue_review"),
    path("ban/<int:catalogue_version>/cot/", pages.columns, name="catalogue_columns"),
    path("ban/<int:catalogue_version>/dong/<slug:catalogue_line>/", pages.line, name="catalogue_line"),
    path(
        "ban/<int:catalogue_version>/dong/<slug:catalogue_line>/bo/", pages.drop_line, name="catalogue_drop"
    ),
    path("ban/<int:catalogue_version>/so-sanh/", pages.compare, name="catalogue_compare"),
    path("ban/<int:catalogue_version>/thong-qua/", pages.adopt, name="catalogue_adopt"),
    path("ban/<int:catalogue_version>/bo/", pages.discard, name="catalogue_discard"),
    path("<int:catalogue>/", pages.catalogue, name="catalogue"),
    path("<int:catalogue>/lan/<int:number>/", pages.changes, name="catalogue_changes"),
]
