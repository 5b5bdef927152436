"""The form that stands before an action: it hands over what was typed and shows what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from luc.kernel.errors import Refused


class RoomForm(forms.Form):
    """A form whose action may refuse: the refusal is shown at its fields, and what was typed stays."""

    def done(self, act: Callable[[dict[str, Any]], Any]) -> Any:
        """What an action gives for the cleaned values; None when nothing was sent or something was refused."""
        if not self.is_valid():
            return None
        try:
            return act(self.cleaned_data)
        except Refused as refusal:
            self.add_refusal(refusal)
            return None

    def add_refusal(self, refusal: Refused) -> None:
        """Show a refusal at the fields it names; above the form when it names none of them."""
        named = {name: words for name, words in refusal.fields.items() if name in self.fields}
        for name, words in named.items():
            self.add_error(name, words)
        if not named:
            self.add_error(None, refusal.message)
