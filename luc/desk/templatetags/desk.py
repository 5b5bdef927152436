"""Where the rows of the desk lead."""

from __future__ import annotations

from django import template
from django.urls import reverse

from luc.requests.queries.sources import REQUEST
from luc.rounds.models import Presentation, Submission

register = template.Library()


@register.simple_tag
def submission_address(row: Submission) -> str:
    """The page of what was handed in: a report of a plan, or an answer to an ad-hoc request."""
    is_answer = row.obligation.cycle.source_kind == REQUEST
    return reverse("requests:submission" if is_answer else "reporting:submission", args=[row.pk])


@register.simple_tag
def presentation_address(row: Presentation) -> str:
    """The page on which the approver confirms a report of a plan, or an answer to an ad-hoc request."""
    is_answer = row.obligation.cycle.source_kind == REQUEST
    return reverse("requests:presentation" if is_answer else "reporting:presentation", args=[row.pk])
