"""Sentences of single pages that more than one interface shows; one module per page."""
