"""SCIM 2.0 (RFC 7643, RFC 7644) as a delivery: writes strictly by the standard, reads what real servers send."""
