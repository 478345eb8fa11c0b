"""Name the technique: one span in its sentence, a few names to choose from, or "unsure"."""

from quizgame.domain.errors import N_
from quizgame.rounds._choice import choice_kind

KIND = choice_kind(
    title=N_("Name the technique"),
    task=N_("What is the marked wording doing? Choose its name; “unsure” is free."),
    pool="naming",
    right=lambda annotation: annotation.category,
)
