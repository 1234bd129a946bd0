"""Connects Personio to Alleo: check, preview, then sync."""

__version__ = "0.1.0"
