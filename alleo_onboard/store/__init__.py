"""What is stored on this machine: profiles, secrets in the keyring, the ledger, and the lock of a run."""
