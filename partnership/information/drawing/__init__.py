"""Drawing the text out of strangers' files, page by page, in a process of its own."""
