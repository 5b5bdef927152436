"""Addresses of everybody, in Vietnamese and (as `portal_en`, under /en/) in English."""

from django.urls import include, path

from luc.portal.pages import asking, comparing, files, plan, plans, programs

app_name = "portal"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("du-lieu.json", plans.plans_json, name="plans_json"),
    path("api/", programs.programs, name="programs"),
    path("danh-ba/", include("luc.portal.registry.urls")),
    path("so-sanh/", comparing.programmes, name="programmes"),
    path("so-sanh/<slug:programme>/", comparing.programme, name="programme"),
    path("so-sanh/<slug:programme>/du-lieu.<slug:form>", comparing.data, name="programme_data"),
    path("<int:plan>/", plan.plan, name="plan"),
    path("<int:plan>/du-lieu.json", files.plan_json, name="plan_json"),
    path("<int:plan>/chi-tieu/", plan.targets, name="targets"),
    path("<int:plan>/nhiem-vu/", plan.tasks, name="tasks"),
    path("<int:plan>/nhiem-vu/<int:task>/", plan.task, name="task"),
    path("<int:plan>/nhiem-vu/<int:task>/du-lieu.json", files.task_json, name="task_json"),
    path("<int:plan>/dia-ban/", plan.units, name="units"),
    path("<int:plan>/thay-doi/", plan.changes, name="changes"),
    path("<int:plan>/hoi-dap/", asking.questions, name="questions"),
    path("<int:plan>/hoi-dap/gui/", asking.ask, name="ask"),
    path("<int:plan>/du-lieu/", files.data, name="data"),
    path("<int:plan>/du-lieu/<slug:table>.<slug:form>", files.table, name="table"),
    path("<int:plan>/hinh/<slug:picture>/", files.picture, name="picture"),
    path("<int:plan>/tin.atom", files.feed, name="feed"),
    path("<int:plan>/thoi-han.ics", files.calendar, name="calendar"),
]
