"""Who sees an item, and whether with its author's name: sentences, buttons, and the rules themselves."""

from bot.context import Context
from bot.feedback.audience import trusted
from bot.locales.speech import Speech
from bot.ports.inbound import Role
from bot.ports.reply import Button
from storage.items.feedback import AnyItem, naming_of
from storage.vocabulary import Audience, Naming, Publication, Status


def who_sees(ctx: Context, audience: Audience, naming: Naming) -> str:
    """A sentence to an item's author on who can see it, and whether with their name."""
    speech, named = ctx.speech, naming is Naming.NAMED
    match audience:
        case Audience.EVERYONE if ctx.own.open and named:
            return speech.say("Everyone who finds this bot can see it, with your name.")
        case Audience.EVERYONE if ctx.own.open:
            return speech.say("Everyone who finds this bot can see it, without your name.")
        case Audience.EVERYONE if named:
            return speech.say("Everyone can see it, with your name.")
        case Audience.EVERYONE:
            return speech.say("Everyone can see it, without your name.")
        case Audience.TEAM if named:
            return speech.say("Only the team can see it, with your name.")
        case Audience.TEAM:
            return speech.say("Only the team can see it, without your name.")
        case Audience.TRUSTED if named:
            return speech.say("Only the trusted contacts can see it, with your name; not the team.")
        case Audience.TRUSTED:
            return speech.say("Only the trusted contacts can see it, without your name; not the team.")


def who_sees_item(ctx: Context, item: AnyItem) -> str:
    """The same sentence for a stored item, which may wait for a moderator or be taken from view."""
    speech = ctx.speech
    if item.publication is Publication.REMOVED:
        return speech.say("It is taken from view: nobody else sees it but the moderators.")
    if item.publication is not Publication.HELD:
        return who_sees(ctx, item.audience, naming_of(item))
    return who_sees_held(speech, naming_of(item))


def who_sees_held(speech: Speech, naming: Naming) -> str:
    """A sentence to the author of an item for everyone that a moderator has yet to publish."""
    if naming is Naming.NAMELESS:
        return speech.say("It waits for a moderator before others see it, without your name; until then the team does.")
    return speech.say("It waits for a moderator before others see it, with your name; until then the team does.")


def already_seen(speech: Speech) -> str:
    """A sentence on why an item cannot become nameless: others have read it beside its author's name."""
    return speech.say("It was typed where others read along, so it has been seen with your name beside it.")


def everyone(ctx: Context) -> str:
    """A sentence on who “everyone” is, that is, who is shown feedback for everyone."""
    if ctx.own.open:
        return ctx.speech.say("“Everyone” is everyone who finds this bot.")
    return ctx.speech.say(
        "“Everyone” is who takes part in {community}: who was seen in one of its places, or was invited.",
        community=ctx.community.name,
    )


def may_be_nameless(item: AnyItem) -> bool:
    """Whether an item can become nameless, which it cannot once others saw its words beside its author's name."""
    return not item.seen


def change_buttons(speech: Speech, item: AnyItem) -> tuple[Button, ...]:
    """The buttons that change an item's audience, or whether its author's name is shown."""
    number = {"number": str(item.number)}
    shown: list[Button] = []
    if item.audience is Audience.EVERYONE:
        shown.append(Button(speech.say("Team only"), "visibility", {**number, "audience": Audience.TEAM.value}))
    else:
        to_all = {**number, "audience": Audience.EVERYONE.value}
        shown.append(Button(speech.say("Show to everyone"), "visibility", to_all))
    if item.nameless:
        shown.append(Button(speech.say("Show my name"), "visibility", {**number, "name": Naming.NAMED.value}))
    elif may_be_nameless(item):
        shown.append(Button(speech.say("Without my name"), "visibility", {**number, "name": Naming.NAMELESS.value}))
    return tuple(shown)


def is_public(item: AnyItem) -> bool:
    """Whether all members see an item."""
    return item.audience is Audience.EVERYONE and item.publication is Publication.SHOWN


def may_see(ctx: Context, item: AnyItem) -> bool:
    """Whether a person other than its author may see an item."""
    if item.status is Status.WITHDRAWN:
        return False
    if item.audience is Audience.TRUSTED:
        return trusted.may_read(ctx, item.text)
    if ctx.inbound.actor.role >= Role.MODERATOR:
        return True
    return is_public(item)
