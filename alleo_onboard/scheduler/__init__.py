"""Schedulers of operating systems, one file each, with the common interface `Mechanism`."""
