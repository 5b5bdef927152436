"""Root addresses: each room brings its own."""

from django.urls import include, path

from luc.kernel.ground_pages import accessibility
from luc.site.display import set_language, set_theme

urlpatterns = [
    path("", include("luc.kernel.urls")),
    path("", include("luc.territory.urls")),
    path("", include("luc.papers.urls")),
    path("", include("luc.agencies.urls")),
    path("ke-hoach/", include("luc.plans.urls")),
    path("", include("luc.industry.urls")),
    path("", include("luc.figures.urls")),
    path("", include("luc.rounds.urls")),
    path("", include("luc.reporting.urls")),
    path("yeu-cau/", include("luc.requests.urls")),
    path("trao-doi/", include("luc.threads.urls")),
    path("", include("luc.issuing.letters.urls")),
    path("", include("luc.issuing.signed.urls")),
    path("", include("luc.issuing.issued.urls")),
    path("", include("luc.issuing.urls")),
    path("", include("luc.desk.urls")),
    path("", include("luc.portal.desk_urls")),
    path("cong-khai/", include("luc.portal.urls")),
    path("en/public/", include("luc.portal.urls", namespace="portal_en")),
    path("api/v1/", include("luc.exchange.urls")),
    path("tiep-can/", accessibility, name="accessibility"),
    path("tai-khoan/", include("luc.site.accounts")),
    path("ngon-ngu/setlang/", set_language, name="set_language"),
    path("sang-toi/", set_theme, name="set_theme"),
]

handler500 = "luc.kernel.health.outage.server_error"
