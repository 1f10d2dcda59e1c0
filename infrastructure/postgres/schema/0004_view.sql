-- The read models: one table each, made by the application from its row type, and the position each has reached. One
-- that meets an event it cannot fold stands still before it, and says why; the others go on.
CREATE SCHEMA view;
GRANT USAGE, CREATE ON SCHEMA view TO uberrima_app;

CREATE TABLE view.projections (
    name text NOT NULL,
    version integer NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    broken_at bigint,
    error text,
    PRIMARY KEY (name, version)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON view.projections TO uberrima_app;
