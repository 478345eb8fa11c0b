"""Ground floor: values and rules. Standard library only; no clock, no dice, no files."""
