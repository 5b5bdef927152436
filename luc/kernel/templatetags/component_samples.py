"""Invented data for the developers' page of all components (site/components_sample.json), in Vietnamese only."""

from __future__ import annotations

import json
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string

register = template.Library()
WRONG = {"name": "", "share": "ba mươi", "kind": ""}
THEMES = {"sang": "light", "toi": "dark"}
WORDS = {"sang": "nền sáng", "toi": "nền tối"}


class SampleForm(forms.Form):
    """One field of every shape, with an error on some."""

    name = forms.CharField(label="Tên nhiệm vụ", help_text="Ghi như trong phụ lục của kế hoạch.")
    share = forms.IntegerField(label="Tỷ lệ (%)")
    due = forms.DateField(label="Hạn", required=False, help_text="Ví dụ: 09/12/2026")
    agency = forms.ChoiceField(label="Cơ quan chủ trì", choices=[("", "—"), ("1", "Sở Mẫu")], required=False)
    kind = forms.ChoiceField(
        label="Loại số liệu",
        choices=[("a", "Thực hiện"), ("e", "Ước thực hiện")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    nothing = forms.BooleanField(label="Không phát sinh trong kỳ này", required=False)
    evidence = forms.FileField(
        label="Tài liệu kèm theo", help_text="Chọn tệp hoặc kéo tệp thả vào ô.", required=False
    )


@register.simple_tag
def sample_sides() -> list[dict[str, Any]]:
    """What the light and the dark half of the page show; ids differ by half."""
    sample = json.loads(render_to_string("site/components_sample.json"))
    return [_side(sample, side) for side in THEMES]


@register.simple_tag
def sample_page() -> Page[int]:
    """A page out of many, for the page turner."""
    return Paginator(range(480), 25).get_page(4)


def _side(sample: dict[str, Any], side: str) -> dict[str, Any]:
    jobs = {name: sample[name] | {"pk": f"{side}-{sample[name]['pk']}"} for name in ("job", "finished")}
    target = {"block": 2, "start": 14, "end": 64}
    task = {"block": 3, "start": 0, "end": 29, "row": 2, "cell": 1}
    marks = [
        {"id": f"{side}-noi-1", "href": f"#{side}-muc-1", "place": target},
        {"id": f"{side}-noi-2", "href": f"#{side}-muc-2", "place": task},
    ]
    named = {name: f"{words} ({WORDS[side]})" for name, words in sample["named"].items()}
    form = SampleForm(WRONG, auto_id=f"{side}-%s")
    shown = {"sample": sample | jobs, "marks": marks, "form": form, "named": named}
    return {"side": side, "theme": THEMES[side]} | shown
