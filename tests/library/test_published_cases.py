"""The library's own published test cases, asked of the log.

EXCEPTIONS names each published case that is not asked as it is, and why; whatever is not named there is.
"""

from __future__ import annotations

import inspect
import os
from typing import Any, ClassVar

import pytest
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.tests import application, persistence, projection
from eventsourcing.utils import Environment, get_topic

from infrastructure.library import LogFactory
from infrastructure.recorders import (
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogProcessRecorder,
    LogTrackingRecorder,
)

EXCEPTIONS = {
    "InfrastructureFactoryTestCase": "asked; its ciphers are of the package `cryptography`, which is here already",
    "EventSourcedProjectionTestCase": "it has a log for each application: what one process writes it must not hear;"
    " all share ours, so a process names its topics (test_on_our_events.py)",
    "EventCountersViewTestCase": "of a view that the test brings; the projection beside our log is test_on_our_events.py",
    "AggregateEventCountersProjectionTestCase": "of a view that the test brings, as above",
    "TaggedDecisionCountersProjectionTestCase": "of events with tags and without streams, which the log does not have",
    "TranscoderTestCase": "of a transcoder alone; none of it is ours",
}


class Cases:
    """Recorders on the test's own database; whatever a test opens is closed with it."""

    kind: ClassVar[str]

    def create_recorder(self) -> Any:
        return getattr(LogFactory(Environment("app")), self.kind)()

    def setUp(self) -> None:
        made: list[LogFactory] = []
        construct = LogFactory.__init__

        def remember(factory: LogFactory, env: Any) -> None:
            construct(factory, env)
            made.append(factory)

        LogFactory.__init__ = remember
        self.addCleanup(lambda: [factory.close() for factory in made])
        self.addCleanup(setattr, LogFactory, "__init__", construct)
        super().setUp()


class TestAggregateRecorder(Cases, persistence.AggregateRecorderTestCase):
    kind = "aggregate_recorder"


class TestApplicationRecorder(Cases, persistence.ApplicationRecorderTestCase):
    kind = "application_recorder"

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(Cases, persistence.NonInterleavingNotificationIDsBaseCase):
    kind = "application_recorder"


class TestTrackingRecorder(Cases, persistence.TrackingRecorderTestCase):
    kind = "tracking_recorder"


class TestProcessRecorder(Cases, persistence.ProcessRecorderTestCase):
    kind = "process_recorder"


class TestApplicationRecorderOfProcess(TestApplicationRecorder):
    kind = "process_recorder"


class MyTrackingRecorder(LogTrackingRecorder):
    pass


class TestFactory(Cases, persistence.InfrastructureFactoryTestCase[LogFactory]):
    def setUp(self) -> None:
        self.env = Environment("TestCase", dict(os.environ))
        super().setUp()

    def expected_factory_class(self) -> type[LogFactory]:
        return LogFactory

    def expected_aggregate_recorder_class(self) -> type[LogAggregateRecorder]:
        return LogAggregateRecorder

    def expected_application_recorder_class(self) -> type[LogApplicationRecorder]:
        return LogApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[LogTrackingRecorder]:
        return LogTrackingRecorder

    def tracking_recorder_subclass(self) -> type[LogTrackingRecorder]:
        return MyTrackingRecorder

    def expected_process_recorder_class(self) -> type[LogProcessRecorder]:
        return LogProcessRecorder


class TestExampleApplication(Cases, application.ExampleApplicationTestCase):
    expected_factory_topic = get_topic(LogFactory)


@pytest.mark.filterwarnings("always::DeprecationWarning")
class TestApplication(Cases, application.ApplicationTestCase):
    pass


def test_every_published_case_is_asked_or_excepted() -> None:
    published = {
        name
        for module in (persistence, application, projection)
        for name, case in inspect.getmembers(module, inspect.isclass)
        if name.endswith("Case") and case.__module__ == module.__name__ and any(map(_is_test, dir(case)))
    }
    asked = {base.__name__ for each in Cases.__subclasses__() for base in each.__mro__}
    assert published - asked == EXCEPTIONS.keys() - asked
    assert EXCEPTIONS.keys() <= published


def _is_test(name: str) -> bool:
    return name.startswith("test")


def test_the_module_is_found_by_its_name() -> None:
    factory = InfrastructureFactory.construct(Environment("app", dict(os.environ)))
    assert isinstance(factory, LogFactory)
    with pytest.raises(AssertionError, match="UUID"):
        factory.application_recorder().insert_events([persistence.StoredEvent("text", 1, "topic", b"")])
    factory.close()
