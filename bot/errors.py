"""The only exceptions with words for people."""


class UserError(Exception):
    """What a person asked cannot be done; the message tells them so, in their language."""


class OperatorError(Exception):
    """The bot cannot start or go on; the message names the setting and the mend."""
