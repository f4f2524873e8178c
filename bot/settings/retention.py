"""The settings of how long things are kept."""

from pydantic import Field

from bot.settings.values import Section


class Retention(Section):
    """Days after which things go by themselves, counted from the last thing that happened to them."""

    inbox: int = Field(default=30, ge=2, description="ids of events: one that comes again meanwhile changes nothing")
    sent: int = Field(
        default=30, ge=8, description="that a message was delivered, whose words went at once; one given up"
    )
    unsent: int = Field(default=90, ge=8, description="messages that could not be delivered")
    questions: int = Field(default=365, ge=60, description="the words of questions and who asked; their number stays")
    private_chats: int = Field(
        default=30, ge=2, description="where somebody wrote to the bot alone, to look there after an absence (Discord)"
    )
    buttons: int = Field(default=180, ge=2, description="buttons; one pressed later says that it is no longer in use")
    digests: int = Field(default=730, ge=60, description="the words of archived digests; that they were posted stays")
    left_places: int = Field(
        default=30,
        ge=1,
        description="places the bot was removed from, with communities that these settings do not name",
    )
    feedback: int = Field(default=0, ge=0, description="words, author and files of closed feedback; 0 keeps them")
