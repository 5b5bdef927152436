"""A form as a browser without JavaScript would send it: what stands in it, without any button."""

from __future__ import annotations

from lxml import html


def fields_of(page: str, selector: str = "ask") -> dict[str, str | list[str]]:
    """The fields of the first form of a class or id. Raises LookupError when the page has no such form."""
    for form in html.document_fromstring(page).iter("form"):
        assert isinstance(form, html.FormElement)
        if selector in (form.get("id"), *(form.get("class") or "").split()):
            found: dict[str, list[str]] = {}
            for name, value in form.form_values():
                found.setdefault(name, []).append(value or "")
            return {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    raise LookupError(selector)
