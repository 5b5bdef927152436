"""The answer by mail to who wanted it; the address is forgotten as soon as the mail has left."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.text import written
from luc.kernel.writing import writing
from luc.portal.models import Contact, Question

log = logging.getLogger(__name__)


def tell(question: Question) -> bool:
    """Mail an answered question to its asker and forget the address; False where there is none, or the mail failed.

    A failed one is tried again when the answer is saved again.
    """
    contact = Contact.objects.filter(question=question).first()
    if contact is None:
        return False
    try:
        send_mail(*_letter(question, contact), None, [contact.mail])
    except (OSError, smtplib.SMTPException):
        log.warning("the answer to question %s was not mailed", question.pk, exc_info=True)
        return False
    with writing():
        contact.delete()
    return True


def _letter(question: Question, contact: Contact) -> tuple[str, str]:
    with written():
        words = [
            _("Kính gửi %(name)s,") % {"name": contact.name or _("ông/bà")},
            _("Câu hỏi: %(question)s") % {"question": question.shown},
            _("Trả lời: %(answer)s") % {"answer": question.answer},
            settings.ADDRESS + reverse("portal:questions", args=[question.plan_id]),
            _("Địa chỉ thư của ông/bà đã được xóa sau khi gửi thư này."),
        ]
        return _("Trả lời câu hỏi của ông/bà"), "\n\n".join(words)
