"""Turns results into sentences, rows and tables in the reader's language.

Faces show these and write no text themselves.
"""
