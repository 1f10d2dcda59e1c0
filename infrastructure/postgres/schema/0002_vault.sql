-- The vault: one key for each person, wrapped by the master key. It is kept out of the backups of everything else, and
-- a person is forgotten by destroying their key.
CREATE SCHEMA vault;

CREATE TABLE vault.keys (
    subject uuid PRIMARY KEY,
    wrapped bytea
);

-- Every master key that has ever wrapped something here. One that is outdated wraps nothing new; one that is retired
-- wraps nothing at all.
CREATE TABLE vault.masters (
    name bytea PRIMARY KEY,
    outdated_at timestamptz,
    retired_at timestamptz
);

-- Keys that belong to nobody, wrapped in the same way.
CREATE TABLE vault.secrets (
    name text PRIMARY KEY,
    wrapped bytea NOT NULL
);
