"""Root addresses: each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("luc.kernel.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
]
