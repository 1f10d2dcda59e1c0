-- The read models: one table each, made by the application from its row type, and the position each has reached.
CREATE SCHEMA view;
GRANT USAGE, CREATE ON SCHEMA view TO uberrima_app;

CREATE TABLE view.projections (
    name text NOT NULL,
    version integer NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (name, version)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON view.projections TO uberrima_app;
