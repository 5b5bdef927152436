"""The look: colours that can be read, components that are drawn, pages that need nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Engine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from luc.kernel.templatetags import luc as tags
from luc.kernel.templatetags.paper import Mark, marked, paper_html
from vanban.document import Cell, Document, Paragraph, Place, Table

ROOT = Path(__file__).parents[2]
CSS = ROOT / "luc" / "site" / "static" / "luc"
ENTRANCE = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/password/reset/key/1-x/"]


def tokens() -> list[dict[str, str]]:
    """The colours of light, of dark as the device says, of dark as chosen."""
    blocks = re.findall(r"color-scheme: \w+;(.*?)}", (CSS / "tokens.css").read_text(), re.S)
    return [dict(re.findall(r"--([\w-]+): (.+?);", block)) for block in blocks]


LIGHT, DARK, CHOSEN_DARK = tokens()


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TONES = ["good", "wait", "warn", "bad", "idle"]
GROUNDS = ["page", "surface", "sunken", "accent-wash"]
WORDS = [(word, ground) for word in ("ink", "ink-soft", "accent-strong") for ground in GROUNDS]
WORDS += [("accent", ground) for ground in ("page", "surface", "sunken")]
WORDS += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("ink", "mark"), ("ink", "mark-strong")]
WORDS += [(tone, ground) for tone in TONES for ground in ("page", "surface", f"{tone}-wash")]
WORDS += [("ink", f"{tone}-wash") for tone in TONES]
LINES = [(line, ground) for line in ("edge", "accent", "accent-strong") for ground in ("page", "surface")]
LINES += [("warn", "mark-strong")]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_lines_can_be_read(colours: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.3: words 4.5 to 1; 1.4.11: edges of inputs, bars and the focus 3 to 1."""
    weak = [(w, g, round(contrast(colours[w], colours[g]), 2)) for w, g in WORDS]
    assert [pair for pair in weak if pair[2] < 4.5] == []
    faint = [(w, g, round(contrast(colours[w], colours[g]), 2)) for w, g in LINES]
    assert [pair for pair in faint if pair[2] < 3] == []


def test_dark_is_one_look_however_it_is_chosen() -> None:
    assert DARK == CHOSEN_DARK
    assert DARK.keys() == LIGHT.keys()


def test_colours_are_named_in_one_place() -> None:
    for sheet in CSS.glob("*.css"):
        if sheet.name not in {"tokens.css", "print.css"}:
            assert not re.findall(r":[^;{]*(#[0-9a-f]{3,8}\b|rgba?\()", sheet.read_text()), sheet.name


def test_every_token_that_is_used_exists() -> None:
    text = "".join(sheet.read_text() for sheet in CSS.glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= set(re.findall(r"--([\w-]+):", text))


@pytest.fixture
def components(client: Client, db: None) -> str:
    answer = client.get("/phat-trien/giao-dien/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_component_is_drawn_in_light_and_dark(components: str) -> None:
    for half in re.split(r'data-theme="(?:light|dark)" class="look"', components)[1:]:
        for tone in tags.TONES:
            assert f"badge tone-{tone}" in half
        for part in (
            *('class="button"', "button-plain", "button-danger", "button-quiet", "<progress", 'class="tile"'),
            *(
                'class="shares"',
                "heat-cell",
                'class="tabs"',
                'class="steps"',
                'class="timeline"',
                'class="filters"',
            ),
            *(
                "aria-sort",
                "table-cards",
                'class="pages"',
                'class="empty"',
                "error-summary",
                "<fieldset",
                "data-drop",
            ),
            *(
                'class="facts"',
                "hx-get",
                'class="panes"',
                'class="paper"',
                "<mark",
                "1.250,5",
                "Trường này là bắt buộc",
            ),
        ):
            assert part in half or part == "aria-sort", part


def test_ids_stand_once_and_links_lead_somewhere(components: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', components)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', components)) <= set(ids)
    assert set(re.findall(r'\sfor="([^"]+)"', components)) <= set(ids)


def test_every_class_of_a_component_has_its_style(components: str) -> None:
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join(sheet.read_text() for sheet in CSS.glob("*.css"))))
    used = {name for names in re.findall(r'class="([^"]+)"', components) for name in names.split()}
    bare = {"errorlist", "page-head-words", "table-tools", "alert-words", "site-main", "page-body", "is-todo"}
    assert used - styled - bare == set()


def templates() -> list[Path]:
    return [path for path in (ROOT / "luc").glob("*/templates/**/*") if path.suffix in {".html", ".txt"}]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "luc")))
def test_templates_obey_the_policy_and_name_no_host(path: Path) -> None:
    """No style attribute, no handler in an attribute, no script without a nonce, no other host."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<[^>]*\son[a-z]+=", text)
    for script in re.findall(r"<(?:script|style)\b[^>]*>", text):
        assert "src=" in script or "nonce=" in script
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)


@pytest.mark.parametrize("address", ENTRANCE)
def test_sign_in_pages_speak_vietnamese_and_hold_the_policy(client: Client, db: None, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "en-US,en;q=0.9"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="vi"' in page
    assert not re.search(r">\s*(Password|Username|Sign In|Email|Login|Forgot)", page)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_a_wrong_password_is_told_in_vietnamese_and_keeps_the_name(client: Client, db: None) -> None:
    answer = client.post("/tai-khoan/login/", {"login": "nguoi.la", "password": "sai-mat-khau"})
    page = answer.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert 'value="nguoi.la"' in page
    assert 'role="alert"' in page


def test_nobody_signs_up_from_outside(client: Client, db: None) -> None:
    page = client.get("/tai-khoan/signup/").content.decode()
    assert "Không tự đăng ký được" in page
    assert "<input" not in page.split("<main")[1]


def test_first_page_stays_under_100_kb(client: Client, db: None) -> None:
    """The sign-in page with all it loads: HTML, sheets, scripts, drawings, typeface, as they travel."""
    page = client.get("/tai-khoan/login/").content
    loaded = set(re.findall(rb'(?:href|src)="/tinh/([^"#]+)', page))
    assert any(name.endswith(b".css") for name in loaded)
    total = len(gzip.compress(page, 6))
    for name in loaded:
        found = finders.find(name.decode())
        assert found, name
        total += len(gzip.compress(Path(found).read_bytes(), 6))
        if name.endswith(b"fonts.css"):
            total += sum(font.stat().st_size for font in Path(found).parent.glob("*.woff2"))
    assert total < 100_000


def test_light_and_dark_are_chosen_without_javascript(client: Client, db: None) -> None:
    answer = client.post("/sang-toi/", {"theme": "dark", "next": "/tai-khoan/login/"}, follow=True)
    assert '<html lang="vi" data-theme="dark">' in answer.content.decode()
    answer = client.post("/sang-toi/", {"theme": "auto", "next": "https://noi-khac.example/"})
    assert answer["Location"] == "/"
    assert "data-theme" not in client.get("/tai-khoan/login/").content.decode().split("<head")[0]


def test_english_is_chosen_without_javascript(client: Client, db: None) -> None:
    answer = client.post("/ngon-ngu/setlang/", {"language": "en", "next": "/tai-khoan/login/"}, follow=True)
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize(("address", "words"), [("/khong-co-trang-nay/", "Không tìm thấy trang này")])
def test_pages_for_what_goes_wrong_say_what_to_do(client: Client, db: None, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert words in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_a_form_that_was_open_too_long_is_told_so(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_the_page_for_a_fault_needs_nothing() -> None:
    page = Engine.get_default().get_template("500.html").render(Context())
    assert "Có lỗi ở máy chủ" in page
    assert "{%" not in page


# numbers, days, states


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.5, None, "1.234,5"),
        (Decimal("1234567.80"), None, "1.234.567,8"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("-0.05"), None, "-0,05"),
        (24, 1, "24,0"),
        (0, None, "0"),
        (None, None, ""),
        ("cần xác nhận", None, "cần xác nhận"),
    ],
)
def test_numbers_are_written_as_offices_write_them(value: object, places: int | None, shown: str) -> None:
    assert tags.number(value, places) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_written_number_is_the_number(value: Decimal) -> None:
    assert Decimal(tags.number(value).replace(".", "").replace(",", ".")) == value


def test_all_is_only_said_of_all() -> None:
    assert tags.share(999, 1000) == "99%"
    assert tags.share(1000, 1000) == "100%"
    assert tags.share(3, 0) == ""


def test_days_are_those_of_viet_nam() -> None:
    late = datetime(2026, 12, 9, 17, 30, tzinfo=UTC)
    assert tags.day(late) == "10/12/2026"
    assert tags.moment(late) == "00:30 10/12/2026"
    assert tags.day(date(2026, 3, 4)) == "04/03/2026"


@pytest.mark.parametrize("typed", ["03/04/2026", "2026-04-03", "3-4-2026"])
def test_a_typed_day_is_day_then_month(typed: str) -> None:
    assert forms.DateField().clean(typed) == date(2026, 4, 3)


@pytest.mark.parametrize("tone", tags.TONES)
def test_a_state_has_shape_words_and_colour(tone: str) -> None:
    shown = tags.badge(tone, "<Đã gửi>")
    assert f"tone-{tone}" in shown
    assert f"icons.svg#{tone}" in shown
    assert "&lt;Đã gửi&gt;" in shown
    assert f'id="{tone}"' in (CSS / "icons.svg").read_text()


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (CSS / "icons.svg").read_text()))
    named = {name for path in templates() for name in re.findall(r'{% icon "(\w+)"', path.read_text())}
    named |= {name for path in templates() for name in re.findall(r'icon="(\w+)"', path.read_text())}
    assert named <= drawn


def render(text: str, **values: object) -> str:
    return Engine.get_default().from_string(text).render(Context(values))


def test_what_people_typed_is_escaped_in_every_tag() -> None:
    evil = '<b>"x'
    shown = render(
        "{% button evil href=evil data_x=evil %}{% badge 'good' evil %}"
        "{% alert title=evil %}{{ evil }}{% endalert %}"
        "{% progress 1 2 evil %}{% tile evil 1 note=evil %}{% th evil %}{% table title=evil %}{% endtable %}"
        "{% empty evil text=evil %}{% tabs items %}"
        "{% timeline events %}{% history events %}{% heat events %}",
        evil=evil,
        items=[(evil, evil, True, 1)],
        events=[
            {
                "when": evil,
                "title": evil,
                "text": evil,
                "who": evil,
                "what": evil,
                "tone": "good",
                "state": evil,
            }
        ],
    )
    assert "<b>" not in shown
    assert '"x"' not in shown


# the paper and its marks

spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@given(st.text("ab<&\nđ ", max_size=40), st.lists(spans, max_size=6))
def test_marks_keep_every_word_and_every_name(text: str, places: list[list[int]]) -> None:
    marks = [Mark(f"m{i}", "", "", start, end) for i, (start, end) in enumerate(places)]
    shown = marked(text, marks)
    bare = re.sub(r"<[^>]+>", "", shown.replace("<br>", "\n")).replace("&lt;", "<").replace("&amp;", "&")
    assert bare == text
    names = re.findall(r'id="(m\d)"', shown)
    seen = {m.name for m in marks if m.start < min(m.end, len(text))}
    assert len(names) == len(set(names))
    assert set(names) == seen


def test_a_paper_shows_spans_numbers_pages_and_marks() -> None:
    rows = ((Cell("Nhóm I", colspan=2), Cell("", covered=True)), (Cell("1"), Cell("Trồng cây")))
    document = Document(
        (Paragraph("Trồng 20 ha", number="a)", page=1), Table(rows, page=2)), (("1", "Ghi chú"),)
    )
    mark = {"id": "noi-1", "href": "#muc-1", "places": [Place(0, 6, 11), Place(1, 0, 9, 1, 1)]}
    shown = paper_html(document.as_json(), [mark])
    assert shown == paper_html(document, [mark])
    assert '<mark id="noi-1" data-place="noi-1"><a href="#muc-1" title="">20 ha</a></mark>' in shown
    assert shown.count('id="noi-1"') == 1
    assert shown.count('data-place="noi-1"') == 2
    assert '<td colspan="2">Nhóm I</td></tr>' in shown
    assert "Trang 2" in shown
    assert "Ghi chú" in shown
