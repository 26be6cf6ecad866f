"""Is the log whole? Reads an SQLite file or a PostgreSQL URL and needs neither Django nor Matrikel.

    python tools/verify_trail.py var/matrikel.sqlite3
    python tools/verify_trail.py postgresql://matrikel_app:…@localhost/matrikel  (needs psycopg)

An entry's hash is SHA-256 over the hash before it (64 zeros before the first) and `canon`, both as UTF-8. Entries are
numbered from 1 without gaps. The columns repeat what `canon` says, and `trail_head` holds the last number and hash.
Who cuts the end off and mends the head leaves no break: compare the printed ends with those of earlier runs.
"""

import hashlib
import json
import sqlite3
import sys
from uuid import UUID

ENTRIES = "SELECT seq, canon, hash, action, outcome, person_id, post_id FROM trail_entry WHERE chain = {} ORDER BY seq"


def connect(where):
    """A function that runs a statement with one parameter, the parameter's sign, and how an id is written."""
    if where.startswith("postgresql://"):
        import psycopg

        connection = psycopg.connect(where, autocommit=True)
        return lambda sql, *values: connection.cursor().execute(sql, values), "%s", str
    connection = sqlite3.connect(f"file:{where}?mode=ro", uri=True)
    return lambda sql, *values: connection.execute(sql, values), "?", lambda chain: chain.hex


def fault(run, sign, chain):
    """The number of the first entry that does not fit, or None; and where the chain ends."""
    before, last = "0" * 64, 0
    for seq, canon, held, *columns in run(ENTRIES.format(sign), chain):
        said = json.loads(canon)
        told = [said.get(name) for name in ("action", "outcome", "person", "post")]
        shown = [*columns[:2], *(UUID(str(value)) if value else None for value in columns[2:])]
        ids = [*told[:2], *(UUID(value) if value else None for value in told[2:])]
        linked = hashlib.sha256(before.encode() + canon.encode()).hexdigest()
        if (seq, seq, UUID(said["chain"]), held, shown) != (last + 1, said["seq"], UUID(str(chain)), linked, ids):
            return last + 1, last, before
        before, last = held, seq
    head = run(f"SELECT seq, hash FROM trail_head WHERE chain = {sign}", chain).fetchone() or (0, "0" * 64)
    return (None if head == (last, before) else last + 1), last, before


def main():
    run, sign, written = connect(sys.argv[1])
    boards, broken = run("SELECT id FROM access_board ORDER BY id").fetchall(), 0
    for chain in [UUID(int=0), *(UUID(str(row[0])) for row in boards)]:
        if sign == "%s":  # row-level security shows one board's chain at a time
            run("SELECT set_config('matrikel.board', %s, false)", str(chain))
        seq, last, digest = fault(run, sign, written(chain))
        broken += seq is not None
        print(f"{chain}  {f'BROKEN at entry {seq}' if seq else 'whole'}, {last} entries, ends {digest[:16]}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
