"""The wizard's state machine: reachable steps, what stays proven, and where to continue after quitting."""

from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import ORDER, REMEMBERED, RESTS_ON_IT, Status, Step, number

STEPS = st.sampled_from(ORDER)
ACTS = st.lists(
    st.tuples(st.sampled_from(["settle", "needs", "confirm", "unsettle", "go", "back"]), STEPS), max_size=30
)


def walked(acts):
    state = State()
    for act, step in acts:
        if act == "settle":
            state = state.settle(step, "x")
        elif act == "needs":
            state = state.settle(step, "x", needs_you=True)
        elif act == "confirm":
            state = state.confirm(step, "x")
        elif act == "unsettle":
            state = state.unsettle(step)
        elif act == "back":
            state = state.go(state.previous or state.at)
        else:
            state = state.go(step)
    return state


def settled(*steps):
    state = State()
    for step in steps:
        state = state.settle(step, step.value)
    return state


def test_a_new_person_starts_at_connect_and_can_go_nowhere_else():
    state = State.resume((), credential=False, delivery=False)
    assert state.at is Step.CONNECT
    assert [step for step in ORDER if state.reachable(step)] == [Step.CONNECT]
    assert state.following is None
    assert state.previous is None
    assert [state.status(step) for step in ORDER] == [Status.NOW, *[Status.NOT_YET] * 4]


def test_a_proven_step_opens_the_next():
    state = settled(Step.CONNECT)
    assert state.following is Step.CHECK
    state = state.go(Step.CHECK).settle(Step.CHECK, "ready")
    assert state.following is Step.PREVIEW
    assert state.status(Step.CONNECT) is Status.DONE
    assert state.note(Step.CHECK) == "ready"


def test_a_check_with_errors_still_lets_people_be_looked_at():
    state = settled(Step.CONNECT).go(Step.CHECK).settle(Step.CHECK, "2 to mend", needs_you=True)
    assert state.following is Step.PREVIEW
    assert state.go(Step.PREVIEW).status(Step.CHECK) is Status.NEEDS_YOU


def test_a_run_needs_a_delivery():
    state = settled(Step.CONNECT, Step.CHECK, Step.PREVIEW)
    assert not state.reachable(Step.RUN)
    assert state.go(Step.RUN) is state
    assert state.settle(Step.DELIVERY, "tested").reachable(Step.RUN)


def test_a_delivery_that_was_proven_on_the_way_need_not_be_visited():
    state = settled(Step.CONNECT, Step.CHECK, Step.PREVIEW).confirm(Step.DELIVERY, "tested").go(Step.PREVIEW)
    assert state.go(Step.RUN).at is Step.RUN


def test_a_new_credential_makes_everything_read_with_the_old_one_stale():
    state = settled(*ORDER).settle(Step.CONNECT, "other")
    assert state.proven == {Step.CONNECT, Step.DELIVERY}
    assert state.note(Step.CHECK) == ""


def test_answering_a_question_changes_nothing_that_rests_on_it():
    state = settled(*ORDER)
    assert state.confirm(Step.CHECK, "everyone").proven == state.proven


def test_changing_an_answer_takes_it_back():
    assert settled(*ORDER).unsettle(Step.DELIVERY).proven == {Step.CONNECT, Step.CHECK, Step.PREVIEW}


def test_answers_outlive_back():
    state = settled(Step.CONNECT).go(Step.CHECK).answer("url", "https://alleo.example").go(Step.CONNECT)
    assert state.answers == {"url": "https://alleo.example"}


def test_resuming_goes_to_the_first_step_not_proven():
    state = State.resume({"connect", "check", "of another version"}, credential=True, delivery=False)
    assert state.at is Step.PREVIEW
    assert state.status(Step.CONNECT) is Status.DONE


def test_resuming_without_the_secret_asks_for_it_again():
    assert State.resume({"connect", "check", "preview", "delivery"}, credential=False, delivery=True) == State()


def test_resuming_without_the_deliveries_secret_goes_to_the_delivery():
    state = State.resume({"connect", "check", "preview", "delivery"}, credential=True, delivery=False)
    assert state.at is Step.DELIVERY


def test_a_run_is_never_taken_as_proven_from_an_earlier_sitting():
    state = State.resume({step.value for step in ORDER}, credential=True, delivery=True)
    assert state.at is Step.RUN
    assert Step.RUN not in state.proven


def test_steps_are_numbered_as_people_count():
    assert [number(step) for step in ORDER] == [1, 2, 3, 4, 5]


@given(ACTS)
def test_one_is_always_somewhere_one_may_be_by_way_of_going(acts):
    state = walked(acts)
    if state.following:
        assert state.go(state.following).at is state.following
    for step in ORDER:
        there = state.go(step)
        assert there.at is (step if state.reachable(step) else state.at)
        assert there.proven == state.proven
        assert there.answers == state.answers
    assert sum(state.status(step) is Status.NOW for step in ORDER) == 1


@given(ACTS, STEPS)
def test_what_rests_on_a_settled_step_is_never_left_proven(acts, step):
    state = walked(acts).settle(step, "new")
    assert step in state.proven
    assert not state.proven & RESTS_ON_IT[step]
    assert State.resume(state.remembered, credential=True, delivery=True).proven <= REMEMBERED
