"""The developers' page of all components, from invented data in components_sample.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

SAMPLE = Path(__file__).parent / "templates" / "site" / "components_sample.json"
WRONG = {"name": "", "share": "ba mươi", "kind": ""}


class SampleForm(forms.Form):
    """One field of every shape, with an error on some."""

    name = forms.CharField(label=_("Tên nhiệm vụ"), help_text=_("Ghi như trong phụ lục của kế hoạch."))
    share = forms.DecimalField(label=_("Tỷ lệ (%)"), localize=True)
    due = forms.DateField(label=_("Hạn"), required=False, help_text=_("Ví dụ: 09/12/2026"))
    agency = forms.ChoiceField(
        label=_("Cơ quan chủ trì"), choices=[("", "—"), ("1", "Sở Mẫu")], required=False
    )
    kind = forms.ChoiceField(
        label=_("Loại số liệu"),
        choices=[("a", _("Thực hiện")), ("e", _("Ước thực hiện"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    nothing = forms.BooleanField(label=_("Không phát sinh trong kỳ này"), required=False)
    evidence = forms.FileField(
        label=_("Tài liệu kèm theo"), help_text=_("Chọn tệp hoặc kéo tệp thả vào ô."), required=False
    )


def show(request: HttpRequest) -> HttpResponse:
    """Every component twice, light and dark."""
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    context = {"page": Paginator(range(480), 25).get_page(request.GET.get("page"))}
    return render(
        request, "site/components.html", context | {"sides": [_side(sample, "sang"), _side(sample, "toi")]}
    )


def _side(sample: dict[str, Any], side: str) -> dict[str, Any]:
    jobs = {name: sample[name] | {"pk": f"{side}-{sample[name]['pk']}"} for name in ("job", "finished")}
    marks = [
        {"id": f"{side}-noi-1", "href": f"#{side}-muc-1", "place": {"block": 2, "start": 14, "end": 61}},
        {
            "id": f"{side}-noi-2",
            "href": f"#{side}-muc-2",
            "place": {"block": 3, "start": 0, "end": 29, "row": 2, "cell": 1},
        },
    ]
    theme = {"sang": "light", "toi": "dark"}[side]
    form = SampleForm(WRONG, auto_id=f"{side}-%s")
    return {"side": side, "theme": theme, "sample": sample | jobs, "marks": marks, "form": form}
