"""Second floor: everything the game can do. One function, one transaction; no HTTP, no clock."""
