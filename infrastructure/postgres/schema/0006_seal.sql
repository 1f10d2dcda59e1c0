-- The seal: a tree of hashes over the log, kept as tiles of up to 256, and signed checkpoints. All of it only grows.
CREATE SCHEMA seal;

-- Which log this is, and how far it is sealed. Whoever seals holds this row, so that none does it twice.
CREATE TABLE seal.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    log uuid NOT NULL DEFAULT gen_random_uuid(),
    position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO seal.head (position) VALUES (0);

CREATE TABLE seal.tiles (
    level smallint,
    number bigint,
    hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (level, number)
);
-- Hashes do not compress; nobody is to try.
ALTER TABLE seal.tiles ALTER hashes SET STORAGE EXTERNAL;

CREATE TABLE seal.checkpoints (
    size bigint PRIMARY KEY,
    root bytea NOT NULL,
    note text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION seal.refuse_all_but_growth() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    grows boolean;
BEGIN
    IF TG_TABLE_NAME = 'head' THEN
        grows := NEW.position > OLD.position AND (NEW.one, NEW.log) = (OLD.one, OLD.log);
    ELSE
        grows := octet_length(NEW.hashes) > octet_length(OLD.hashes)
            AND substring(NEW.hashes FOR octet_length(OLD.hashes)) = OLD.hashes
            AND (NEW.level, NEW.number) = (OLD.level, OLD.number);
    END IF;
    IF NOT grows THEN
        RAISE EXCEPTION 'a change of %.% is refused: what is sealed only grows', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER grows BEFORE UPDATE ON seal.head FOR EACH ROW EXECUTE FUNCTION seal.refuse_all_but_growth();
CREATE TRIGGER immutable BEFORE DELETE ON seal.head FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON seal.head EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER grows BEFORE UPDATE ON seal.tiles FOR EACH ROW EXECUTE FUNCTION seal.refuse_all_but_growth();
CREATE TRIGGER immutable BEFORE DELETE ON seal.tiles FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON seal.tiles EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON seal.checkpoints FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON seal.checkpoints EXECUTE FUNCTION log.refuse_change();

GRANT USAGE ON SCHEMA seal TO uberrima_app;
GRANT SELECT ON ALL TABLES IN SCHEMA seal TO uberrima_app;
GRANT UPDATE (position) ON seal.head TO uberrima_app;
GRANT INSERT, UPDATE (hashes) ON seal.tiles TO uberrima_app;
GRANT INSERT ON seal.checkpoints TO uberrima_app;
