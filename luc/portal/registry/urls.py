"""Addresses of the registry for everybody, in both languages."""

from django.urls import path

from luc.portal.registry import pages

urlpatterns = [
    path("", pages.registry, name="registry"),
    path("tim/", pages.found, name="registry_found"),
    path("doanh-nghiep/<int:public_enterprise>/", pages.enterprise, name="registry_enterprise"),
    path("hang-hoa/<int:public_offer>/", pages.offer, name="registry_offer"),
    path("de-xuat/", pages.proposals, name="registry_proposals"),
    path("thong-ke/", pages.statistics, name="registry_statistics"),
    path("du-lieu/<slug:registry_table>.<slug:form>", pages.data, name="registry_data"),
    path("quyen-rieng-tu/", pages.privacy, name="registry_privacy"),
]
