"""First floor: tables. They keep what happened and decide nothing."""
