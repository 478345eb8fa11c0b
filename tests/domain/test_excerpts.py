import pytest
from build import passage

from quizgame.domain.excerpts import Excerpt, excerpt
from quizgame.domain.passages import Span

TEXT = "One 🚌 two. Three four. Five."


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((4, 5), ("One ", "🚌", " two.")),
        ((11, 16), ("", "Three", " four.")),
        ((6, 16), ("One 🚌 ", "two. Three", " four.")),
        ((0, 28), ("", TEXT, "")),
    ],
)
def test_an_excerpt_is_a_stretch_in_its_sentences(span, expected):
    assert excerpt(passage("P1", TEXT), Span(*span)) == Excerpt(*expected)
