"""The English pages: a whole catalogue, nothing Vietnamese left but data, and nothing English kept or printed."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled

from luc.agencies import actions as agencies
from luc.kernel.models import Mail
from luc.kernel.rights import Viewer
from luc.reporting.models import OfficialDraft
from luc.rounds.periods import propose, windows
from luc.site.catalogue import LUC, PLACE, collected, forms, kept, renew, strings
from tests.cast import Cast, Side
from tests.walk import examples
from tests.world import OURS, World
from vanban.reading import read_file

MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
# names of the application, of an example of a short name, of a decree, of the language itself, of places
NAMES = ("Lục", "Sở CT", "NĐ-CP", "Tiếng Việt", "Hoàng Sa", "Trường Sa")
ENGLISH = {settings.LANGUAGE_COOKIE_NAME: "en"}
FRAME = {"th", "label", "legend", "button", "summary", "dt", "title", "nav", "h1", "h2", "h3", "footer"}

# --- the catalogue --------------------------------------------------------------------------------


def test_every_string_has_its_english() -> None:
    there = {(message.id, message.context): message for message in strings(kept())}
    wanted = {(message.id, message.context) for message in strings(collected())}
    assert wanted - there.keys() == set(), "run `make translate`, then give the English"
    assert there.keys() - wanted == set(), "run `make translate`: no page says this any more"
    assert [m.id for m in there.values() if m.fuzzy or not all(forms(m))] == []
    assert list(kept().obsolete) == []


@pytest.mark.parametrize("pattern", [r"%\(\w+\)[sd]", r"%%", r"</?\w+>", r"^\s+|\s+$"])
def test_placeholders_marks_and_spaces_are_the_same_on_both_sides(pattern: str) -> None:
    for message in strings(kept()):
        *singular, source = (message.id,) if isinstance(message.id, str) else message.id
        wanted = Counter(re.findall(pattern, source))
        # the singular of a plural may say "one"
        for text in forms(message)[len(singular) :]:
            assert Counter(re.findall(pattern, text)) == wanted, message.id


def test_no_english_is_vietnamese() -> None:
    for message in strings(kept()):
        for text in forms(message):
            for name in NAMES:
                text = text.replace(name, "")
            assert not MARKED.search(text), message.id


def test_collecting_again_changes_nothing(tmp_path: Any) -> None:
    again = tmp_path / "django.po"
    again.write_bytes(PLACE.read_bytes())
    assert renew(again) == []
    assert again.read_text() == PLACE.read_text()


def test_a_new_string_is_collected_from_template_and_code(tmp_path: Any) -> None:
    (tmp_path / "templates").mkdir()
    page = '{% load i18n %}<p title="{% translate "Một" %}">\n'
    page += "  {% blocktranslate with n=1 %}Hai {{ n }}{% endblocktranslate %}"
    page += '{% translate "Ba" context "list" %} 5% {{ x|default:_("Bốn") }}'
    (tmp_path / "templates" / "page.html").write_text(page)
    (tmp_path / "code.py").write_text(
        'from x import gettext_lazy as _\nTITLE = _(\n    "Năm "\n    "sáu"\n)\n'
    )
    found = {(m.id, m.context) for m in strings(collected(tmp_path))}
    assert found == {("Một", None), ("Hai %(n)s", None), ("Ba", "list"), ("Bốn", None), ("Năm sáu", None)}
    assert len(renew(tmp_path / "en.po", tmp_path)) == 5


def at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is loaded: everything but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from at_once(child)


def test_no_language_is_chosen_when_a_module_is_loaded() -> None:
    """A string outside functions is lazy, else it stays in the language that the server started with."""
    wrong = []
    for path in sorted(LUC.rglob("*.py")):
        tree = ast.parse(path.read_text())
        lines = [line for line in tree.body if isinstance(line, ast.ImportFrom)]
        named = [name for line in lines if line.module == "django.utils.translation" for name in line.names]
        eager = {name.asname or name.name for name in named if not name.name.endswith(("_lazy", "_noop"))}
        calls = [node for node in at_once(tree) if isinstance(node, ast.Call)]
        wrong += [(path.name, c.lineno) for c in calls if isinstance(c.func, ast.Name) and c.func.id in eager]
    assert wrong == []


# --- the pages ------------------------------------------------------------------------------------


class Words(HTMLParser):
    """The words of a page that a person sees or hears, each with the element it stands in; Vietnamese parts aside."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "use", "path", "rect"})
    SILENT = frozenset({"script", "style", "textarea", "code"})
    SPOKEN = ("title", "aria-label", "placeholder", "data-label", "alt")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[tuple[frozenset[str], str]] = []
        self.language = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "html":
            self.language = given.get("lang") or ""
        aside = tag in self.SILENT or (tag != "html" and given.get("lang") == "vi")
        if not aside and not self._aside():
            for name in self.SPOKEN:
                if given.get(name):
                    self._say({tag, "label"}, given[name] or "")
        if tag not in self.VOID:
            self.open.append((tag, aside))

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._aside():
            self._say({tag for tag, _ in self.open}, data)

    def _aside(self) -> bool:
        return any(aside for _, aside in self.open)

    def _say(self, tags: Iterable[str], words: str) -> None:
        self.found.append((frozenset(tags), " ".join(words.split())))


def kept_words() -> set[str]:
    """Every text that any row of ours holds, lists and objects of JSON taken apart; in small letters."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield " ".join(value.split()).lower()
        elif isinstance(value, dict):
            for part in value.values():
                yield from texts(part)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part)

    with scopes_disabled():
        models = [model for model in apps.get_models() if model.__module__.startswith("luc.")]
        rows = [row for model in models for row in model._base_manager.values_list()]
    return {text for row in rows for value in row for text in texts(value) if text}


class Leftover:
    """Finds the Vietnamese of a page that is no data."""

    def __init__(self) -> None:
        known = kept_words() | {windows()["source"].lower()}
        known |= {text.replace("ủy ban nhân dân", "ubnd") for text in known}
        known |= {text.rstrip(" .;:") for text in known}
        self.longest = sorted((text for text in known if MARKED.search(text)), key=len, reverse=True)
        self.sources = {str(m.id).lower() for m in strings(kept()) if MARKED.search(str(m.id))}

    def __call__(self, page: str) -> list[str]:
        said = Words(page).found
        return [words for tags, words in said if MARKED.search(words) and self.is_left(tags, words.lower())]

    def is_left(self, tags: frozenset[str], words: str) -> bool:
        bare = words.strip(" .:;,()*")
        if bare in self.sources and tags & FRAME:
            return True
        cut = re.sub(r"\s*(…|\.\.\.)$", "", words).strip(" “”")
        if cut != words and any(text.startswith(cut) for text in self.longest):
            return False
        for text in self.longest:
            if text in words:
                words = words.replace(text, "")
                if not MARKED.search(words):
                    return False
        for name in NAMES:
            words = words.replace(name.lower(), "")
        cut = re.sub(r"\s*(…|\.\.\.)$", "", words).strip(" “”")
        return bool(MARKED.search(words)) and not any(text.startswith(cut) for text in self.longest)


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast, examples(cast.here))


def english(side: Side | None = None, person: str = "") -> Client:
    client = Client()
    client.cookies.load(ENGLISH)
    if side:
        client.force_login(side.people[person])
        client.cookies.load(ENGLISH)
    return client


def frame_of(answer: Any) -> str:
    """The page of an answer, whose language and title have been looked at."""
    page: str = answer.content.decode()
    assert Words(page).language == "en", answer.request["PATH_INFO"]
    assert re.search(r"<title>\s*\S[^<]* – Lục</title>", page), answer.request["PATH_INFO"]
    return page


@pytest.mark.parametrize(
    ("person", "pages"), [("officer", 20), ("clerk_finance", 12), ("administrator", 20), ("leader", 12)]
)
def test_pages_are_english_but_for_their_data(person: str, pages: int, world: World) -> None:
    side = world.cast.here
    client, viewer, left = english(side, person), side.viewer(person), Leftover()
    found: dict[str, list[str]] = {}
    for step in OURS:
        # the public pages have an address in each language: portal_en is the English one
        if not viewer.may(step[1]) or step[0].startswith("portal:"):
            continue
        answer = client.get(world.address(step))
        assert answer.status_code in {200, 302, 404, 405}, (step, answer.status_code)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            found[step[0]] = left(frame_of(answer))
    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) >= pages


@pytest.mark.parametrize("person", ["", "clerk_finance"])
@pytest.mark.django_db
def test_pages_of_accounts_are_english(person: str, cast: Cast) -> None:
    client, left = english(cast.here if person else None, person), Leftover()
    inside = [
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
    ]
    outside = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]
    for name in inside if person else outside:
        answer = client.get(reverse(name), follow=True)
        assert answer.status_code == 200, name
        assert left(frame_of(answer)) == [], name


@pytest.mark.django_db
def test_refusals_are_english(cast: Cast) -> None:
    left = Leftover()
    clerk = english(cast.here, "clerk_finance")
    for path, status in [("/khong-co/", 404), ("/nhat-ky/", 403), (reverse("plans:upload"), 403)]:
        answer = clerk.get(path)
        assert answer.status_code == status, path
        assert left(frame_of(answer)) == [], path
    answer = english().post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert left(frame_of(answer)) == []


@pytest.mark.django_db
def test_the_switch_keeps_the_page_and_the_language() -> None:
    client = Client()
    path = reverse("account_login") + "?next=/ke-hoach/"
    page = client.get(path).content.decode()
    assert Words(page).language == "vi"
    assert f'name="next" value="{path}"' in page
    answer = client.post(reverse("set_language"), {"language": "en", "next": path})
    assert answer.headers["Location"] == path
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] > 30 * 24 * 3600
    page = client.get(path).content.decode()
    assert Words(page).language == "en"
    assert "Version 0." in page


# --- what is kept and printed ---------------------------------------------------------------------


def test_what_is_kept_and_printed_under_english_is_vietnamese(cast: Cast) -> None:
    """The whole story told by people who read English pages: readings, cycles, reports, verdicts, papers, jobs."""
    side = cast.here
    with translation.override("en"):
        things = examples(side)
        with scope(tenant=[side.tenant.pk]):
            text = paper_words(things["draft"])
            mail = invite_by_mail(side.viewer("administrator"), side)
    english_words = {
        t.lower() for m in strings(kept()) for t in forms(m) if " " in t.strip() and "%" not in t
    }
    english_words -= {str(m.id).lower() for m in strings(kept())}
    said = kept_words()
    assert [text for text in said if text in english_words] == []
    phrases = [words for words in english_words if len(words) > 20]
    assert [(p, text) for text in said for p in phrases if p in text] == []
    assert "tình hình chung" in text.lower()
    assert "chưa báo cáo" in text
    assert not re.search(r"\b(the|reporting|agency|agencies|accepted|task)\b", text, re.IGNORECASE)
    assert "mời ông/bà dùng Lục với vai trò người duyệt" in mail


def paper_words(draft: object) -> str:
    assert isinstance(draft, OfficialDraft)
    with default_storage.open(draft.file.path) as file:
        document = read_file(file.read(), draft.file.name)
    paragraphs = [getattr(block, "text", "") for block in document.blocks]
    cells = [cell.text for block in document.blocks for row in getattr(block, "rows", []) for cell in row]
    return "\n".join([*paragraphs, *cells])


def invite_by_mail(viewer: Viewer, side: Side) -> str:
    agencies.invite(
        viewer,
        party=side.parties["science"].pk,
        role="approver",
        full_name="Người được mời khác",
        email="khac@example.vn",
        address="{secret}",
    )
    return Mail.objects.latest("pk").body


def test_the_proposed_name_of_a_cycle_is_vietnamese() -> None:
    with translation.override("en"):
        assert propose("annual", (10, 12), False, 2026, 1).title == "Báo cáo năm 2026"
        assert propose("semiannual", (None, None), False, 2026, 2).title == "Báo cáo 6 tháng cuối năm 2026"
        assert propose("quarterly", (None, None), False, 2026, 3).title == "Báo cáo quý III năm 2026"
