"""Pickup: one CSV file in a folder or on an SFTP server, from which Alleo collects it (Alleo help centre, 522749)."""
