"""Players: who plays on this device, under which name, and moving to another device."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import bindparam, select, update

from quizgame.domain.errors import N_, NotFoundError
from quizgame.models.base import Base, begin_write, db
from quizgame.models.players import Player
from quizgame.paths import resource
from quizgame.services import leaderboards
from quizgame.services.credentials import ALPHABET, digest

PLAYERS = Base.metadata.tables["players"]
CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=15)
HOLDER = select(PLAYERS.c.id).where(PLAYERS.c.token_digest == bindparam("digest"))
NO_SUCH_CODE = N_("No device is waiting with that code. Check the letters, or make a new code.")


def create_player(*, now: datetime, language: str = "en") -> tuple[int, str]:
    """Make a player with a name of their own; return the id, and the token for their device."""
    token = secrets.token_urlsafe(24)
    begin_write()
    player = Player(
        token_digest=digest(token), name=generate_name(language), is_listed=True, created_at=now
    )
    db.session.add(player)
    db.session.commit()
    return player.id, token


def get_player(player_id: int) -> Player:
    """Return a player."""
    return db.session.get_one(Player, player_id)


def find_player_id(token: str) -> int | None:
    """Return the id of the player whose device holds that token, if there is one."""
    found: int | None = db.session.scalar(HOLDER, {"digest": digest(token)})
    return found


def rename(player_id: int, *, language: str = "en") -> str:
    """Give a player another generated name, and return it."""
    begin_write()
    player = db.session.get_one(Player, player_id)
    old = player.name
    while player.name == old:
        player.name = generate_name(language)
    db.session.commit()
    return player.name


def set_listed(player_id: int, is_listed: bool) -> None:
    """Put a player on the boards, or take them off all of them."""
    begin_write()
    player = db.session.get_one(Player, player_id, with_for_update=True)
    if player.is_listed != is_listed:
        player.is_listed = is_listed
        db.session.flush()
        change = leaderboards.enter if is_listed else leaderboards.leave
        change(player_id)
    db.session.commit()


def make_code(player_id: int, *, now: datetime) -> str:
    """Make the code by which another device can take this player over, once and soon."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    begin_write()
    player = db.session.get_one(Player, player_id)
    player.code_digest = digest(code)
    player.code_expires_at = now + CODE_LIFE
    db.session.commit()
    return f"{code[:4]}-{code[4:]}"


def move_here(code: str, *, now: datetime) -> str:
    """Move the player who waits with a code to this device; return the token for it.

    The other device loses the player. NotFoundError if no code of the last minutes is that one.
    """
    plain = "".join(c for c in code.upper() if c.isalnum())
    token = secrets.token_urlsafe(24)
    connection = begin_write()
    moved = connection.execute(
        update(Player)
        .where(Player.code_digest == digest(plain), Player.code_expires_at > now)
        .values(token_digest=digest(token), code_digest=None, code_expires_at=None)
    )
    db.session.commit()
    if moved.rowcount != 1:
        raise NotFoundError(NO_SUCH_CODE)
    return token


def generate_name(language: str, choose: Callable[[list[str]], str] = secrets.choice) -> str:
    """Make a name of a kind adjective and an animal."""
    words = _words()
    names = words.get(language) or words["en"]
    return f"{choose(names['adjectives'])} {choose(names['animals'])}"


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    words: dict[str, dict[str, list[str]]] = json.loads(
        (resource("seeds") / "names.json").read_text("utf-8")
    )
    return words
