"""The log as persistence of the `eventsourcing` library: PERSISTENCE_MODULE="infrastructure.library".

Without a mapper of its own an application keeps its events as the library writes them. With EnvelopeMapper it reads
and writes what everybody else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    Mapper,
    NotSupportedError,
    ProcessRecorder,
    StoredEvent,
    Transcoder,
)
from eventsourcing.popo import POPOAggregateRecorder
from eventsourcing.utils import Environment, resolve_topic, strtobool

from application.ports import Forgotten
from domain.kernel import EVENTS, Recorded
from domain.personal import personal
from infrastructure.mapper import Stored, decode, encode
from infrastructure.postgres import server
from infrastructure.postgres.migrations import migrate
from infrastructure.recorders import (
    BoxedEvent,
    BoxedNotification,
    Log,
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogProcessRecorder,
    LogTrackingRecorder,
)
from infrastructure.settings import Settings
from infrastructure.vault import Masters


class Entry(Recorded, frozen=True):
    """An event in its envelope, also under the names by which the library knows what it is to save."""

    @property
    def originator_id(self) -> UUID:
        return self.stream

    @property
    def originator_version(self) -> int:
        return self.version

    @classmethod
    def of(cls, recorded: Recorded) -> Entry:
        return cls(**{name: getattr(recorded, name) for name in recorded.__struct_fields__})


class EnvelopeMapper(Mapper[UUID]):
    """Between our events in their envelopes and stored ones, what is personal under the key of whom it is about."""

    log: Log

    def __init__(self, transcoder: Transcoder, **more: Any) -> None:
        super().__init__(transcoder, **more)
        self._made: dict[UUID, tuple[AESGCM, bytes]] = {}

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Raises Forgotten, and NotSupportedError for what destroys keys: that is for the one door for commands."""
        assert isinstance(domain_event, Recorded)
        if domain_event.event.gone:
            raise NotSupportedError("a person is forgotten by a command, which weighs what must be kept")
        subject, kind = domain_event.subject, EVENTS[type(domain_event.event).__name__]
        key, wrapped = self._key(subject) if subject and personal(kind) else (None, None)
        stored = encode(domain_event, key)
        if subject is None:
            return StoredEvent(stored.stream, stored.version, stored.type, stored.state)
        return BoxedEvent(stored.stream, stored.version, stored.type, stored.state, subject, stored.box, wrapped)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Raises Unreadable."""
        stream, position = stored_event.originator_id, getattr(stored_event, "id", 0)
        assert isinstance(stream, UUID)
        subject = box = None
        keys: Mapping[UUID, AESGCM | None] = {}
        if isinstance(stored_event, (BoxedEvent, BoxedNotification)):
            subject, box = stored_event.subject, stored_event.box
            keys = {} if box is None else {subject: self.log.key(subject)}
        row = Stored(
            position, stream, stored_event.originator_version, stored_event.topic, subject, stored_event.state, box
        )
        [recorded] = decode([row], keys)
        return recorded

    def _key(self, subject: UUID) -> tuple[AESGCM, bytes | None]:
        """A person's key and, where it is new, its wrapping. It stays the same until the database has one."""
        try:
            key = self.log.key(subject)
        except KeyError:
            made = self._made.get(subject) or self.log.keys.make(subject)
            self._made[subject] = made
            return made
        self._made.pop(subject, None)
        if key is None:
            raise Forgotten(subject)
        return key, None


class LogFactory(InfrastructureFactory[LogTrackingRecorder]):
    """Works in the database that UBERRIMA_DATABASE_URL names, or in the embedded one.

    Snapshots are computed from events and so are not recorded: they live as long as the application does.
    """

    DATABASE = "UBERRIMA_DATABASE_URL"
    CREATE_TABLE = "CREATE_TABLE"

    def __init__(self, env: Environment | dict[str, str] | None) -> None:
        super().__init__(env)
        settings = Settings.from_environment()
        settings = replace(settings, database_url=self.env.get(self.DATABASE) or settings.database_url)
        owner_url = server.connect_url(settings)
        if strtobool(self.env.get(self.CREATE_TABLE) or "yes"):
            migrate(owner_url)
        self.log = Log(server.application_url(settings, owner_url), Masters.load(settings.keys))

    def mapper(self, transcoder: Transcoder | None = None, mapper_class: Any = None) -> Mapper[Any]:
        mapper: Mapper[Any] = super().mapper(transcoder, mapper_class)
        if isinstance(mapper, EnvelopeMapper):
            mapper.log = self.log
        return mapper

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        return LogAggregateRecorder(self.log) if purpose == "events" else POPOAggregateRecorder()

    def application_recorder(self) -> ApplicationRecorder:
        topic = self.env.get(self.APPLICATION_RECORDER_TOPIC)
        kind: type[LogApplicationRecorder] = resolve_topic(topic) if topic else LogApplicationRecorder
        return kind(self.log)

    def tracking_recorder(
        self, tracking_recorder_class: type[LogTrackingRecorder] | None = None
    ) -> LogTrackingRecorder:
        topic = self.env.get(self.TRACKING_RECORDER_TOPIC)
        kind = tracking_recorder_class or (resolve_topic(topic) if topic else LogTrackingRecorder)
        return kind(self.log, self.env.name)

    def process_recorder(self) -> ProcessRecorder:
        topic = self.env.get(self.PROCESS_RECORDER_TOPIC)
        kind: type[LogProcessRecorder] = resolve_topic(topic) if topic else LogProcessRecorder
        return kind(self.log, self.env.name)

    def close(self) -> None:
        self.log.close()
