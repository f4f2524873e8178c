"""Settings from a TOML file and the environment, frozen; an unknown key is an error that names its neighbour."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from rapidfuzz import process

from bot.errors import OperatorError

PREFIX = "PORTEVOIX_"
DEFAULT_FILE = "config.toml"


class Section(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StaffPlace(Section):
    """Where digests and alerts go."""

    platform: str = Field(description="an adapter's name, such as discord or telegram")
    place: str = Field(description="the channel's or chat's id on that platform")


class CommunitySettings(Section):
    """A community: its name, language, areas and where its digests go."""

    key: str = Field(description="a short name used in files and commands", pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(description="the name members see")
    language: str | None = Field(default=None, description="its language; default: `language`")
    timezone: str | None = Field(default=None, description="its zone; default: `timezone`")
    areas: tuple[str, ...] = Field(default=(), description="its areas; default: the five impacts")
    team: str | None = Field(default=None, description="what receipts call those who read, such as Delivery team")
    answer_days: int | None = Field(default=None, ge=1, description="days within which the team aims to answer")
    staff: StaffPlace | None = Field(default=None, description="where its digests go")


class Limits(Section):
    """How much one person may do; the message that says no says when it ends."""

    filings: str = Field(default="30 per 10 minutes", description="suggestions, problems and praise")
    questions: str = Field(default="30 per 10 minutes", description="questions asked")
    commands: str = Field(default="60 per minute", description="everything else that is typed or pressed")
    open_items: int = Field(default=100, ge=1, description="items of one person that wait at a time")


class DigestSettings(Section):
    """When the digest is posted."""

    name: str = Field(default="weekly", description="its name, part of the claim that it is posted once")
    day: str = Field(default="mon", description="cron's day of the week")
    hour: int = Field(default=9, ge=0, le=23, description="local hour")
    minute: int = Field(default=0, ge=0, le=59, description="local minute")


class Connection(Section):
    """What a platform's adapter needs."""

    token: SecretStr | None = Field(default=None, description="the bot's token; without it the platform stays off")


class Web(Section):
    """The local page of `portevoix demo`."""

    port: int = Field(default=8080, ge=0, le=65535, description="its port on 127.0.0.1; 0 takes any free one")


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid")

    database: str = Field(default="sqlite:///portevoix.db", description="sqlite:///FILE or postgresql://…")
    key_file: Path = Field(
        default_factory=lambda: user_config_path("portevoix") / "database.key",
        description="the key that encrypts the data; keep a copy apart from the data: without it the data is lost",
    )
    language: str = Field(default="en", description="the language of communities that name none: en or fr")
    timezone: str = Field(default="UTC", description="the IANA zone of communities that name none")
    communities: tuple[CommunitySettings, ...] = Field(
        default=(), description="with none there is one, which accepts every place"
    )
    digest: DigestSettings = DigestSettings()
    limits: Limits = Limits()
    telegram: Connection = Connection()
    discord: Connection = Connection()
    web: Web = Web()

    @field_validator("key_file")
    @classmethod
    def home(cls, value: Path) -> Path:
        """Read `~` as people mean it."""
        return value.expanduser()

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        """Refuse a zone no clock knows."""
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not an IANA time zone, such as Europe/Paris") from error
        return value

    @field_validator("language")
    @classmethod
    def known_language(cls, value: str) -> str:
        """Refuse a language the product does not speak."""
        if value not in ("en", "fr"):
            raise ValueError("must be en or fr")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(file: Path | None = None, **given: Any) -> Settings:
    """Read the settings.

    Args:
        file: the TOML file; by default `config.toml` here, if there is one.
        given: values that win over both, as the command line gives them.

    Raises:
        OperatorError: one line a setting that is wrong, each with its mend.
    """
    path = file or Path(os.environ.get(f"{PREFIX}CONFIG", DEFAULT_FILE))
    if file and (not file.exists() or file.is_dir()):
        raise OperatorError(f"There is no file {file}: check --config.")
    _refuse_unknown_variables(os.environ)

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=path)

    try:
        return FromFile(**given)
    except ValidationError as error:
        raise OperatorError("\n".join(_sentences(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path} is not valid TOML: {error}.") from error
    except OSError as error:
        raise OperatorError(f"{path} cannot be read ({error.strerror}).") from error


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        path = [str(part) for part in problem["loc"]]
        name = ".".join(path)
        if problem["type"] == "extra_forbidden":
            yield f"Unknown setting {name}.{_hint(path[-1], _keys(Settings, path[:-1]))}"
        else:
            words = problem["msg"].removeprefix("Value error, ")
            yield f"Setting {name} ({PREFIX}{'__'.join(path).upper()}): {words[0].lower()}{words[1:]}."


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    for variable in environment:
        if variable.startswith(PREFIX) and variable != f"{PREFIX}CONFIG":
            path = variable.removeprefix(PREFIX).lower().split("__")
            known = _keys(Settings, path[:-1])
            if path[-1] not in known:
                raise OperatorError(f"Unknown setting {variable} in the environment.{_hint(path[-1], known)}")


def _hint(key: str, known: list[str]) -> str:
    found = process.extractOne(key, known, score_cutoff=70)
    return f" Did you mean {found[0]}?" if found else f" Known here: {', '.join(known)}."


def _keys(model: Any, path: list[str]) -> list[str]:
    """The keys a table takes; list indexes in the path are passed over."""
    for part in path:
        if not part.isdigit():
            field = model.model_fields.get(part) if hasattr(model, "model_fields") else None
            model = _inner(field.annotation) if field else None
    return list(model.model_fields) if hasattr(model, "model_fields") else []


def _inner(annotation: Any) -> Any:
    """The section inside `Section`, `Section | None` or `tuple[Section, ...]`."""
    arguments = [part for part in getattr(annotation, "__args__", ()) if hasattr(part, "model_fields")]
    return arguments[0] if arguments else annotation
