"""Whether the addresses that our pages name still lead somewhere."""
