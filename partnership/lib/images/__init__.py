"""A stranger's picture becomes clean files: re-encoded in a child process, without what it hid."""
