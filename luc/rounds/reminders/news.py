"""Mails about what is no report: rooms above register what to tell; each person is told once, in working hours.

An opinion that an agency is asked for, a question that somebody put to a published plan. Who chose the desk only gets
none: it stands on the desk as well.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from luc.kernel.writing import writing
from luc.rounds.reminders.ladder import Ladder, Person, Way, sends_mail
from luc.rounds.reminders.models import NewsTold

log = logging.getLogger(__name__)
LOOKS_BACK = timedelta(days=5)  # what came in holidays is told after them
Words = tuple[str, list[str], str]  # subject, paragraphs, path of the page


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell; `key` keeps it single for each person, `words` makes it in the language of the moment."""

    key: str
    people: Sequence[Person]
    words: Callable[[], Words]


# of a tenant, its people, and since when: what there is to tell. Asks nothing of the people when there is nothing
Source = Callable[[int, datetime, Callable[[], Ladder]], list[News]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """A room says what it has to tell."""
    if source not in _sources:
        _sources.append(source)


def untold(tenant: int, moment: datetime, ladder: Callable[[], Ladder]) -> list[tuple[News, Person]]:
    """Who is to be told of what, by mail."""
    found = [news for source in _sources for news in source(tenant, moment - LOOKS_BACK, ladder)]
    if not found or not sends_mail():
        return []
    rows = NewsTold.objects.filter(tenant=tenant, key__in={news.key for news in found})
    told = set(rows.values_list("key", "user"))
    return [
        (news, person)
        for news in found
        for person in news.people
        if (news.key, person.user) not in told and person.takes_mail and person.way != Way.DESK
    ]


def tell_news(tenant: int, moment: datetime, ladder: Callable[[], Ladder]) -> int:
    """Mail what was not told yet; returns how many mails left. What the server does not take is tried again."""
    pairs = untold(tenant, moment, ladder)
    if not pairs:
        return 0
    connection = get_connection()
    try:
        connection.open()
        return sum(_each(tenant, pairs, connection, moment))
    except (OSError, smtplib.SMTPException):
        log.warning("the mail server cannot be reached", exc_info=True)
        return 0
    finally:
        connection.close()


def _each(
    tenant: int, pairs: Sequence[tuple[News, Person]], connection: BaseEmailBackend, moment: datetime
) -> Iterator[bool]:
    for news, person in pairs:
        row = NewsTold(tenant_id=tenant, key=news.key, user_id=person.user, at=moment)
        try:
            with transaction.atomic(), writing():
                row.save(force_insert=True)
        except IntegrityError:  # another worker tells it
            continue
        try:
            connection.send_messages([_mail(news, person)])
        except (OSError, smtplib.SMTPException):
            log.warning("news %s was not mailed", news.key, exc_info=True)
            with writing():
                row.delete()
            yield False
        else:
            yield True


def _mail(news: News, person: Person) -> EmailMessage:
    with override(person.language):
        subject, said, path = news.words()
        lines = [_("Kính gửi %(name)s,") % {"name": person.name}, *said, settings.ADDRESS + path]
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": person.language}
    return EmailMessage(subject[:300], "\n\n".join(lines) + "\n", None, [person.address], headers=headers)
