"""Handing the credential to Alleo, following it until it is activated, and taking one over."""
