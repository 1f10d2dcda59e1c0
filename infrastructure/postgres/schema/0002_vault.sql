-- The vault: one key for each person, wrapped by the master key. It is kept out of the backups of everything else, and
-- a person is forgotten by destroying their key.
CREATE SCHEMA vault;

CREATE TABLE vault.keys (
    subject uuid PRIMARY KEY,
    wrapped bytea
);
