"""Every message is translated; and the tool that ensures it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages import Catalog

from bot.locales import compiled
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES
from bot.translations import __main__ as command
from bot.translations import catalogue, messages


@pytest.fixture(scope="module")
def template() -> Catalog:
    return messages.collect()


@pytest.fixture(scope="module")
def french() -> Catalog:
    return catalogue.load(LOCALES / "fr.po")


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only catalogue of a product whose only message is `Hi`."""
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    monkeypatch.setattr(messages, "collect", lambda: _template("Hi"))
    return tmp_path / "fr.po"


def test_every_message_is_translated_and_nothing_else_is(french: Catalog, template: Catalog) -> None:
    assert len(template) > 150
    assert not list(catalogue.troubles(french, template)), "run `make translations`, then translate what it names"


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert compiled.is_current(LOCALES / "fr.po"), "run `make translations`"


def test_what_was_translated_last_is_said_whatever_file_lies_beside_it(tmp_path: Path) -> None:
    cases: list[Callable[[bytes], bytes]] = [
        bytes,
        lambda _: b"no catalogue",
        lambda held: held[:9],
        lambda held: held[:-9],
        lambda held: held.replace(b"utf-8", b"odd-8"),
    ]
    for damage in cases:
        source = tmp_path / "fr.po"
        source.write_text('msgid "Hi"\nmsgstr "Salut"\n', "utf-8")
        compiled.write(source)
        held = source.with_suffix(".mo")
        assert compiled.is_current(source), damage
        assert Languages(tmp_path).speech("fr").say("Hi") == "Salut", damage
        held.write_bytes(damage(held.read_bytes()))
        source.write_text('msgid "Hi"\nmsgstr "Coucou"\n', "utf-8")
        assert not compiled.is_current(source), damage
        assert Languages(tmp_path).speech("fr").say("Hi") == "Coucou", damage


def test_the_catalogue_names_no_line_no_date_and_no_folder_of_a_machine() -> None:
    text = (LOCALES / "fr.po").read_text("utf-8")
    assert not re.search(r"\d{4}-\d\d|:\d+$", text, re.MULTILINE)
    assert not re.search(r"^#: (.* )?/", text, re.MULTILINE)


def test_messages_are_found_in_python() -> None:
    cases: list[tuple[str, list[messages.Message]]] = [
        ("ctx.speech.say('Hello {name}', name=name)", ["Hello {name}"]),
        ("say_('Hello')", ["Hello"]),
        ("say = ctx.speech.say\nsay('Hello')", ["Hello"]),
        ("speech.say('Hello ' 'there')", ["Hello there"]),
        ("speech.say('Yes' if sure else 'No')", ["Yes", "No"]),
        ("speech.say(command.asks or 'What?')", ["What?"]),
        ("speech.line('{a} and {b}', a=a, b=b)", ["{a} and {b}"]),
        ("speech.count('{n} day', '{n} days', n)", [("{n} day", "{n} days")]),
        ("LABELS = {'text': mark('Your words')}", ["Your words"]),
        ("from bot.ports.reply import say\nsay('Hello', speech.say('there'))", ["there"]),
        ("text.count('a')\ntext.count('a', 3)\nctx.mark(person)\nspeech.say(words)", []),
    ]
    assert [(text, list(messages.read("bot/some.py", text))) for text, _ in cases] == cases


def test_messages_are_found_in_templates() -> None:
    cases: list[tuple[str, list[messages.Message]]] = [
        ("<b>{{ speech.say('Hello {name}', name=name) }}</b>", ["Hello {name}"]),
        ("{{ say('Hello ' 'there') }}", ["Hello there"]),
        ("<b title=\"{{ page.speech.say('Yes' if sure else 'No') }}\">", ["Yes", "No"]),
        ("{% macro m(speech) %}{{ speech.count('{n} day', '{n} days', n) }}{% endmacro %}", [("{n} day", "{n} days")]),
        ("{% if x %}{{ speech.say(label or 'Other') }}{% endif %}{{ title('Hello') }}", ["Other"]),
    ]
    assert [(text, list(messages.read("adapters/web/page.html", text))) for text, _ in cases] == cases


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bot/some.py", "\nspeech.say(f'Hello {name}')"),
        ("bot/some.py", "\nspeech.say('Hello ' + name)"),
        ("bot/some.py", "\nspeech.count('{n} day', 'many {}'.format(1), n)"),
        ("adapters/page.html", "\n{{ speech.say('Hello ' ~ name) }}"),
        ("adapters/page.html", "\n{{ speech.say('Hello %s'|format(name)) }}"),
    ],
)
def test_a_message_made_at_run_time_is_refused_by_file_and_line(name: str, text: str) -> None:
    with pytest.raises(messages.Unreadable, match=f"{name}.* on line 2"):
        list(messages.read(name, text))


def test_what_is_only_declared_is_a_message_too(template: Catalog) -> None:
    assert "Suggest an improvement to the team." in template
    assert "the words of the feedback" in template
    assert "Your words" in template
    assert "What would you suggest?" in template


def test_what_only_operators_read_is_not_translated() -> None:
    assert not [name for name in messages.sources() if name.startswith(("bot/cli", "bot/settings", "storage"))]
    assert {"bot/dispatch/app.py", "bot/features/people/help.py"} < set(messages.sources())


def test_what_is_wrong_with_a_translation_is_named(tmp_path: Path) -> None:
    cases: list[tuple[str, str]] = [
        ("", "missing"),
        ('msgid "Hi {name}"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Hi {name}"\nmsgstr "Salut {name}"', "fuzzy"),
        ('msgid "Hi {name}"\nmsgstr "Salut {nom}"', "other {placeholders} than the message"),
        ('msgid "Hi {name}"\nmsgstr "Salut"', "other {placeholders} than the message"),
        ('msgid "Hi {name}"\nmsgstr "Salut {name"', "other {placeholders} than the message"),
        ('msgid "Hi {name}"\nmsgstr "Salut {name} {}"', "other {placeholders} than the message"),
    ]
    assert [
        (entry, trouble)
        for entry, trouble in cases
        if list(catalogue.troubles(_held(tmp_path, entry), _template("Hi {name}"))) != [f"{trouble}: 'Hi {{name}}'"]
    ] == []


def test_every_plural_form_is_wanted_with_its_number(tmp_path: Path) -> None:
    cases: list[tuple[str, str]] = [
        ('msgstr[0] "{n} jour"\nmsgstr[1] ""', "not translated"),
        ('msgstr[0] "{n} jour"', "not translated"),
        ('msgstr[0] "un jour"\nmsgstr[1] "{n} jours"', "other {placeholders} than the message"),
    ]
    for forms, trouble in cases:
        two = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        held = _held(tmp_path, f'{two}msgid "{{n}} day"\nmsgid_plural "{{n}} days"\n{forms}')
        assert list(catalogue.troubles(held, _template(("{n} day", "{n} days")))) == [f"{trouble}: '{{n}} day'"], forms


def test_a_message_that_got_a_plural_needs_its_forms(tmp_path: Path) -> None:
    held = _held(tmp_path, 'msgid "{n} day"\nmsgstr "{n} jour"')
    assert len(list(catalogue.troubles(held, _template(("{n} day", "{n} days"))))) == 1


def test_what_nobody_says_any_more_is_named(tmp_path: Path) -> None:
    held = _held(
        tmp_path, 'msgid "Hi"\nmsgstr "Salut"\n\nmsgid "Old"\nmsgstr "Vieux"\n\n#~ msgid "Older"\n#~ msgstr "Jadis"'
    )
    assert list(catalogue.troubles(held, _template("Hi"))) == ["obsolete: 'Old'", "obsolete: 'Older'"]


def test_an_update_adds_what_is_new_empty_drops_what_is_gone_and_keeps_the_rest(tmp_path: Path) -> None:
    held = _held(tmp_path, '# A word of the translator.\nmsgid "Hi"\nmsgstr "Salut"\n\nmsgid "Old"\nmsgstr "Vieux"')
    catalogue.update(held, _template("Hi", "New", ("{n} day", "{n} days")))
    text = catalogue.text(held)
    assert 'msgid "New"\nmsgstr ""\n' in text
    assert 'msgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""' in text
    assert '# A word of the translator.\n#: bot/some.py\nmsgid "Hi"\nmsgstr "Salut"\n' in text
    assert "Old" not in text


def test_a_catalogue_written_twice_is_the_same_file(tmp_path: Path) -> None:
    held = _held(tmp_path, 'msgid "Hi"\nmsgstr "Salut : « ça »"')
    wanted = _template(("{n} day", "{n} days"), "Hi", "A long message. " * 20)
    catalogue.update(held, wanted)
    once = catalogue.text(held)
    assert re.findall('msgid "(.*)"', once) == ["", "", "Hi", "{n} day"]
    again = _held(tmp_path, once)
    catalogue.update(again, wanted)
    assert catalogue.text(again) == once
    assert again["Hi"].string == "Salut : « ça »"


def test_the_check_names_what_is_missing_and_changes_nothing(spoken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoken.write_text('msgid "Gone"\nmsgstr "Parti"\n')
    assert command.main(["--check"]) == 1
    assert capsys.readouterr().err == "fr.po: missing: 'Hi'\nfr.po: obsolete: 'Gone'\n"
    assert spoken.read_text() == 'msgid "Gone"\nmsgstr "Parti"\n'


def test_the_command_brings_the_catalogue_to_the_messages(spoken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoken.write_text('msgid "Gone"\nmsgstr "Parti"\n')
    assert command.main([]) == 0
    assert capsys.readouterr().err == "fr.po: not translated: 'Hi'\n"
    assert spoken.read_text("utf-8").endswith('"\n\n#: bot/some.py\nmsgid "Hi"\nmsgstr ""\n')


def test_a_new_language_starts_from_an_empty_file(spoken: Path) -> None:
    other = spoken.with_name("pl.po")
    other.touch()
    spoken.write_text('msgid "Hi"\nmsgstr "Salut"\n')
    command.main([])
    assert '"Language: pl\\n"' in other.read_text("utf-8")
    assert '"Plural-Forms: nplurals=3;' in other.read_text("utf-8")
    assert command.main(["--check"]) == 1


def test_a_complete_catalogue_passes_in_silence(spoken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoken.write_text('msgid "Hi"\nmsgstr "Salut"\n')
    assert command.main([]) == command.main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_a_message_no_catalogue_can_hold_stops_the_command(
    spoken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(messages, "collect", lambda: list(messages.read("bot/some.py", "speech.say(f'Hi {x}')")))
    spoken.write_text('msgid "Hi"\nmsgstr "Salut"\n')
    assert command.main([]) == 1
    assert "bot/some.py" in capsys.readouterr().err
    assert spoken.read_text() == 'msgid "Hi"\nmsgstr "Salut"\n'


def _held(folder: Path, entries: str) -> Catalog:
    (folder / "fr.po").write_text(entries, "utf-8")
    return catalogue.load(folder / "fr.po")


def _template(*ids: messages.Message) -> Catalog:
    found = Catalog()
    for one in ids:
        found.add(one, locations=[("bot/some.py", 0)])
    return found
