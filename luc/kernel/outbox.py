"""Mails of the demonstration: each is kept as a row and shown on a page; none leaves the machine."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from luc.kernel.models import Mail
from luc.kernel.writing import writing


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; returns how many."""
        rows = [
            Mail(to=", ".join(m.to)[:300], subject=m.subject[:300], body=str(m.body)) for m in email_messages
        ]
        with writing():
            Mail.objects.bulk_create(rows)
        return len(rows)
