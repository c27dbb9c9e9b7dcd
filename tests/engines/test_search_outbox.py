"""What of `tests.integration.test_search_outbox` is the same for every engine, against each."""

from tests.integration.test_search_outbox import (  # noqa: F401
    library,
    pytestmark,
    test_a_change_during_a_rebuild_is_in_the_new_generation,
    test_a_failing_engine_loses_nothing_and_is_asked_later_and_later,
    test_a_published_work_waits_and_is_found_after_the_worker_came,
    test_a_rebuild_takes_care_of_what_waited,
    test_drift_heals_by_itself,
    test_status_is_quiet_when_all_is_well_and_fails_on_drift,
)
