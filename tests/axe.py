"""axe in a page that is open in a browser: what it finds wrong."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# what is in order is not told: with hundreds of nodes a page, that takes longer than looking
_RUN = """options => axe.run(options).then(said => said.violations.map(
  found => `${found.id} ` + JSON.stringify(found.nodes.slice(0, 4).map(node => [node.target, node.html.slice(0, 120)]))
))"""


def wrong(page: Page, *, without: Iterable[str] = ()) -> list[str]:
    """Each rule that a page breaks, with the first places; `without`: rules that are looked at elsewhere."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": _RULES,
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in without},
    }
    found: list[str] = page.evaluate(_RUN, options)
    return found
