"""What people do with parties, people and invitations."""

from luc.agencies.actions.ending import correct_end, end_party, hand_on
from luc.agencies.actions.parties import (
    add_member,
    add_name,
    add_party,
    edit_party,
    end_member,
    rename,
)
from luc.agencies.actions.people import (
    Issued,
    accept_invitation,
    end_role,
    grant_role,
    invite,
    withdraw_invitation,
)

__all__ = [
    "Issued",
    "accept_invitation",
    "add_member",
    "add_name",
    "add_party",
    "correct_end",
    "edit_party",
    "end_member",
    "end_party",
    "end_role",
    "grant_role",
    "hand_on",
    "invite",
    "rename",
    "withdraw_invitation",
]
