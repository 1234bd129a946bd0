"""SCIM 2.0 (RFC 7643, RFC 7644) as a delivery: a strict writer, and a reader that forgives what real servers do."""
