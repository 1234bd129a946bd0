"""The daily run: proposed, installed, run unattended, and reported."""
