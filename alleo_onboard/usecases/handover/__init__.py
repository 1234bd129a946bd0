"""Hands the credential to Alleo, follows the hand-over until activation, and receives a credential."""
