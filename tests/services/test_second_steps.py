"""The second step: codes of an app, used once, and codes to recover with."""

from datetime import timedelta

import pytest
from build import NOW
from people import ADMINISTRATOR, PASSWORD, code, key_for_codes, make_user, public_id, signed_in
from playing import at_once
from sqlalchemy import select

from quizgame.domain.errors import ClosedError, InputError, NotFoundError, TooManyTriesError
from quizgame.models.base import db
from quizgame.models.users import RecoveryCode
from quizgame.services import accounts, links, second_steps, sessions, tries, users

LATER = NOW + timedelta(minutes=2)


def half(now=LATER):
    """Give the right password of somebody who has a second step."""
    token, is_in = sessions.sign_in("marie", PASSWORD, now=now)
    assert not is_in
    return token


def test_a_password_alone_opens_nothing(in_app):
    key_for_codes(make_user())

    assert sessions.find(half(), now=LATER) is None


@pytest.mark.parametrize("typed", ["", "000000", "abc", "x" * 5000, "²²²²²²", "٣٣٣٣٣٣", "\ud800"])
def test_a_wrong_code_opens_nothing(in_app, typed):
    key_for_codes(make_user())
    token = half()

    with pytest.raises(InputError, match="wrong"):
        sessions.take_second_step(token, typed, now=LATER)


def test_a_code_opens_once(in_either):
    key, _ = key_for_codes(make_user())
    shown, first, second = code(key, LATER), half(), half()

    opened = sessions.take_second_step(first, shown, now=LATER)

    assert sessions.find(opened, now=LATER)
    for token in (first, second):
        with pytest.raises((InputError, NotFoundError)):
            sessions.take_second_step(token, shown, now=LATER)


def test_the_code_that_turned_it_on_is_used(in_app):
    key, _ = key_for_codes(make_user(), NOW)
    token = half(NOW)

    with pytest.raises(InputError):
        sessions.take_second_step(token, code(key, NOW), now=NOW)


def test_of_many_with_one_code_one_comes_in(in_either):
    key, _ = key_for_codes(make_user())
    shown, tokens = code(key, LATER), [half() for _ in range(4)]

    found = at_once(
        in_either,
        [lambda t=t: sessions.take_second_step(t, shown, now=LATER) for t in tokens],
    )

    assert sum(isinstance(outcome, str) for outcome in found) == 1


@pytest.mark.parametrize(
    ("drift", "is_good"), [(-90, False), (-30, True), (0, True), (30, True), (90, False)]
)
def test_clocks_may_differ_by_half_a_minute(in_app, drift, is_good):
    key, _ = key_for_codes(make_user())
    token, shown = half(), code(key, LATER + timedelta(seconds=drift))

    if is_good:
        assert sessions.take_second_step(token, shown, now=LATER)
    else:
        with pytest.raises(InputError):
            sessions.take_second_step(token, shown, now=LATER)


def test_guessing_codes_is_slowed_down(in_app):
    key, _ = key_for_codes(make_user())
    token = half()
    for _ in range(tries.FREE):
        with pytest.raises(InputError):
            sessions.take_second_step(token, "000000", now=LATER)

    with pytest.raises(TooManyTriesError):
        sessions.take_second_step(token, code(key, LATER), now=LATER)


def test_the_half_way_ends_after_ten_minutes_and_with_the_sessions(in_either):
    user = make_user()
    key, _ = key_for_codes(user)
    late, dropped = half(), half()
    too_late = LATER + links.AT_ONCE

    with pytest.raises(NotFoundError):
        sessions.take_second_step(late, code(key, too_late), now=too_late)
    sessions.sign_out_everywhere(user)
    with pytest.raises(NotFoundError):
        sessions.take_second_step(dropped, code(key, LATER), now=LATER)


def test_each_recovery_code_stands_in_once(in_either):
    _, codes = key_for_codes(make_user())
    assert len(set(codes)) == second_steps.CODES

    assert sessions.take_second_step(half(), codes[3].lower().replace("-", " "), now=LATER)

    with pytest.raises(InputError):
        sessions.take_second_step(half(), codes[3], now=LATER)
    assert sessions.take_second_step(half(), codes[4], now=LATER)


def test_recovery_codes_of_somebody_else_are_none(in_app):
    key_for_codes(make_user("marie"))
    _, theirs = key_for_codes(make_user("paul"))

    with pytest.raises(InputError):
        sessions.take_second_step(half(), theirs[0], now=LATER)


def test_new_recovery_codes_replace_the_old_and_are_kept_as_digests(in_app):
    user = make_user()
    _, old = key_for_codes(user)

    new = second_steps.renew_codes(user)

    kept = str(db.session.execute(select(RecoveryCode.__table__)).all())
    assert second_steps.codes_left(user) == second_steps.CODES
    assert not any(code.replace("-", "") in kept for code in new)
    with pytest.raises(InputError):
        sessions.take_second_step(half(), old[0], now=LATER)


def test_a_key_counts_for_nothing_until_a_code_confirms_it(in_app):
    user = make_user()
    second_steps.start(user)

    with pytest.raises(InputError):
        second_steps.confirm(user, "000000", now=NOW)
    assert signed_in()


def test_a_key_cannot_be_swapped_for_another(in_app):
    user = make_user()
    key_for_codes(user)

    with pytest.raises(ClosedError):
        second_steps.start(user)
    with pytest.raises(InputError):
        second_steps.confirm(user, "000000", now=NOW)


def test_it_can_be_turned_off_and_taken_away(in_either):
    user = make_user()
    key_for_codes(user)
    second_steps.turn_off(user)
    assert signed_in()

    second_steps.start(user)
    second_steps.confirm(user, code(second_steps.pending(user)[0], LATER), now=LATER)
    users.take_second_step_away(public_id("marie"))
    assert signed_in()
    assert second_steps.codes_left(user) == 0


def test_leaving_takes_key_and_codes_along(in_app):
    make_user("ada", ADMINISTRATOR)
    user = make_user("marie")
    key, _ = key_for_codes(user)

    accounts.delete_account(user, PASSWORD, now=LATER)

    assert key not in str(db.session.execute(users.User.__table__.select()).all())
    assert second_steps.codes_left(user) == 0
