"""First floor, drawer: one file per file format. Bytes ⇄ domain; nothing is fetched or stored."""
