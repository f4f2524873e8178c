"""Settings from a file and the environment; what is wrong is said in one line that names its mend."""

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import OperatorError
from bot.settings.community.holding import Held, HoldSettings
from bot.settings.config import CommunitySettings, Settings, StaffPlace, load

SECRET = "123456:a-token-nobody-may-read"

FULL = """
database = "sqlite:///pv.db"
language = "fr"
timezone = "Europe/Paris"

[[digests]]
day_of_week = "fri"
hour = 17

[limits]
filings = "3 per hour"

[[communities]]
key = "plaza"
name = "La Place"
areas = ["Aide", "Lieux"]
answer_days = 14
staff = { platform = "telegram", place = "-100" }
"""


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no settings of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(machine: Path, text: str) -> Path:
    file = machine / "config.toml"
    file.write_text(text)
    return file


def refusal(file: Path | None = None) -> str:
    with pytest.raises(OperatorError) as refused:
        load(file)
    return str(refused.value)


def test_with_nothing_configured_the_defaults_hold() -> None:
    settings = load()
    assert settings.database == "sqlite:///portevoix.db"
    assert (settings.language, settings.timezone) == ("en", "UTC")
    assert settings.digests == ()
    assert settings.telegram.token is None
    assert settings.communities == ()


def test_a_file_is_read_where_the_bot_starts(machine: Path) -> None:
    write(machine, FULL)
    settings = load()
    assert (settings.language, settings.timezone, settings.digests[0].hour) == ("fr", "Europe/Paris", 17)
    assert settings.limits.filings == "3 per hour"
    assert settings.limits.questions == "30 per 10 minutes"
    assert settings.communities == (
        CommunitySettings(
            key="plaza",
            name="La Place",
            areas=("Aide", "Lieux"),
            answer_days=14,
            staff=StaffPlace(platform="telegram", place="-100"),
        ),
    )


def test_a_community_says_whose_feedback_waits(machine: Path) -> None:
    write(
        machine,
        '[[communities]]\nkey = "a"\nname = "A"\n[communities.hold]\nsuggestions = "new"\nnew_items = 5\n'
        '[communities.hold.places]\n"telegram:-100" = "everyone"\n',
    )
    (own,) = load().communities
    assert own.hold == HoldSettings(suggestions=Held.NEW, new_items=5, places={"telegram:-100": Held.EVERYONE})
    assert own.hold.praise is Held.NOBODY


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('suggestions = "all"', "input should be 'nobody', 'new' or 'everyone'"),
        ('places = { "-100" = "new" }', "must name a platform and a place, such as telegram:-1001234567890"),
        ('places = { "telegram:" = "new" }', "must name a platform and a place, such as telegram:-1001234567890"),
    ],
)
def test_whose_feedback_waits_is_refused_with_what_would_do(machine: Path, line: str, words: str) -> None:
    write(machine, f'[[communities]]\nkey = "a"\nname = "A"\n[communities.hold]\n{line}\n')
    assert words in refusal()


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_community_without_a_name_to_read_is_refused(machine: Path, name: str) -> None:
    write(machine, f'[[communities]]\nkey = "plaza"\nname = "{name}"\n')
    assert refusal() == (
        "Setting communities.0.name (PORTEVOIX_COMMUNITIES__0__NAME): must not be empty: it is the name members see."
    )


def test_a_variable_names_another_file(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "elsewhere.toml").write_text('language = "fr"')
    monkeypatch.setenv("PORTEVOIX_CONFIG", str(machine / "elsewhere.toml"))
    assert load().language == "fr"


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(machine, 'language = "fr"\ntimezone = "Europe/Paris"\n[limits]\nopen_items = 7\ncommands = "9 per minute"')
    monkeypatch.setenv("PORTEVOIX_LANGUAGE", "en")
    monkeypatch.setenv("PORTEVOIX_LIMITS__OPEN_ITEMS", "8")
    settings = load(timezone="Asia/Tokyo")
    assert (settings.language, settings.timezone) == ("en", "Asia/Tokyo")
    assert (settings.limits.open_items, settings.limits.commands) == (8, "9 per minute")


def test_two_underscores_lead_into_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_TELEGRAM__TOKEN", SECRET)
    monkeypatch.setenv("PORTEVOIX_LIMITS__OPEN_ITEMS", "5")
    settings = load()
    assert settings.telegram.token
    assert settings.telegram.token.get_secret_value() == SECRET
    assert settings.discord.token is None
    assert settings.limits.open_items == 5


def test_communities_can_come_from_the_environment_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "PORTEVOIX_COMMUNITIES",
        '[{"key": "plaza", "name": "Plaza", "staff": {"platform": "telegram", "place": "-100"}}]',
    )
    (plaza,) = load().communities
    assert (plaza.key, plaza.name, plaza.staff) == ("plaza", "Plaza", StaffPlace(platform="telegram", place="-100"))


def test_an_empty_token_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_TELEGRAM__TOKEN", "")
    assert not load().telegram.token


def test_an_unknown_key_in_the_file_names_its_nearest_neighbour(machine: Path) -> None:
    cases: list[tuple[str, str, str]] = [
        ('timezon = "UTC"', "timezon", "timezone"),
        ("[telegrm]\ntoken = 'x'", "telegrm", "telegram"),
        ("[telegram]\ntokn = 'x'", "telegram.tokn", "telegram.token"),
        (
            "[[communities]]\nkey = 'a'\nname = 'A'\nansver_days = 3",
            "communities.0.ansver_days",
            "communities.0.answer_days",
        ),
        (
            "[[communities]]\nkey = 'a'\nname = 'A'\nstaff = {platfrm = 'web', place = '1'}",
            "platfrm",
            "communities.0.staff.platform",
        ),
    ]
    for file, names, means in cases:
        said = refusal(write(machine, file))
        assert f"{names}." in said, file
        assert f"Did you mean {means}?" in said, file


@pytest.mark.parametrize(
    ("variable", "means"),
    [
        ("PORTEVOIX_TIMEZON", "PORTEVOIX_TIMEZONE"),
        ("PORTEVOIX_TELEGRAM__TOKN", "PORTEVOIX_TELEGRAM__TOKEN"),
        ("PORTEVOIX_TELEGRM__TOKEN", "PORTEVOIX_TELEGRAM__TOKEN"),
        ("PORTEVOIX_TELEGRAM_TOKEN", "PORTEVOIX_TELEGRAM__TOKEN"),
    ],
)
def test_an_unknown_variable_names_its_nearest_neighbour(
    monkeypatch: pytest.MonkeyPatch, variable: str, means: str
) -> None:
    monkeypatch.setenv(variable, "x")
    said = refusal()
    assert variable in said
    assert f"Did you mean {means}" in said


def test_a_key_like_no_other_is_met_with_those_there_are(machine: Path) -> None:
    assert "Known here: port." in refusal(write(machine, "[web]\nqqq = 1"))


def test_every_wrong_setting_gets_its_line(machine: Path) -> None:
    lines = refusal(write(machine, 'language = "de"\n[web]\nport = -1\nfoo = 1')).splitlines()
    assert len(lines) == 3
    assert any("PORTEVOIX_WEB__PORT" in line for line in lines)
    assert any(line.startswith("Setting language (PORTEVOIX_LANGUAGE): must be en or fr") for line in lines)


def test_a_zone_no_clock_knows_is_refused(machine: Path) -> None:
    cases: list[str] = ["Europe/Pariss", "", "Paris time", "../../etc/passwd", "Europe"]
    assert [
        zone
        for zone in cases
        if "is not an IANA time zone, such as Europe/Paris" not in refusal(write(machine, f'timezone = "{zone}"'))
    ] == []


def test_what_would_fail_later_is_refused_at_the_start(machine: Path) -> None:
    cases: list[tuple[str, str]] = [
        ("[[communities]]\nkey = 'a'\nname = 'A'\ntimezone = 'Europe/Pariss'", "communities.0.timezone"),
        ("[[communities]]\nkey = 'a'\nname = 'A'\nlanguage = 'de'", "communities.0.language"),
        ("[[digests]]\nday_of_week = 'someday'", "digests.0.day_of_week"),
        ("[limits]\nfilings = 'a few'", "limits.filings"),
        ("[[communities]]\nkey = 'a'\nname = 'A'\n[[communities]]\nkey = 'a'\nname = 'B'", "communities"),
    ]
    assert [(file, names) for file, names in cases if names not in refusal(write(machine, file))] == []


def test_a_file_that_is_no_toml_is_refused_with_its_place(machine: Path) -> None:
    file = write(machine, "language = fr")
    assert refusal() == refusal(file).replace(str(file), "config.toml")
    assert "is not valid TOML" in refusal(file)
    assert "line 1" in refusal(file)


def test_a_file_that_is_not_there_is_refused_when_it_was_named(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "missing.toml" in refusal(machine / "missing.toml")
    monkeypatch.setenv("PORTEVOIX_CONFIG", str(machine / "missing.toml"))
    assert "missing.toml" in refusal()


def test_a_variable_that_is_no_json_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_COMMUNITIES", '[{"key": "plaza"')
    assert "PORTEVOIX_COMMUNITIES" in refusal()


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load().language = "fr"


def test_a_secret_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTEVOIX_TELEGRAM__TOKEN", SECRET)
    monkeypatch.setenv("PORTEVOIX_DATABASE", f"postgresql://bot:{SECRET}@db/portevoix")
    settings = load()
    assert SECRET not in f"{settings!r} {settings}"
    assert SECRET not in str(settings.model_dump(mode="json", include={"telegram"}))


@pytest.mark.parametrize("file", [f"[telegram]\ntokn = '{SECRET}'", f"[telegram]\ntoken = ['{SECRET}']"])
def test_a_secret_in_the_wrong_place_shows_neither_in_the_refusal_nor_in_a_traceback(machine: Path, file: str) -> None:
    with pytest.raises(OperatorError) as refused:
        load(write(machine, file))
    assert SECRET not in "".join(traceback.format_exception(refused.value))


def test_every_setting_explains_itself() -> None:
    assert [name for name, field in CommunitySettings.model_fields.items() if not field.description] == []
    own = {"limits", "telegram", "discord", "web", "retention", "backup"}
    assert {name for name, field in Settings.model_fields.items() if not field.description} <= own
