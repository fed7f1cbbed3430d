package io.github.costwise.cache.flight;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.cache.flight.Flight.Landing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SingleFlight}, {@link SeenFailures} and {@link LeaderFailure}.
 */
@Tag("unit")
class SingleFlightTests {

	private static final IllegalStateException FIRST = new IllegalStateException("first");

	private static final IllegalStateException SECOND = new IllegalStateException("second");

	private final SingleFlight flights = new SingleFlight();

	@Test
	void allWhoWaitedForAFailureShareOneFurtherFlight() {
		Flight first = this.flights.join("q", "a");
		this.flights.fail("q", first, FIRST);
		assertThat(first.landed()).isEqualTo(new Landing.Failed(FIRST, 1));
		Flight second = this.flights.joinAfter("q", first, "b");
		assertThat(second.leader()).isEqualTo("b");
		this.flights.fail("q", second, SECOND);
		assertThat(this.flights.joinAfter("q", first, "late")).isSameAs(second);
		assertThat(second.landed()).isEqualTo(new Landing.Failed(SECOND, 2));
		assertThat(this.flights.size()).isZero();
	}

	@Test
	void whoComesAfterTwoFailuresBeginsAgain() {
		Flight first = this.flights.join("q", "a");
		this.flights.fail("q", first, FIRST);
		this.flights.fail("q", this.flights.joinAfter("q", first, "b"), SECOND);
		Flight fresh = this.flights.join("q", "c");
		assertThat(fresh.leader()).isEqualTo("c");
		this.flights.fail("q", fresh, FIRST);
		assertThat(fresh.landed()).isEqualTo(new Landing.Failed(FIRST, 1));
	}

	@Test
	void whoWaitedJoinsWhoCameMeanwhile() {
		Flight first = this.flights.join("q", "a");
		this.flights.fail("q", first, FIRST);
		Flight fresh = this.flights.join("q", "new");
		assertThat(this.flights.joinAfter("q", first, "b")).isSameAs(fresh);
		assertThat(this.flights.joinAfter("q", first, "c")).isSameAs(fresh);
	}

	@Test
	void whoWaitedAsksAgainWhereAnswersWereRemovedSinceTheFurtherFlightBegan() {
		Flight first = this.flights.join("q", "a");
		this.flights.fail("q", first, FIRST);
		Flight before = this.flights.joinAfter("q", first, "b");
		this.flights.forget((id) -> true);
		Flight after = this.flights.joinAfter("q", first, "late");
		assertThat(after.leader()).isEqualTo("late");
		assertThat(this.flights.joinAfter("q", first, "later")).isSameAs(after);
		this.flights.fail("q", before, SECOND);
		this.flights.fail("q", after, SECOND);
		assertThat(after.landed()).isEqualTo(new Landing.Failed(SECOND, 2));
		assertThat(this.flights.size()).isZero();
	}

	@Test
	void whoComesAfterARemovalOfOtherKeysJoins() {
		Flight first = this.flights.join("q", "a");
		this.flights.forget("other"::equals);
		assertThat(this.flights.join("q", "b")).isSameAs(first);
		this.flights.fail("q", first, FIRST);
		Flight further = this.flights.joinAfter("q", first, "b");
		this.flights.forget("other"::equals);
		assertThat(this.flights.joinAfter("q", first, "c")).isSameAs(further);
	}

	@Test
	void aTurnFailsWithTheSecondFailure() {
		SeenFailures seen = new SeenFailures();
		assertThat(seen.isLast(new Landing.Failed(FIRST, 1))).isFalse();
		assertThat(seen.isLast(new Landing.Failed(SECOND, 1))).isTrue();
		assertThat(new SeenFailures().isLast(new Landing.Failed(SECOND, 2))).isTrue();
	}

	@Test
	void aCallerThatGoesAwayIsNoFailure() {
		assertThat(LeaderFailure.isGone(FIRST, false)).isFalse();
		assertThat(LeaderFailure.isGone(FIRST, true)).isTrue();
		assertThat(LeaderFailure.isGone(new CancellationException(), false)).isTrue();
		assertThat(LeaderFailure.isGone(new CompletionException(new InterruptedException()), false)).isTrue();
		IllegalStateException one = new IllegalStateException("one");
		one.initCause(new IllegalStateException("other", one));
		assertThat(LeaderFailure.isGone(one, false)).isFalse();
	}

}
