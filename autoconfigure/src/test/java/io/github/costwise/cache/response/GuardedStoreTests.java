package io.github.costwise.cache.response;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.flight.FlightLocks;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionMarks;
import io.github.costwise.spi.ResponseCacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GuardedStore}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class GuardedStoreTests {

	private static final Duration SLOW = Duration.ofMillis(250);

	private static final CacheKey KEY = CacheEntries.key("p", "q");

	private long nanos;

	private final SickStore sick = new SickStore();

	private final GuardedStore store = new GuardedStore(this.sick, SLOW, () -> this.nanos);

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "TIMEOUT" })
	void isLeftOutWhenItFailsAndUsedAgainWhenItIsWell(StoreReason reason, CapturedOutput output) {
		this.sick.failure = new CacheStoreException(reason, "no route", null);
		fail(10);
		assertThat(this.store.state()).isEqualTo(new StoreState("SickStore", false, "no route"));
		fail(10);
		assertThat(this.sick.asked).isEqualTo(10);
		this.nanos += StoreBreaker.PAUSE.toNanos();
		this.sick.failure = null;
		assertThat(this.store.find(KEY)).isNull();
		assertThat(this.store.state()).isEqualTo(new StoreState("SickStore", true, null));
		assertThat(this.sick.asked).isEqualTo(11);
		assertThat(output).containsOnlyOnce("is left out").containsOnlyOnce("no route").containsOnlyOnce("used again");
	}

	@Test
	void isLeftOutWhenItIsSlow() {
		this.sick.takes = SLOW;
		this.store.find(KEY);
		this.sick.takes = SLOW.plusNanos(1);
		for (int i = 0; i < 9; i++) {
			this.store.find(KEY);
		}
		assertThat(this.store.state().reason()).contains("longer than 250 ms");
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> this.store.find(KEY));
	}

	@ParameterizedTest
	@EnumSource(names = { "FULL", "UNREADABLE" })
	void aStoreThatTakesNoMoreIsUsed(StoreReason reason) {
		this.sick.failure = new CacheStoreException(reason, "full", null);
		fail(20);
		assertThat(this.sick.asked).isEqualTo(20);
		assertThat(this.store.state().used()).isTrue();
	}

	@Test
	void everyRequestOfAStoreThatIsLeftOutFailsAtOnceButEvictions() {
		this.sick.failure = new CacheStoreException(StoreReason.UNAVAILABLE, "no route", null);
		fail(10);
		this.sick.failure = null;
		this.sick.asked = 0;
		CacheEntry entry = CacheEntries.entry("p", "q", null);
		FlightLocks locks = this.store.locks();
		EvictionMarks marks = this.store.marks();
		assertThat(locks).isNotNull();
		assertThat(marks).isNotNull();
		List<Runnable> requests = List.of(() -> this.store.find(KEY), () -> this.store.put(entry),
				() -> this.store.putAll(List.of(entry)), () -> this.store.nearest("p", CacheEntries.vector(1), 1),
				marks::marked, () -> locks.tryLock("id", "owner", SLOW), () -> locks.isLocked("id"),
				() -> locks.unlock("id", "owner"));
		assertThat(requests)
			.allSatisfy((request) -> assertThatExceptionOfType(CacheStoreException.class).isThrownBy(request::run));
		assertThat(this.sick.asked).isZero();
		assertThat(this.store.evict(CacheEviction.all())).isZero();
		assertThat(this.sick.asked).isOne();
	}

	@Test
	void evictionsThatFailAreReportedWhileItIsLeftOut() {
		this.sick.failure = new CacheStoreException(StoreReason.UNAVAILABLE, "no route", null);
		fail(10);
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> this.store.evict(CacheEviction.all()))
			.withMessage("no route");
	}

	@Test
	void anInterruptedCallerSaysNothingOfTheStore() {
		this.sick.failure = new CacheStoreException(StoreReason.TIMEOUT, "interrupted", null);
		Thread.currentThread().interrupt();
		try {
			fail(20);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.store.state().used()).isTrue();
	}

	@Test
	void aStoreWithoutLocksAndMarksHasNone() {
		GuardedStore plain = new GuardedStore(
				new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(), Clock.systemUTC()), SLOW,
				() -> this.nanos);
		assertThat(plain.locks()).isNull();
		assertThat(plain.marks()).isNull();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> this.store.find(KEY));
		}
	}

	/** Fails, or takes its time. */
	private final class SickStore implements ResponseCacheStore, FlightLocks, EvictionMarks {

		private @Nullable CacheStoreException failure;

		private Duration takes = Duration.ZERO;

		private int asked;

		private void act() {
			this.asked++;
			GuardedStoreTests.this.nanos += this.takes.toNanos();
			if (this.failure != null) {
				throw this.failure;
			}
		}

		@Override
		public void put(CacheEntry entry) {
			act();
		}

		@Override
		public @Nullable CacheEntry find(CacheKey key) {
			act();
			return null;
		}

		@Override
		public List<Neighbour> nearest(String partition, float[] vector, int count) {
			act();
			return List.of();
		}

		@Override
		public long evict(CacheEviction eviction) {
			act();
			return 0;
		}

		@Override
		public CacheStats stats() {
			return new CacheStats(0, 0, 0, 0, 0, 0);
		}

		@Override
		public boolean tryLock(String id, String owner, Duration lease) {
			act();
			return true;
		}

		@Override
		public boolean isLocked(String id) {
			act();
			return false;
		}

		@Override
		public void unlock(String id, String owner) {
			act();
		}

		@Override
		public Collection<CacheEviction> marked() {
			act();
			return List.of();
		}

	}

}
