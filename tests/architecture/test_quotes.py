"""The pages of the platforms quote the bot as it speaks: every text to look an error up by is in the code."""

import ast
import re
from functools import cache

from tests.architecture.source import ROOT, kinds, modules, name, tree
from tests.test_docs_telegram import plain


@cache
def said_in(package: str) -> str:
    """Every string of a package, one after the other; what is worked out at run time is a gap between two."""
    files = (file for file in modules() if name(file).startswith(package))
    found = (node.value for file in files for node in kinds(tree(file))[ast.Constant])
    return "\n".join(value for value in found if isinstance(value, str))


def unsaid(platform: str) -> list[str]:
    """What the troubles on a platform's page quote of the bot, and neither the bot nor the adapter says."""
    page = (ROOT / "docs" / f"{platform}.md").read_text(encoding="utf-8")
    troubles = page.partition("## Troubleshooting")[2].partition("\n## ")[0]
    said = "\n".join((said_in(f"adapters/{platform}/"), said_in("bot/")))
    quoted = re.findall("“(.*?)”", plain(troubles))
    assert len(quoted) > 10
    parts = {words: [part.strip() for part in words.split("…") if part.strip()] for words in quoted}
    return [words for words, found in parts.items() if not found or any(part not in said for part in found)]


def test_every_trouble_is_quoted_as_the_bot_says_it() -> None:
    assert {platform: unsaid(platform) for platform in ("discord", "telegram")} == {"discord": [], "telegram": []}
