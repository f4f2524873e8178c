"""The settings of what an impact report assumes: the minutes of an answer, and what an hour costs."""

from typing import Annotated, Self

from babel.numbers import is_currency
from pydantic import AfterValidator, Field, model_validator

from bot.settings.values import Section


def check_currency(value: str) -> str:
    """Refuse what is no currency's code."""
    if not is_currency(value):
        raise ValueError("must be the code of a currency, such as EUR")
    return value


class ImpactSettings(Section):
    """What `/impact` assumes; without a cost it speaks of no money."""

    minutes_per_answer: float = Field(default=5, gt=0, le=480, description="minutes a person takes for one answer")
    hourly_cost: float | None = Field(
        default=None, gt=0, description="what an hour costs; without it, no money is named"
    )
    currency: Annotated[str, AfterValidator(check_currency)] | None = Field(
        default=None, description="the currency of that, by its code such as EUR"
    )

    @model_validator(mode="after")
    def check_both(self) -> Self:
        """Refuse a cost without a currency, and the other way round."""
        if (self.hourly_cost is None) is not (self.currency is None):
            raise ValueError("must have both hourly_cost and currency, or neither")
        return self
