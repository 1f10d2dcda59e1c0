-- Who has looked at what is known of a person: in which role, at what, through which door, what for. It names the
-- person by their id and says nothing else about them.
CREATE TABLE log.readings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    door text NOT NULL,
    kind text NOT NULL,
    person uuid NOT NULL,
    stream uuid NOT NULL,
    purpose text NOT NULL
);
CREATE INDEX readings_person_idx ON log.readings (person, id);

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON log.readings FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON log.readings EXECUTE FUNCTION log.refuse_change();

CREATE FUNCTION log.note(readings jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO log.readings (at, actor, role, door, kind, person, stream, purpose)
        SELECT * FROM jsonb_to_recordset(readings) AS w (at timestamptz, actor text, role text, door text, kind text,
            person uuid, stream uuid, purpose text)
$$;

GRANT SELECT ON log.readings TO uberrima_app;
REVOKE EXECUTE ON FUNCTION log.note FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.note TO uberrima_app;
