-- After a copy has been restored: whoever has been forgotten since is forgotten again, and stays so.

-- Nothing personal is recorded about these persons any more, though this log may never have heard of them.
CREATE FUNCTION vault.bar(subjects uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO vault.keys SELECT DISTINCT subject, NULL::bytea FROM unnest(subjects) AS w (subject)
        ON CONFLICT DO NOTHING
$$;

-- Destroys keys that came back, as the event at that place says, if this log has it.
CREATE FUNCTION vault.forget_again(place bigint, recorded_at timestamptz, subjects uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE log.head SET forgotten = forgotten + 1 WHERE one;
    INSERT INTO vault.ledger
        SELECT DISTINCT place, w.subject, recorded_at, encode(sha256(k.wrapped), 'hex')
        FROM unnest(subjects) AS w (subject) LEFT JOIN vault.keys k USING (subject)
        WHERE place IS NOT NULL
        ON CONFLICT DO NOTHING;
    UPDATE vault.keys SET wrapped = NULL WHERE subject = ANY (subjects);
    DELETE FROM gate.passwords WHERE account = ANY (subjects);
    DELETE FROM gate.passes WHERE account = ANY (subjects);
END $$;

REVOKE EXECUTE ON FUNCTION vault.bar, vault.forget_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.bar, vault.forget_again TO uberrima_app;
