-- How the vault is cared for: its wrappings are replaced by newer ones, keys come in, and none ever comes back.

-- Declares master keys outdated. Whoever appends holds the row of the log's head, so no wrapping by one of them is on
-- its way once this has been done.
CREATE FUNCTION vault.outdate(masters bytea[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM log.head FOR UPDATE;
    INSERT INTO vault.masters AS m SELECT unnest(masters), now()
        ON CONFLICT (name) DO UPDATE SET outdated_at = coalesce(m.outdated_at, now());
END $$;

-- Retires an outdated master key that wraps nothing any more; tells how many keys it wraps still.
CREATE FUNCTION vault.retire(master bytea) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wrapping bigint := (SELECT count(*) FROM vault.keys WHERE substring(wrapped FOR 8) = master)
        + (SELECT count(*) FROM vault.secrets WHERE substring(wrapped FOR 8) = master);
BEGIN
    IF wrapping = 0 THEN
        UPDATE vault.masters SET retired_at = coalesce(retired_at, now())
            WHERE name = master AND outdated_at IS NOT NULL;
    END IF;
    RETURN wrapping;
END $$;

CREATE FUNCTION vault.admit(wrappings bytea[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM vault.masters m, unnest(wrappings) AS w (wrapped)
            WHERE m.name = substring(w.wrapped FOR 8) AND m.outdated_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an outdated master key wraps nothing new' USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO vault.masters SELECT DISTINCT substring(w.wrapped FOR 8) FROM unnest(wrappings) AS w (wrapped)
        ON CONFLICT DO NOTHING;
END $$;

-- Replaces wrappings of persons' keys by others and tells how many. A key that was destroyed equals no worn wrapping and
-- so stays destroyed; a row that somebody else holds is left for the next time.
CREATE FUNCTION vault.rewrap(subjects uuid[], worn bytea[], fresh bytea[]) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    replaced bigint;
BEGIN
    PERFORM vault.admit(fresh);
    WITH given AS (SELECT * FROM unnest(subjects, worn, fresh) AS g (subject, worn, fresh)),
        mine AS (SELECT k.subject, g.fresh FROM vault.keys k JOIN given g USING (subject)
            WHERE k.wrapped = g.worn AND octet_length(g.fresh) = octet_length(g.worn) FOR UPDATE OF k SKIP LOCKED)
    UPDATE vault.keys k SET wrapped = m.fresh FROM mine m WHERE k.subject = m.subject;
    GET DIAGNOSTICS replaced = ROW_COUNT;
    RETURN replaced;
END $$;

CREATE FUNCTION vault.rewrap_secret(secret text, worn bytea, fresh bytea) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM vault.admit(ARRAY[fresh]);
    UPDATE vault.secrets s SET wrapped = fresh
        WHERE s.name = secret AND s.wrapped = worn AND octet_length(fresh) = octet_length(worn);
    RETURN FOUND;
END $$;

-- Keeps a secret unless there is one of that name. Of several who bring one at once, the first is kept.
CREATE FUNCTION vault.keep(secret text, fresh bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM log.head FOR UPDATE;
    PERFORM vault.admit(ARRAY[fresh]);
    INSERT INTO vault.secrets VALUES (secret, fresh) ON CONFLICT DO NOTHING;
END $$;

-- Removes a secret that a newer one has taken over from.
CREATE FUNCTION vault.discard(secret text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM vault.secrets WHERE name = secret AND EXISTS (SELECT FROM vault.secrets s WHERE s.name > secret)
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.outdate, vault.retire, vault.rewrap, vault.rewrap_secret, vault.keep, vault.discard
    TO uberrima_app;
