"""The settings of what a community asks about feedback beside its words."""

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from bot.settings.values import Language, Section
from storage.vocabulary import Kind

MOST = 4
"""Questions about one piece of feedback: a form of Discord's has room for five fields."""
LONGEST_TEXT, LONGEST_CHOICE, MOST_CHOICES = 100, 40, 10
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Choice = Annotated[str, Field(min_length=1, max_length=LONGEST_CHOICE)]


class QuestionSettings(Section):
    """A question about feedback of a kind, and of an area where one is named: answered in words, or by a choice."""

    key: str = Field(description="a short name, used in exports", pattern=r"^[a-z0-9-]{1,40}$")
    kind: Kind = Field(description="suggestion, problem or praise")
    area: str | None = Field(default=None, description="only what is filed in this area; default: in any, or in none")
    text: dict[Language, Text] = Field(description="the question by language, of at most 100 characters each")
    choices: dict[Language, tuple[Choice, ...]] = Field(
        default={}, description="by language, 2 to 10 answers to choose from; default: it is answered in words"
    )
    required: bool = Field(default=False, description="true: nothing is filed without an answer")

    @model_validator(mode="after")
    def check_texts(self) -> "QuestionSettings":
        """Refuse a question without words, and choices that do not match it or each other."""
        if not self.text:
            raise ValueError("needs a text, such as text.en")
        for code, texts in self.choices.items():
            if code not in self.text or len(texts) != len(next(iter(self.choices.values()))):
                raise ValueError("needs the same choices, in the same order, in each language of its text")
            if not 2 <= len(texts) <= MOST_CHOICES or len({text.casefold() for text in texts}) < len(texts):
                raise ValueError(f"needs 2 to {MOST_CHOICES} choices, each another")
        if self.choices and self.choices.keys() != self.text.keys():
            raise ValueError("needs the same choices, in the same order, in each language of its text")
        return self

    def is_about(self, kind: Kind, area: str | None) -> bool:
        """Whether it is asked about feedback of this kind and area."""
        return self.kind is kind and (self.area is None or (area or "").casefold() == self.area.casefold())

    def text_in(self, language: str) -> str:
        """Its words in a language, else in the first one it has."""
        return self.text.get(language) or next(iter(self.text.values()))

    def choices_in(self, language: str) -> tuple[str, ...]:
        """Its choices in a language, else in the first one it has; none where it is answered in words."""
        return self.choices.get(language) or next(iter(self.choices.values()), ())


def check_questions(value: tuple[QuestionSettings, ...], info: ValidationInfo) -> tuple[QuestionSettings, ...]:
    """Refuse a key given twice, an area the community does not have, and more questions than a form has room for."""
    areas = [str(area) for area in info.data.get("areas", ())]
    known = {area.casefold() for area in areas}
    if repeated := [key for key, number in Counter(one.key for one in value).items() if number > 1]:
        raise ValueError(f"has {repeated[0]} twice: each needs a key of its own")
    for one in value:
        if one.area and known and one.area.casefold() not in known:
            raise ValueError(f"has no area {one.area}: there is {', '.join(areas)}")
        together = [other for other in value if other.is_about(one.kind, one.area)]
        if len(together) > MOST:
            raise ValueError(f"has {len(together)} about one {one.kind.value}: at most {MOST} are asked together")
    return value


Questions = Annotated[tuple[QuestionSettings, ...], AfterValidator(check_questions)]
