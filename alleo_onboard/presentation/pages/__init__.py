"""Sentences of single pages that more than one face shows, one file for each page."""
