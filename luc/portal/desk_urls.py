"""Addresses of the officers who publish and answer, and what search machines ask for."""

from django.urls import path

from luc.portal.pages import catalogue, desk, machines, programs

app_name = "publishing"
urlpatterns = [
    path("cong-bo/", desk.plans, name="plans"),
    path("cong-bo/<int:plan>/", desk.publish, name="publish"),
    path("cong-bo/<int:plan>/go/", desk.remove, name="remove"),
    path("cong-bo/hoi-dap/", desk.questions, name="questions"),
    path("cong-bo/hoi-dap/<int:asked_publicly>/", desk.answer, name="answer"),
    path("cong-bo/hoi-dap/<int:asked_publicly>/khong/", desk.refuse, name="refuse"),
    path("danh-muc-du-lieu.<slug:catalogue_form>", catalogue.catalogue, name="catalogue"),
    path("api/", programs.api, name="api"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
