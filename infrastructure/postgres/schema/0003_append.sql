-- The only way into the log: everything given is recorded, or nothing. It is a conflict where a version of a stream is
-- taken, a key answered, a person's key there already (unique violations); where what the decisions rest on has moved on,
-- a reader is further, a person's key is wrapped by an outdated master key, or somebody it is about has been forgotten
-- (serialization failures).
-- An answer is to the event at its place among these events, 0 for none. `more` holds what is rare: denials, marks,
-- persons to be forgotten. Answers the last position before these events, and how often somebody has been forgotten.
CREATE FUNCTION log.append(
    events_stream uuid[], events_version bigint[], events_type text[], events_subject uuid[], events_state bytea[],
    events_box bytea[],
    answers_key uuid[], answers_fingerprint text[], answers_stream uuid[], answers_version bigint[],
    answers_events int[], answers_place int[],
    grounds_stream uuid[], grounds_version bigint[],
    keys_subject uuid[], keys_wrapped bytea[],
    times_known bigint, more jsonb
) RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER
-- The plan is made once, when the log may be small; it must still be right when the log is large.
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    before bigint;
    times bigint;
BEGIN
    UPDATE log.head h SET position = h.position + cardinality(events_stream) WHERE h.one
        RETURNING h.position - cardinality(events_stream), h.forgotten INTO before, times;
    -- A query within a condition is run even where the rest of the condition has failed; one within another IF is not.
    IF cardinality(grounds_stream) > 0 THEN
        IF EXISTS (SELECT FROM unnest(grounds_stream, grounds_version) AS w (stream, version)
            JOIN log.events e ON e.stream = w.stream AND e.version = w.version + 1) THEN
            RAISE serialization_failure USING MESSAGE = 'what it rests on has moved on';
        END IF;
    END IF;
    IF times <> times_known THEN
        IF EXISTS (SELECT FROM unnest(events_subject) AS w (subject)
            JOIN vault.keys k ON k.subject = w.subject WHERE k.wrapped IS NULL) THEN
            RAISE serialization_failure USING MESSAGE = 'somebody it is about has been forgotten';
        END IF;
    END IF;
    WITH recorded AS (
        INSERT INTO log.events
            SELECT before + w.n, w.stream, w.version, w.type, w.subject, w.state, w.box
            FROM unnest(events_stream, events_version, events_type, events_subject, events_state, events_box)
                WITH ORDINALITY AS w (stream, version, type, subject, state, box, n))
    INSERT INTO log.answers
        SELECT w.key, w.fingerprint, w.stream, w.version, w.events, CASE w.place WHEN 0 THEN 0 ELSE before + w.place END
        FROM unnest(answers_key, answers_fingerprint, answers_stream, answers_version, answers_events, answers_place)
            AS w (key, fingerprint, stream, version, events, place);
    IF cardinality(keys_subject) > 0 THEN
        PERFORM log.append_keys(keys_subject, keys_wrapped);
    END IF;
    IF more IS NOT NULL THEN
        times := log.append_more(more);
    END IF;
    RETURN ARRAY[before, times];
END $$;

CREATE FUNCTION log.append_keys(subjects uuid[], wrapped bytea[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(wrapped) AS w (wrapped)
        JOIN vault.masters m ON m.name = substring(w.wrapped FOR 8) WHERE m.outdated_at IS NOT NULL) THEN
        RAISE serialization_failure USING MESSAGE = 'the master key is outdated';
    END IF;
    INSERT INTO vault.keys SELECT * FROM unnest(subjects, wrapped);
    INSERT INTO vault.masters SELECT DISTINCT substring(w.wrapped FOR 8) FROM unnest(wrapped) AS w (wrapped)
        ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION log.append_more(more jsonb) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO log.denials (at, actor, role, command, stream, code, rule, field)
        SELECT * FROM jsonb_to_recordset(more -> 'denials') AS w (at timestamptz, actor text, role text, command text,
            stream uuid, code text, rule text, field text);
    IF EXISTS (SELECT FROM jsonb_to_recordset(more -> 'marks') AS w (reader text, position bigint)
        JOIN log.marks m ON m.reader = w.reader AND m.position >= w.position) THEN
        RAISE serialization_failure USING MESSAGE = 'the reader is further already';
    END IF;
    INSERT INTO log.marks
        SELECT * FROM jsonb_to_recordset(more -> 'marks') AS w (reader text, position bigint)
        ON CONFLICT (reader) DO UPDATE SET position = excluded.position;
    PERFORM vault.forget(e.position, w.at, w.subjects, w.weighed)
        FROM jsonb_to_recordset(more -> 'forgotten')
            AS w (stream uuid, version bigint, at timestamptz, subjects uuid[], weighed uuid[])
        JOIN log.events e ON e.stream = w.stream AND e.version = w.version;
    RETURN (SELECT h.forgotten FROM log.head h);
END $$;

-- The next numbers of a series, a block at a time: the last of them. No two callers ever get the same.
CREATE FUNCTION log.draw(series text, numbers bigint) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO log.series AS s VALUES (series, numbers)
        ON CONFLICT (name) DO UPDATE SET last = s.last + numbers RETURNING last
$$;

GRANT USAGE ON SCHEMA log, vault TO uberrima_app;
GRANT SELECT ON ALL TABLES IN SCHEMA log, vault TO uberrima_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append, log.draw TO uberrima_app;
