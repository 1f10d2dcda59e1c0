-- Forgetting: the keys of a person are destroyed in the transaction that records it, and the ledger says which.

-- Where anything tells of a person, so that nothing about them is overlooked.
CREATE INDEX events_subject_idx ON log.events (subject) WHERE subject IS NOT NULL;

-- Subjects and times, nothing personal. The fingerprint is that of the wrapped key that was destroyed; without one,
-- there was nothing to destroy.
CREATE TABLE vault.ledger (
    position bigint,
    subject uuid,
    at timestamptz NOT NULL,
    fingerprint text,
    PRIMARY KEY (position, subject)
);
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.ledger FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER endless BEFORE TRUNCATE ON vault.ledger EXECUTE FUNCTION log.refuse_change();

-- Called by whoever appends, which holds the row of the log's head. What has been recorded about them since it was
-- weighed whether they may be forgotten, in a stream that was not weighed, is a conflict.
CREATE FUNCTION vault.forget(place bigint, recorded_at timestamptz, subjects uuid[], weighed uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM log.events e WHERE e.subject = ANY (subjects) AND e.stream <> ALL (weighed)) THEN
        RAISE serialization_failure USING MESSAGE = 'something about them has not been weighed';
    END IF;
    INSERT INTO vault.ledger
        SELECT DISTINCT place, w.subject, recorded_at, encode(sha256(k.wrapped), 'hex')
        FROM unnest(subjects) AS w (subject) LEFT JOIN vault.keys k USING (subject);
    UPDATE vault.keys SET wrapped = NULL WHERE subject = ANY (subjects);
    DELETE FROM gate.passwords WHERE account = ANY (subjects);
    DELETE FROM gate.passes WHERE account = ANY (subjects);
    UPDATE log.head SET forgotten = forgotten + 1 WHERE one;
END $$;

GRANT SELECT ON vault.ledger TO uberrima_app;
REVOKE EXECUTE ON FUNCTION vault.forget FROM PUBLIC;
