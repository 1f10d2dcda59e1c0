-- The log: events in one order, and beside them what commits together with events.
CREATE SCHEMA log;

CREATE TABLE log.uberrima_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX uberrima_events_notification_id_idx ON log.uberrima_events (notification_id);

CREATE TYPE log.stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

CREATE TABLE log.uberrima_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);
INSERT INTO log.uberrima_tracking VALUES ('__migration__', 1);

-- A key is answered once. Given again, it is answered the same.
CREATE TABLE log.answers (
    key uuid PRIMARY KEY,
    fingerprint text NOT NULL,
    stream uuid NOT NULL,
    version bigint NOT NULL,
    events integer NOT NULL
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

CREATE TABLE log.series (
    name text PRIMARY KEY,
    last bigint NOT NULL
);
