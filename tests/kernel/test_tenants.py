"""Who has roles in two tenants: each right holds only where it was given."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from luc.agencies import actions as agencies
from luc.kernel.models import Job
from luc.kernel.writing import writing
from luc.plans import actions as plans
from tests.cast import Cast
from tests.plans.papers import PLAN


def _client(cast: Cast, person: str) -> Client:
    client = Client()
    client.force_login(cast.both[person])
    return client


def test_history_of_the_tenant_in_which_one_is_a_clerk_stays_closed(cast: Cast) -> None:
    for side, name in ((cast.here, "Hội ở đây"), (cast.there, "Hội ở kia")):
        with scope(tenant=[side.tenant.pk]):
            administrator = side.viewer("administrator")
            agencies.add_party(administrator, tenant=side.tenant.pk, kind="other", name=name)
    page = _client(cast, "administrator").get(reverse("kernel:changes")).content.decode()
    assert "Hội ở kia" in page
    assert "Hội ở đây" not in page


def test_a_paper_under_review_and_its_file_stay_closed(cast: Cast) -> None:
    here = cast.here
    with scope(tenant=[here.tenant.pk]):
        data = PLAN.encode()
        reading = plans.upload(here.viewer("officer"), tenant=here.tenant.pk, name="ke-hoach.txt", data=data)
    client, address = _client(cast, "officer"), f"/ke-hoach/ra-soat/{reading.pk}/dau-van-ban/"
    assert [client.get(path).status_code for path in (address, f"/tep/{reading.file_id}/")] == [404, 404]


def test_a_job_is_neither_seen_nor_started_again(cast: Cast) -> None:
    here = cast.here
    with writing(), scope(tenant=[here.tenant.pk]):
        job = Job(tenant=here.tenant, kind="plans.read", title="Đọc", created_by=here.people["officer"])
        job.state = Job.State.FAILED
        job.save()
    client = _client(cast, "administrator")
    assert client.get(reverse("kernel:job", args=[job.pk])).status_code == 404
    assert client.post(reverse("kernel:job_retry", args=[job.pk])).status_code == 404
