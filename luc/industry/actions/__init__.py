"""What people do in the registry."""

from luc.industry.actions.contacts import CONSENT, give_contact, withdraw_contact
from luc.industry.actions.editing import add_offer, hand_in, save, withdraw
from luc.industry.actions.keeping import add_enterprise, add_park
from luc.industry.actions.merging import merge
from luc.industry.actions.pictures import add_picture, add_sheet, remove_picture, remove_sheet
from luc.industry.actions.registering import apply, begin
from luc.industry.actions.suggesting import settle, suggest
from luc.industry.actions.verifying import verify

__all__ = [
    "CONSENT",
    "add_enterprise",
    "add_offer",
    "add_park",
    "add_picture",
    "add_sheet",
    "apply",
    "begin",
    "give_contact",
    "hand_in",
    "merge",
    "remove_picture",
    "remove_sheet",
    "save",
    "settle",
    "suggest",
    "verify",
    "withdraw",
    "withdraw_contact",
]
