"""Results as sentences, rows and tables in the reader's language; every face shows these and words nothing itself."""
