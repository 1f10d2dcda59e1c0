-- The read models: one table each, made from its row type, and the position each has reached.
CREATE SCHEMA view;

CREATE TABLE view.projections (
    name text NOT NULL,
    version integer NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (name, version)
);
