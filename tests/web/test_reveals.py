"""What a reveal tells beside the key."""

import build
from build import problem


def test_a_reveal_tells_how_many_annotators_marked_it_and_nothing_before_it_does(app, student):
    text = "Heron 0 ate apple0 today. Heron 1 ate apple1 today. Heron 2 slept. Heron 3 slept."
    found = [
        problem(text, "apple0", "A0", marked_by=2, annotators=3, agreement=2 / 3),
        problem(text, "apple1", "A1"),
    ]
    with app.app_context():
        about = build.article(build.passage("P0", text, *found))
        set_id = build.publish(build.draft(build.marking("P0")), about)
    page = student.start(set_id)
    assert "annotators" not in page.text

    page = student.lock(page, "apple0", "apple1")

    assert "2 of 3 annotators marked this." in page.select_one("#A0").text
    assert "annotators" not in page.select_one("#A1").text
