"""Forms of teachers and accounts, by noun; answers' forms live with their round kind."""
