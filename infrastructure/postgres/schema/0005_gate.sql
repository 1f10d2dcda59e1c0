-- The gate: secrets of accounts. Nothing of it is ever in an event, and every secret is kept as a hash.
CREATE SCHEMA gate;

CREATE TABLE gate.passwords (
    account uuid PRIMARY KEY,
    login text NOT NULL UNIQUE,
    hash text NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    locked_until timestamptz
);

CREATE TABLE gate.passes (
    hash bytea PRIMARY KEY,
    account uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('session', 'token')),
    label text NOT NULL DEFAULT '',
    issued_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX passes_account_idx ON gate.passes (account);

GRANT USAGE ON SCHEMA gate TO uberrima_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA gate TO uberrima_app;
