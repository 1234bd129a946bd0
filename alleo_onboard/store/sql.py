"""SQL statements of the ledger. The tables are in schema.py."""

from typing import Final

INTERRUPT: Final = "UPDATE runs SET state = 'interrupted' WHERE state = 'running'"
NEW_RUN: Final = """
    INSERT INTO runs (id, started, state, digest, version, host, user, purpose, of, policy, keys)
    VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?)
"""
NEW_CHANGE: Final = """
    INSERT INTO changes (run, personio_id, kind, account_id, name, reason, fields, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'intent')
"""
FAILED: Final = "SELECT id FROM changes WHERE run = ? AND personio_id = ? AND kind = ? AND state = 'failed'"
SENT: Final = """
    UPDATE changes SET state = 'sent', sent = ?, settled = NULL, status = 0, error = ''
    WHERE run = ? AND personio_id = ? AND kind = ? AND state != 'confirmed'
"""
SETTLED: Final = """
    UPDATE changes SET state = ?, settled = ?, account_id = ?, status = ?, error = ?
    WHERE run = ? AND personio_id = ? AND kind = ? AND state = 'sent'
"""
DISPROVED: Final = """
    UPDATE changes SET state = 'sent', settled = NULL, status = ?, error = ?
    WHERE run = ? AND personio_id = ? AND kind = ? AND state = 'confirmed'
"""
NUMBERS: Final = "SELECT id FROM changes WHERE run = ? ORDER BY id"
FINISH: Final = "UPDATE runs SET state = ?, ended = ? WHERE id = ?"
NUMBER: Final = "SELECT id FROM changes WHERE run = ? AND personio_id = ? AND kind = ?"
# An account has one Personio id, so a new link to it removes any other.
UNLINK: Final = "DELETE FROM links WHERE personio_id = ?"
LINKED_OTHERS: Final = "SELECT personio_id FROM links WHERE account_id = ? AND personio_id != ?"
LINK: Final = "INSERT OR REPLACE INTO links (personio_id, account_id) VALUES (?, ?)"
GRANT: Final = "INSERT OR REPLACE INTO oneoffs (personio_id, key, field, amount, change) VALUES (?, ?, ?, ?, ?)"
GRANT_ELSE: Final = "DELETE FROM oneoffs WHERE personio_id = ? AND key = ?"
UNGRANT: Final = "DELETE FROM oneoffs WHERE change = ?"
WAIT: Final = "INSERT OR REPLACE INTO waiting (personio_id, key, field, amount) VALUES (?, ?, ?, ?)"
DECIDED: Final = "DELETE FROM waiting WHERE personio_id = ? AND key = ?"
KEYS_OF: Final = "SELECT keys FROM runs WHERE id = ?"
BY_NAME: Final = "SELECT DISTINCT personio_id FROM oneoffs WHERE key = ?"
REKEY: Final = "UPDATE OR REPLACE oneoffs SET key = ? WHERE key = ?"

LINKS: Final = "SELECT personio_id, account_id FROM links ORDER BY personio_id"
ONEOFFS: Final = "SELECT personio_id, key, amount FROM oneoffs"
WAITING: Final = "SELECT personio_id, key FROM waiting"
RUNS: Final = """
    SELECT id, started, ended, state, digest, version, host, user, purpose, of, policy FROM runs
    WHERE ?1 IN ('', id) ORDER BY rowid DESC LIMIT ?2
"""
COUNTS: Final = "SELECT state, count(*) FROM changes WHERE run = ? GROUP BY state"
_ROW: Final = "id, run, kind, personio_id, account_id, name, reason, fields, state, sent, settled, status, error"
CHANGES: Final = f"SELECT {_ROW} FROM changes WHERE run = ? ORDER BY id"  # noqa: S608 - a constant
# A file that waits for its upload is not unsettled: only a person can tell what happened to it.
UNSETTLED: Final = f"""
    SELECT {_ROW} FROM changes WHERE state = 'sent' AND run NOT IN (SELECT id FROM runs WHERE state = 'waiting')
    ORDER BY id
"""  # noqa: S608 - a constant
EVERY_CHANGE: Final = f"SELECT {_ROW} FROM changes ORDER BY id"  # noqa: S608 - a constant
OF_PERSON: Final = f"SELECT {_ROW} FROM changes WHERE personio_id = ? ORDER BY id"  # noqa: S608 - a constant

ACCESS: Final = """
    SELECT account_id, kind, fields FROM changes
    WHERE state = 'confirmed' AND account_id IS NOT NULL
        AND (kind IN ('onboard', 'link', 'reactivate', 'offboard') OR fields LIKE '%"active"%')
    ORDER BY id
"""
SWITCHED_OFF: Final = """
    SELECT DISTINCT personio_id FROM changes WHERE kind = 'offboard' AND state = 'confirmed' AND settled >= ?
"""

DRIFTS: Final = "SELECT personio_id, field, sent, found, times FROM drifts"
DRIFTS_OF: Final = "SELECT personio_id, field, sent, found, times FROM drifts WHERE run = ?"
DRIFTED: Final = "INSERT OR REPLACE INTO drifts (personio_id, field, sent, found, times, run) VALUES (?, ?, ?, ?, ?, ?)"
CEASED: Final = "DELETE FROM drifts WHERE personio_id = ? AND field = ?"
USE_PLAN: Final = "INSERT INTO plans (id, run) VALUES (?, ?)"
USED_BY: Final = "SELECT run FROM plans WHERE id = ?"
FINISHED: Final = """
    SELECT policy, keys FROM runs WHERE state IN ('finished', 'finished_with_failures') AND purpose != 'undo'
    ORDER BY rowid DESC LIMIT 1
"""
