"""The statements of the ledger. The tables are in schema.py."""

from typing import Final

INTERRUPT: Final = "UPDATE runs SET state = 'interrupted' WHERE state = 'running'"
NEW_RUN: Final = """
    INSERT INTO runs (id, started, state, digest, version, host, user) VALUES (?, ?, 'running', ?, ?, ?, ?)
"""
NEW_CHANGE: Final = """
    INSERT INTO changes (run, personio_id, kind, account_id, name, reason, fields, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'intent')
"""
SENT: Final = """
    UPDATE changes SET state = 'sent', sent = ?, settled = NULL, status = 0, error = ''
    WHERE run = ? AND personio_id = ? AND kind = ? AND state != 'confirmed'
"""
SETTLED: Final = """
    UPDATE changes SET state = ?, settled = ?, account_id = ?, status = ?, error = ?
    WHERE run = ? AND personio_id = ? AND kind = ? AND state = 'sent'
"""
FINISH: Final = "UPDATE runs SET state = ?, ended = ? WHERE id = ?"
NUMBER: Final = "SELECT id FROM changes WHERE run = ? AND personio_id = ? AND kind = ?"
# An account carries one Personio id, so a new link to it ends any other.
UNLINK_OTHERS: Final = "DELETE FROM links WHERE account_id = ? AND personio_id != ?"
LINK: Final = "INSERT OR REPLACE INTO links (personio_id, account_id, change) VALUES (?, ?, ?)"
GRANT: Final = "INSERT OR REPLACE INTO oneoffs (personio_id, field, amount, change) VALUES (?, ?, ?, ?)"

LINKS: Final = "SELECT personio_id, account_id FROM links ORDER BY personio_id"
ONEOFFS: Final = "SELECT personio_id, field, amount FROM oneoffs"
RUNS: Final = """
    SELECT id, started, ended, state, digest, version, host, user FROM runs
    WHERE ?1 IN ('', id) ORDER BY started DESC, rowid DESC LIMIT ?2
"""
COUNTS: Final = "SELECT state, count(*) FROM changes WHERE run = ? GROUP BY state"
CHANGES: Final = """
    SELECT run, kind, personio_id, account_id, name, reason, fields, state, sent, settled, status, error FROM changes
    WHERE run = ? ORDER BY id
"""
UNSETTLED: Final = """
    SELECT run, kind, personio_id, account_id, name, reason, fields, state, sent, settled, status, error FROM changes
    WHERE state = 'sent' ORDER BY id
"""
