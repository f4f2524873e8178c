"""The exceptions whose message is shown to a person."""


class UserError(Exception):
    """What a person asked cannot be done; the message tells them so, in their language."""


class OperatorError(Exception):
    """The bot cannot start or go on; the message names the setting and the mend."""
