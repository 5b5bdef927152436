"""The invented plan of the tests says where its words stand."""

from luc.plans.models import Target, Task
from tests.cast import Side
from tests.plan import make_plan
from vanban.document import Document, Place


def test_every_place_holds_the_words(here: Side) -> None:
    plan = make_plan(here, tasks=7)
    document = Document.from_json(plan.document)
    items = [*Task.objects.filter(plan=plan), *Target.objects.filter(plan=plan), *plan.duties.all()]
    assert len(items) == 11
    for item in items:
        assert document.at(Place(**item.places[0])) == item.text
