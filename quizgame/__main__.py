"""The `quizgame` command: `python -m quizgame`."""

from quizgame.cli import main

main()
