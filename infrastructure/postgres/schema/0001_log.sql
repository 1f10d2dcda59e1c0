-- The log: events in one order, and beside them what commits together with events.
CREATE SCHEMA log;

CREATE TABLE log.events (
    position bigint PRIMARY KEY,
    stream uuid NOT NULL,
    version bigint NOT NULL,
    type text NOT NULL,
    subject uuid,
    state bytea NOT NULL,
    box bytea,
    UNIQUE (stream, version)
);

-- The last position, and how often somebody has been forgotten. Whoever appends holds this row until the commit, so
-- positions have no gaps and are seen in their order.
CREATE TABLE log.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL,
    forgotten bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log.head VALUES (true, 0, 0);

-- A key is answered once. Given again, it is answered the same.
CREATE TABLE log.answers (
    key uuid PRIMARY KEY,
    fingerprint text NOT NULL,
    stream uuid NOT NULL,
    version bigint NOT NULL,
    events integer NOT NULL,
    position bigint NOT NULL
);

-- Who tried what, and why not.
CREATE TABLE log.denials (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    command text NOT NULL,
    stream uuid NOT NULL,
    code text NOT NULL,
    rule text NOT NULL,
    field text NOT NULL
);

-- How far each reader of the log has come.
CREATE TABLE log.marks (
    reader text PRIMARY KEY,
    position bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE log.series (
    name text PRIMARY KEY,
    last bigint NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of %.% is refused: what is recorded is never changed', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON log.events FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON log.events EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON log.answers FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON log.answers EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON log.denials FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON log.denials EXECUTE FUNCTION log.refuse_change();
