"""What people do with parties, people and invitations."""

from luc.agencies.actions.accounts import (
    change_address,
    drop_second_factor,
    lock_account,
    reset_link,
    unlock_account,
)
from luc.agencies.actions.delegating import (
    delegate,
    end_delegation,
    set_approval,
    set_usual_approval,
)
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
    invite_all,
    withdraw_invitation,
)

__all__ = [
    "Issued",
    "accept_invitation",
    "add_member",
    "add_name",
    "add_party",
    "change_address",
    "correct_end",
    "delegate",
    "drop_second_factor",
    "edit_party",
    "end_delegation",
    "end_member",
    "end_party",
    "end_role",
    "grant_role",
    "hand_on",
    "invite",
    "invite_all",
    "lock_account",
    "rename",
    "reset_link",
    "set_approval",
    "set_usual_approval",
    "unlock_account",
    "withdraw_invitation",
]
