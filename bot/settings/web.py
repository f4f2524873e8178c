"""The settings of the demo's page."""

from pydantic import Field

from bot.settings.values import Section


class Web(Section):
    """The local page of `portevoix demo`."""

    port: int = Field(default=8080, ge=0, le=65535, description="its port on 127.0.0.1; 0 takes any free one")
