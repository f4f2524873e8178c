"""The settings that limit what one person may do, and the room that files take."""

from pydantic import Field

from bot.settings.values import Rate, Section


class Limits(Section):
    """How much one person may do; the message that says no says when it ends."""

    filings: Rate = Field(default="30 per 10 minutes", description="suggestions, problems and praise")
    questions: Rate = Field(default="30 per 10 minutes", description="questions asked")
    commands: Rate = Field(default="60 per minute", description="everything else that is typed or pressed")
    links: Rate = Field(default="20 per hour", description="codes to join one's accounts, asked for or typed")
    exports: Rate = Field(default="20 per hour", description="copies of what is kept about oneself, a part each")
    megabytes: int = Field(default=10, ge=1, le=20, description="the largest file kept with feedback")
    megabytes_of_person: int = Field(default=50, ge=1, description="files of one person kept at a time, together")
    megabytes_of_community: int = Field(default=1_000, ge=1, description="files of one community kept at a time")
    megabytes_in_all: int = Field(default=4_000, ge=1, description="files kept at a time")
    open_items: int = Field(default=100, ge=1, description="items of one person that wait at a time")
