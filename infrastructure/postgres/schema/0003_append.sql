-- The only way into the log. Any number of batches at once, each recorded whole or not at all: `b` says which batch a
-- value belongs to. A batch meets a conflict where a version of a stream is taken, what its decision rests on has moved
-- on, its key has been answered, its reader is further already, a key it brings for a person exists, or a person it is
-- about has been forgotten. `more` holds what few batches have: denials, marks, keys of persons, persons to be forgotten.
CREATE FUNCTION log.append(
    events_b int[], events_stream uuid[], events_version bigint[], events_type text[], events_subject uuid[],
    events_state bytea[], events_box bytea[],
    grounds_b int[], grounds_stream uuid[], grounds_version bigint[],
    answers_b int[], answers_key uuid[], answers_fingerprint text[], answers_stream uuid[], answers_version bigint[],
    answers_events int[],
    more jsonb,
    OUT head bigint, OUT times_forgotten bigint, OUT conflicts int[]
) LANGUAGE plpgsql SECURITY DEFINER
-- The plan is made once, when the log may be small; it must still be right when the log is large.
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    appended int := cardinality(events_b);
BEGIN
    UPDATE log.head h SET position = h.position + appended RETURNING h.position, h.forgotten INTO head, times_forgotten;

    SELECT array_agg(DISTINCT c.b) INTO conflicts FROM (
        SELECT w.b FROM unnest(events_b, events_stream, events_version) AS w (b, stream, version)
            WHERE EXISTS (SELECT FROM log.events e WHERE e.stream = w.stream AND e.version = w.version)
        UNION ALL
        SELECT w.b FROM unnest(events_b, events_subject) AS w (b, subject) WHERE w.subject IS NOT NULL
            AND EXISTS (SELECT FROM vault.keys k WHERE k.subject = w.subject AND k.wrapped IS NULL)
        UNION ALL
        SELECT w.b FROM unnest(grounds_b, grounds_stream, grounds_version) AS w (b, stream, version)
            WHERE EXISTS (SELECT FROM log.events e WHERE e.stream = w.stream AND e.version = w.version + 1)
        UNION ALL
        SELECT w.b FROM unnest(answers_b, answers_key) AS w (b, key)
            WHERE EXISTS (SELECT FROM log.answers a WHERE a.key = w.key)
    ) AS c;
    IF more IS NOT NULL THEN
        SELECT array_agg(DISTINCT c.b) INTO conflicts FROM (
            SELECT unnest(conflicts) AS b
            UNION ALL
            SELECT w.b FROM jsonb_to_recordset(more -> 'marks') AS w (b int, reader text, position bigint)
                WHERE EXISTS (SELECT FROM log.marks m WHERE m.reader = w.reader AND m.position >= w.position)
            UNION ALL
            SELECT w.b FROM jsonb_to_recordset(more -> 'keys') AS w (b int, subject uuid)
                WHERE EXISTS (SELECT FROM vault.keys k WHERE k.subject = w.subject)
        ) AS c;
    END IF;

    IF conflicts IS NOT NULL THEN
        appended := (SELECT count(*) FROM unnest(events_b) AS w (b) WHERE w.b <> ALL (conflicts));
        UPDATE log.head h SET position = h.position - cardinality(events_b) + appended RETURNING h.position INTO head;
    END IF;

    IF appended > 0 THEN
        INSERT INTO log.events
            SELECT head - appended + row_number() OVER (ORDER BY w.n),
                w.stream, w.version, w.type, w.subject, w.state, w.box
            FROM unnest(events_b, events_stream, events_version, events_type, events_subject, events_state, events_box)
                WITH ORDINALITY AS w (b, stream, version, type, subject, state, box, n)
            WHERE conflicts IS NULL OR w.b <> ALL (conflicts);
    END IF;
    IF cardinality(answers_b) > 0 THEN
        INSERT INTO log.answers
            SELECT w.key, w.fingerprint, w.stream, w.version, w.events, CASE WHEN w.events = 0 THEN 0 ELSE
                (SELECT e.position FROM log.events e WHERE e.stream = w.stream AND e.version = w.version) END
            FROM unnest(answers_b, answers_key, answers_fingerprint, answers_stream, answers_version, answers_events)
                AS w (b, key, fingerprint, stream, version, events)
            WHERE conflicts IS NULL OR w.b <> ALL (conflicts);
    END IF;
    IF more IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO log.denials (at, actor, role, command, stream, code, rule, field)
        SELECT w.at, w.actor, w.role, w.command, w.stream, w.code, w.rule, w.field
        FROM jsonb_to_recordset(more -> 'denials') AS w (b int, at timestamptz, actor text, role text, command text,
            stream uuid, code text, rule text, field text)
        WHERE conflicts IS NULL OR w.b <> ALL (conflicts);
    INSERT INTO log.marks AS m
        SELECT w.reader, w.position FROM jsonb_to_recordset(more -> 'marks') AS w (b int, reader text, position bigint)
        WHERE conflicts IS NULL OR w.b <> ALL (conflicts)
        ON CONFLICT (reader) DO UPDATE SET position = excluded.position;
    INSERT INTO vault.keys
        SELECT w.subject, decode(w.wrapped, 'base64')
        FROM jsonb_to_recordset(more -> 'keys') AS w (b int, subject uuid, wrapped text)
        WHERE conflicts IS NULL OR w.b <> ALL (conflicts);
    IF more ? 'forgotten' THEN
        INSERT INTO vault.keys
            SELECT DISTINCT w.subject, NULL::bytea
            FROM jsonb_to_recordset(more -> 'forgotten') AS w (b int, subject uuid)
            WHERE conflicts IS NULL OR w.b <> ALL (conflicts)
            ON CONFLICT (subject) DO UPDATE SET wrapped = NULL;
        UPDATE log.head h SET forgotten = h.forgotten + 1 RETURNING h.forgotten INTO times_forgotten;
    END IF;
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
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA log TO uberrima_app;
