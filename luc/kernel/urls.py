from django.urls import path

from luc.kernel import ground_pages, held, job_pages
from luc.kernel.health import pages as health

app_name = "kernel"
urlpatterns = [
    path("giu-lai/", held.held, name="held"),
    path("quyen/", ground_pages.rights, name="rights"),
    path("phat-trien/giao-dien/", ground_pages.look, name="look"),
    path("hop-thu/", ground_pages.outbox, name="outbox"),
    path("suc-khoe/", health.ready, name="ready"),
    path("suc-khoe/song/", health.live, name="live"),
    path("metrics", health.metrics, name="metrics"),
    path("nhat-ky/", ground_pages.changes, name="changes"),
    path("viec/<int:job>/", job_pages.job, name="job"),
    path("viec/<int:job>/dung/", job_pages.cancel, name="job_cancel"),
    path("viec/<int:job>/chay-lai/", job_pages.retry, name="job_retry"),
]
