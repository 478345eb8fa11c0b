"""Spot the error: mark the words that say something wrong, or let the text stand."""

from quizgame.domain.errors import N_
from quizgame.rounds._marking import marking_kind

KIND = marking_kind(
    title=N_("Spot the error"),
    task=N_("Mark the words that say something wrong or unproven. There may be none."),
    layer="error",
)
