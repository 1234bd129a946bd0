"""What stays on this machine: profiles, secrets in the platform's keyring, the ledger, and the lock of a run."""
