"""What a page of the site needs to be in its own language: MkDocs calls it for each page, and knows one language a site."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.nav import Navigation

NAMES = {"zh": "中文", "en": "English"}


def on_page_context(context: dict[str, Any], *, page: Any, config: Any, nav: Any) -> dict[str, Any]:
    """The theme's own words, the contents beside the page, and the way to the same page in the other language."""
    folder, _, rest = page.file.src_uri.partition("/")
    language, rest = (folder, rest) if folder in NAMES else ("zh", "index.md")
    config.theme["language"] = language
    config.extra["homepage"] = f"{language}/index.html"
    config.extra["alternate"] = [
        {"name": name, "link": f"{other}/{rest.removesuffix('.md')}.html", "lang": other}
        for other, name in NAMES.items()
    ]
    own = next(item for item in nav.items if item.title == NAMES[language])
    context["nav"] = Navigation(own.children, nav.pages)
    return context
