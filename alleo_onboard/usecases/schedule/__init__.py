"""The daily run: proposed, installed, run without anybody, and told about."""
