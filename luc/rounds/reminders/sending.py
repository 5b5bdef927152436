"""Hands letters to the mail server: each attempt is written before it is made, so that no letter goes twice.

An attempt of which nobody knows what came is not repeated; the next rung is told instead (`climbing`).
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.rounds.reminders.ladder import sends_mail
from luc.rounds.reminders.letters import LOOKS_BACK
from luc.rounds.reminders.models import FINAL, Attempt, Enclosed, Letter, Outcome
from luc.rounds.reminders.planning import still_owed

log = logging.getLogger(__name__)
Result = Outcome.Result
BACKOFF = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
STALE = timedelta(days=1)  # what a letter says is no longer true after that
ABANDONED = timedelta(minutes=15)  # an attempt without an outcome after that: the worker died in it


@dataclass(frozen=True, slots=True)
class Sent:
    """How a run went; `is_reachable` False: the mail server did not answer at all."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    is_reachable: bool = True


def unfinished(tenant: int, moment: datetime) -> QuerySet[Letter]:
    """The letters of the last weeks of which it is not settled what became of them."""
    settled = Attempt.objects.filter(letter=OuterRef("pk"), outcome__result__in=FINAL)
    return Letter.objects.filter(~Exists(settled), tenant=tenant, at__gte=moment - LOOKS_BACK)


def waiting(tenant: int, moment: datetime) -> list[tuple[Letter, Attempt | None]]:
    """The letters whose time it is, each with its last attempt."""
    rows = unfinished(tenant, moment).filter(not_before__lte=moment).prefetch_related("attempts__outcome")
    found = []
    for letter in rows.order_by("pk"):
        last = max(letter.attempts.all(), key=lambda row: row.number, default=None)
        if last is None or moment >= last.at + _pause(last):
            found.append((letter, last))
    return found


def _pause(last: Attempt) -> timedelta:
    """How long to wait after an attempt: for its outcome, or before the next one."""
    return BACKOFF[min(last.number, len(BACKOFF)) - 1] if hasattr(last, "outcome") else ABANDONED


def send_all(tenant: int, moment: datetime, progress: Callable[[int, int], None]) -> Sent:
    """Send what waits. Nothing is counted as an attempt while the server cannot be reached at all."""
    letters = _without_the_settled(waiting(tenant, moment), moment)
    if not letters:
        return Sent()
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        log.warning("the mail server cannot be reached", exc_info=True)
        return Sent(later=len(letters), is_reachable=False)
    try:
        results = list(_each(letters, connection, moment, progress))
    finally:
        connection.close()
    return Sent(
        sum(result in (Result.SENT, Result.KEPT) for result in results),
        sum(result in (Result.REFUSED, Result.GIVEN_UP) for result in results),
        results.count(Result.LATER),
    )


def _without_the_settled(
    letters: list[tuple[Letter, Attempt | None]], moment: datetime
) -> list[tuple[Letter, int]]:
    """The letters to send, each with the number of its attempt; of the others is kept why they do not go."""
    wanted = set(
        Enclosed.objects.filter(
            letter__in=[letter.pk for letter, _last in letters],
            reminder__obligation__in=still_owed(),
        ).values_list("letter", flat=True)
    )
    found = []
    for letter, last in letters:
        number = last.number + 1 if last else 1
        if last and not hasattr(last, "outcome"):
            _settle(last, Result.UNKNOWN, "", moment)
        elif letter.pk not in wanted:
            _close(letter, number, Result.DROPPED, "", moment)
        elif moment > letter.not_before + STALE:
            _close(letter, number, Result.GIVEN_UP, "không gửi được trong một ngày", moment)
        else:
            found.append((letter, number))
    return found


def _close(letter: Letter, number: int, result: Result, error: str, moment: datetime) -> None:
    """Settle a letter without handing it over."""
    attempt = _begin(letter, number, moment)
    if attempt is not None:
        _settle(attempt, result, error, moment)


def _each(
    letters: list[tuple[Letter, int]],
    connection: BaseEmailBackend,
    moment: datetime,
    progress: Callable[[int, int], None],
) -> Iterator[Result]:
    for n, (letter, number) in enumerate(letters):
        if n % 20 == 0:
            progress(n, len(letters))
        attempt = _begin(letter, number, moment)
        if attempt is None:
            continue
        result, error = _hand_over(letter, connection)
        if result == Result.LATER and number > len(BACKOFF):
            result = Result.GIVEN_UP
        _settle(attempt, result, error, now())
        yield result


def _begin(letter: Letter, number: int, moment: datetime) -> Attempt | None:
    """The attempt, written and on disk; None when another worker makes it."""
    attempt = Attempt(tenant_id=letter.tenant_id, letter=letter, number=number, at=moment)
    try:
        with transaction.atomic(), writing():
            attempt.save(force_insert=True)
    except IntegrityError:
        return None
    return attempt


def _settle(attempt: Attempt, result: Result, error: str, moment: datetime) -> None:
    row = Outcome(tenant_id=attempt.tenant_id, attempt=attempt, result=result, error=error[:300], at=moment)
    try:
        with transaction.atomic(), writing():
            row.save(force_insert=True)
    except IntegrityError:
        log.warning("attempt %s was settled by another worker", attempt.pk)


def _hand_over(letter: Letter, connection: BaseEmailBackend) -> tuple[Result, str]:
    """Give one letter to the server. What it refuses for good (5xx) is settled; everything else is tried again."""
    if not sends_mail():
        return Result.KEPT, ""
    if not letter.address:
        return Result.REFUSED, "chưa có địa chỉ thư"
    try:
        connection.send_messages([message(letter)])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()), (0, b""))
        return (Result.REFUSED if code >= 500 else Result.LATER), _said(code, said)
    except smtplib.SMTPDataError as refused:
        final = refused.smtp_code >= 500
        return (Result.REFUSED if final else Result.LATER), _said(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as fault:
        connection.close()  # the next letter opens it anew
        return Result.LATER, type(fault).__name__
    return Result.SENT, ""


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"


def message(letter: Letter) -> EmailMultiAlternatives:
    """The mail as it goes out; its Message-ID is always the same, so that servers know a copy."""
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    headers = {
        "Message-ID": f"<luc-{letter.pk}-{letter.tenant_id}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    mail = EmailMultiAlternatives(letter.subject, letter.text, None, [letter.address], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    return mail
