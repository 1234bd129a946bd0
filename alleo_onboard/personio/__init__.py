"""Personio API v1: signs in, lists the readable attributes, reads employees."""
