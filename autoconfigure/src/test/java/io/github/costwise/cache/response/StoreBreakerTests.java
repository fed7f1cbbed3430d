package io.github.costwise.cache.response;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.cache.response.StoreBreaker.BreakerState;
import io.github.costwise.cache.response.StoreBreaker.Change;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoreBreaker}.
 */
@Tag("unit")
class StoreBreakerTests {

	private long nanos = Long.MAX_VALUE - 1;

	private final StoreBreaker breaker = new StoreBreaker(() -> this.nanos);

	@Test
	void opensWhenHalfOfTenAreBad() {
		for (int i = 0; i < 9; i++) {
			assertThat(end(i % 2 == 0)).isEqualTo(Change.NONE);
		}
		assertThat(end(false)).isEqualTo(Change.OPENED);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.LEFT_OUT);
		assertThat(this.breaker.admit()).isEqualTo(StoreBreaker.REFUSED);
	}

	@Test
	void staysWhenFewerThanHalfOfEachTenAreBad() {
		for (int i = 0; i < 200; i++) {
			assertThat(end(i % 5 > 1)).isEqualTo(Change.NONE);
		}
	}

	@Test
	void fewBadOnesBeforeTenAreKnownDoNotOpen() {
		for (int i = 0; i < 9; i++) {
			assertThat(end(false)).isEqualTo(Change.NONE);
		}
		assertThat(end(true)).isEqualTo(Change.OPENED);
	}

	@Test
	void fiveBadOnesOpenAfterManyGoodOnes() {
		for (int i = 0; i < 100; i++) {
			end(true);
		}
		for (int i = 0; i < 4; i++) {
			assertThat(end(false)).isEqualTo(Change.NONE);
		}
		assertThat(end(false)).isEqualTo(Change.OPENED);
	}

	@Test
	void letsOneProbeThroughAfterTenSeconds() {
		open();
		advance(StoreBreaker.PAUSE.minusNanos(1));
		assertThat(this.breaker.admit()).isEqualTo(StoreBreaker.REFUSED);
		advance(Duration.ofNanos(1));
		long probe = this.breaker.admit();
		assertThat(probe).isNotEqualTo(StoreBreaker.REFUSED);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.PROBED);
		assertThat(this.breaker.admit()).isEqualTo(StoreBreaker.REFUSED);
		assertThat(this.breaker.ended(probe, true)).isEqualTo(Change.CLOSED);
		for (int i = 0; i < 9; i++) {
			assertThat(end(false)).isEqualTo(Change.NONE);
		}
	}

	@Test
	void aBadProbeLeavesItOutForTenSecondsMore() {
		open();
		advance(StoreBreaker.PAUSE);
		assertThat(this.breaker.ended(this.breaker.admit(), false)).isEqualTo(Change.NONE);
		advance(StoreBreaker.PAUSE.minusNanos(1));
		assertThat(this.breaker.admit()).isEqualTo(StoreBreaker.REFUSED);
		advance(Duration.ofNanos(1));
		assertThat(this.breaker.ended(this.breaker.admit(), true)).isEqualTo(Change.CLOSED);
	}

	@Test
	void aProbeThatNeverEndsIsFollowedByAnother() {
		open();
		advance(StoreBreaker.PAUSE);
		long lost = this.breaker.admit();
		advance(StoreBreaker.PAUSE);
		long other = this.breaker.admit();
		assertThat(other).isNotEqualTo(StoreBreaker.REFUSED);
		assertThat(this.breaker.ended(lost, true)).isEqualTo(Change.NONE);
		assertThat(this.breaker.ended(other, true)).isEqualTo(Change.CLOSED);
	}

	@Test
	void whatWasBegunEarlierChangesNothing() {
		long early = this.breaker.admit();
		open();
		assertThat(this.breaker.ended(early, true)).isEqualTo(Change.NONE);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.LEFT_OUT);
		advance(StoreBreaker.PAUSE);
		this.breaker.ended(this.breaker.admit(), true);
		for (int i = 0; i < 20; i++) {
			assertThat(this.breaker.ended(early, false)).isEqualTo(Change.NONE);
		}
		assertThat(this.breaker.state()).isEqualTo(BreakerState.USED);
	}

	private Change end(boolean well) {
		return this.breaker.ended(this.breaker.admit(), well);
	}

	private void open() {
		for (int i = 0; i < 10; i++) {
			end(false);
		}
		assertThat(this.breaker.state()).isEqualTo(BreakerState.LEFT_OUT);
	}

	private void advance(Duration time) {
		this.nanos += time.toNanos();
	}

}
