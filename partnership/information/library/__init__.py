"""The library: documents that everybody may read, and the desk of who keeps them."""
