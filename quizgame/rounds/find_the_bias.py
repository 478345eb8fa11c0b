"""Find the bias: mark the wording that pushes a view, or let the text stand."""

from quizgame.domain.errors import N_
from quizgame.rounds._marking import marking_kind

KIND = marking_kind(
    title=N_("Find the bias"),
    task=N_("Mark the wording that pushes a view, right or wrong. There may be none."),
    layer="bias",
)
