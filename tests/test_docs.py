"""The documentation says what the code does: generated sections, the example file, links."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.catalogue import registry
from bot.docs import pages, refusals, retention, settings
from bot.docs.__main__ import ROOT, main
from bot.docs.tables import rows
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES
from bot.settings.config import Retention, Settings, load
from storage.privacy.erasure import personal_columns

PAGES = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Caches the refusals read from the source, which is the same for all trees here."""
    listing = cache(refusals.listing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refusals, "listing", lambda root: listing((root / "storage").resolve().parent))
        yield


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of the pages as `make docs` writes them, with the code they are generated from."""
    tree = tmp_path_factory.mktemp("pages")
    shutil.copytree(ROOT / "docs", tree / "docs")
    for page in ROOT.glob("*.md"):
        shutil.copy(page, tree)
    for package in refusals.PACKAGES:
        (tree / package).symlink_to(ROOT / package)
    assert main(tree, []) == 0
    return tree


@pytest.fixture
def tree(written: Path, tmp_path: Path) -> Path:
    """A copy of those pages that a test may change."""
    shutil.copytree(written, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path


def uncommented(example: str) -> str:
    return re.sub(r"(?m)^#(?=[a-z\[])", "", example)


def test_what_was_just_written_is_not_stale(tree: Path) -> None:
    assert main(tree, ["--check"]) == 0


def test_each_stale_or_missing_page_is_named_and_left_alone(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages, missing = ("README.md", "docs/commandes.md", "docs/configuration.md"), settings.FILE
    stale = {page: re.sub("suggerer|Paris|PORTEVOIX_", "?", (tree / page).read_text()) for page in pages}
    for page, text in stale.items():
        (tree / page).write_text(text)
    (tree / missing).unlink()
    capsys.readouterr()
    assert main(tree, ["--check"]) == 1
    named = [f"{page} is stale: run make docs" for page in (*pages, missing)]
    assert sorted(capsys.readouterr().err.splitlines()) == sorted(named)
    assert {page: (tree / page).read_text() for page in pages} == stale
    assert not (tree / missing).exists()


def test_what_is_written_by_hand_around_a_section_stays() -> None:
    page = "Before.\n<!-- generated: settings -->\nold\n<!-- end -->\nAfter.\n"
    filled = pages.fill(page, {"settings": lambda: "new\n"})
    assert filled == "Before.\n<!-- generated: settings -->\n\nnew\n\n<!-- end -->\nAfter.\n"


def test_a_section_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="settigns"):
        pages.fill("<!-- generated: settigns -->\n<!-- end -->", {})


def test_every_section_is_on_a_page() -> None:
    written = "".join(page.read_text() for page in PAGES)
    assert [name for name in pages.sections(ROOT) if f"<!-- generated: {name} -->" not in written] == []


def test_the_example_file_uncommented_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(uncommented(settings.example()))
    found = load()
    assert [community.key for community in found.communities] == ["plaza"]
    assert [digest.name for digest in found.digests] == ["weekly"]
    assert (found.limits, found.web) == (Settings().limits, Settings().web)


def test_the_example_file_as_it_is_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(settings.example())
    assert load().model_dump() == Settings().model_dump()


def test_the_example_key_file_is_the_default_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / "config.toml").write_text(uncommented(settings.example()))
    assert load(tmp_path / "config.toml").key_file == tmp_path / ".config/portevoix/database.key"


def test_every_setting_is_in_the_table_and_in_the_example() -> None:
    table, example = settings.table(), tomllib.loads(uncommented(settings.example()))
    for item in settings.settings():
        here: Any = example
        for part in item.path:
            here = here[0] if isinstance(here, list) else here
            assert part in here, item.name
            here = here[part]
        assert item.section or f"| `{item.name}` | `{item.variable}` |" in table
        assert item.section or item.field.description, f"{item.name} has no description"


def test_settings_deep_in_tables_are_found_with_their_variables() -> None:
    names = {item.name: item.variable for item in settings.settings()}
    assert names["telegram.token"] == "PORTEVOIX_TELEGRAM__TOKEN"
    assert names["communities.staff.place"] == "PORTEVOIX_COMMUNITIES"


def test_every_command_is_in_the_docs_in_both_languages(tree: Path) -> None:
    cases: list[tuple[str, str]] = [("commands.md", "en"), ("commandes.md", "fr")]
    for page, language in cases:
        short = (tree / ("README.md" if language == "en" else "docs/LISEZMOI.md")).read_text()
        speech = Languages(LOCALES).speech(language)
        for command in registry().commands:
            if command.listed:
                line = f"| `/{command.name_in(language)}` |"
                assert line in (tree / "docs" / page).read_text(), command.name
                assert line in short, command.name
                assert speech.say(command.summary) in short, command.name


def test_every_personal_column_is_in_the_privacy_page(tree: Path) -> None:
    page = (tree / "docs/privacy.md").read_text()
    missing = [f"{t.name}.{c.name}" for t, c, _ in personal_columns() if f"`{t.name}.{c.name}`" not in page]
    assert missing == []


def test_every_retention_setting_is_in_the_table_of_days() -> None:
    cases: list[retention.Words] = [retention.ENGLISH, retention.FRENCH]
    assert [words for words in cases if set(words.kinds) != set(Retention.model_fields)] == []


def test_refusals_are_read_from_calls_tables_and_names(tmp_path: Path) -> None:
    (tmp_path / "storage").mkdir()
    (tmp_path / "storage/a.py").write_text(
        "from x import StoreBusy, WrongKey\nWORDS = 'From what has a name.'\n"
        "SIGNS = (('locked', StoreBusy, 'From a row of a table.'),)\n"
        "def f(path): raise WrongKey(f'From {path}, in a call.')\n"
        "def g(): raise WrongKey(WORDS)\ndef h(words): raise WrongKey(f'{words}.')\n"
    )
    found = refusals.listing(tmp_path)
    assert re.findall("“(.*)”", found) == ["From a row of a table.", "From what has a name.", "From …, in a call."]


def test_a_bar_in_a_cell_does_not_split_it() -> None:
    assert rows(("a", "b"), [("x|y", "z")]).splitlines()[-1] == r"| x\|y | z |"


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
        assert [link for link in links if not (page.parent / link).exists()] == [], page.name


def test_no_page_names_a_folder_of_somebodys_machine() -> None:
    cases: list[Path] = [*PAGES, ROOT / settings.FILE]
    assert [
        page
        for page in cases
        if re.findall(rf"(?<!\w)/(?:root|work|home|Users)/|{re.escape(str(ROOT))}/", page.read_text()) != []
    ] == []


def test_the_picture_is_whole_and_describes_itself() -> None:
    picture = ET.parse(ROOT / "docs/architecture.svg").getroot()  # noqa: S314 - our own file
    named = picture.attrib["aria-labelledby"].split()
    described = {node.get("id"): node.text for node in picture.iter() if node.get("id") in named}
    assert all(described[name] for name in named)
