"""HTTP for every client: addresses, proxy, TLS, size limits, time-outs and retries."""
