package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.costwise.background.Background;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Removals} and {@link PendingEvictions}.
 */
@Timeout(60)
@Tag("unit")
class RemovalsTests {

	private final FailingStore store = new FailingStore();

	private final FakeTime time = new FakeTime();

	private final CacheTasks tasks = new CacheTasks(new Background(new Faults()), this.time.time());

	private final Removals removals = new Removals(this.store, null, this.tasks);

	private final CacheEviction acme = CacheEviction.label(CacheLabel.tenant("acme"));

	@AfterEach
	void close() {
		this.removals.close();
		this.tasks.close();
	}

	@Test
	void isRepeatedSoonAtFirstAndThenEveryHalfMinute() throws Exception {
		this.store.forGood = this.acme;
		assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> this.removals.evict(this.acme));
		for (int pause : new int[] { 100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000 }) {
			int before = this.store.asked.size();
			this.time.awaitWaiting(1);
			this.time.advance(Duration.ofMillis(pause - 1));
			assertThat(this.time.waiting()).isOne();
			this.time.advance(Duration.ofMillis(1));
			this.time.awaitWaiting(1);
			assertThat(this.store.asked).hasSize(before + 1);
		}
	}

	@Test
	void whatOthersLeftIsDoneAfterEachMinute() {
		AtomicInteger looks = new AtomicInteger();
		Removals marked = new Removals(this.store, () -> {
			looks.incrementAndGet();
			return List.of();
		}, this.tasks);
		for (int minute = 1; minute <= 3; minute++) {
			int before = minute - 1;
			Eventually.holds(() -> this.time.waiting() == 1);
			this.time.advance(Duration.ofSeconds(59));
			assertThat(looks).hasValue(before);
			this.time.advance(Duration.ofSeconds(1));
			Eventually.holds(() -> looks.get() == before + 1);
		}
		marked.close();
		Eventually.holds(() -> this.time.waiting() == 0);
	}

	@Test
	void evictionThatFailsIsHiddenAndRepeatedUntilItIsDone() throws Exception {
		this.store.failures(new EvictionIncompleteException(StoreReason.TIMEOUT, "hung", 7, null),
				new IllegalStateException("of a store of the application's own"), new NoClassDefFoundError("x"));
		assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> this.removals.evict(this.acme))
			.returns(7L, EvictionIncompleteException::removed);
		assertThat(this.removals.concern(entry("acme"))).isTrue();
		assertThat(this.removals.concern(entry("umbrella"))).isFalse();
		await(() -> !this.removals.concern(entry("acme")));
		assertThat(this.store.asked).containsExactly(this.acme, this.acme, this.acme, this.acme);
	}

	@Test
	void whateverAStoreThrowsTellsWhatWasRemoved() {
		this.store.failures(new CacheStoreException(StoreReason.UNAVAILABLE, "away", null));
		assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> this.removals.evict(this.acme))
			.returns(0L, EvictionIncompleteException::removed)
			.withCauseInstanceOf(CacheStoreException.class);
	}

	@Test
	void oneThatFailsForGoodKeepsNoOtherFromBeingDone() throws Exception {
		CacheEviction other = CacheEviction.label(CacheLabel.tenant("umbrella"));
		this.store.forGood = this.acme;
		this.store.failures(new CacheStoreException(StoreReason.UNAVAILABLE, "away", null),
				new CacheStoreException(StoreReason.UNAVAILABLE, "away", null));
		assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> this.removals.evict(this.acme));
		assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> this.removals.evict(other));
		await(() -> !this.removals.concern(entry("umbrella")));
		assertThat(this.removals.concern(entry("acme"))).isTrue();
		this.store.forGood = null;
		await(() -> !this.removals.concern(entry("acme")));
	}

	@Test
	void errorIsThrownAndTheEvictionIsRepeated() throws Exception {
		this.store.failures(new OutOfMemoryError("first"), new OutOfMemoryError("again"));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.removals.evict(this.acme));
		await(() -> !this.removals.concern(entry("acme")));
		assertThat(this.store.asked).containsExactly(this.acme, this.acme, this.acme);
	}

	@Test
	void errorDoesNotKeepWhatOthersLeftFromBeingDone() {
		CacheEviction other = CacheEviction.label(CacheLabel.tenant("umbrella"));
		this.removals.adopt(() -> {
			throw new NoClassDefFoundError("x");
		});
		this.store.failures(new OutOfMemoryError("first"));
		this.removals.adopt(() -> List.of(this.acme, other));
		assertThat(this.store.asked).contains(this.acme, other);
	}

	@Test
	void closingTriesForTheLastTime() {
		this.store.failures(new CacheStoreException(StoreReason.UNAVAILABLE, "away", null));
		assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> this.removals.evict(this.acme));
		this.removals.close();
		assertThat(this.removals.concern(entry("acme"))).isFalse();
	}

	@Test
	void evictionThatBeganAgainIsNotDoneByTheFormer() {
		PendingEvictions pending = new PendingEvictions();
		Object first = pending.begin(this.acme);
		Object second = pending.begin(this.acme);
		pending.done(this.acme, first);
		assertThat(pending.concern(entry("acme"))).isTrue();
		pending.done(this.acme, second);
		assertThat(pending.concern(entry("acme"))).isFalse();
	}

	@Test
	void oneThatFailsAfterALaterOneIsDoneIsNotRepeatedForEver() {
		PendingEvictions pending = new PendingEvictions();
		pending.begin(this.acme);
		pending.done(this.acme, pending.begin(this.acme));
		pending.failed(this.acme);
		assertThat(pending.failed()).isEmpty();
		assertThat(pending.concern(entry("acme"))).isFalse();
	}

	@Test
	void tooManyThatFailedBecomeOneOfEverything() {
		PendingEvictions pending = new PendingEvictions();
		for (int i = 0; i < 300; i++) {
			CacheEviction eviction = CacheEviction.label(CacheLabel.tenant("t" + i));
			pending.begin(eviction);
			assertThat(pending.concern(entry("other"))).isEqualTo(i > 256);
			pending.failed(eviction);
			assertThat(pending.concern(entry("t0"))).isTrue();
			assertThat(pending.failed()).hasSizeLessThanOrEqualTo(256);
		}
		assertThat(pending.failed()).contains(CacheEviction.all());
	}

	@Test
	void manyThatSucceedAtTheSameTimeNameNoMoreThanTheyName() {
		PendingEvictions pending = new PendingEvictions();
		for (int i = 0; i < 1000; i++) {
			pending.begin(CacheEviction.label(CacheLabel.tenant("t" + i)));
		}
		assertThat(pending.concern(entry("t999"))).isTrue();
		assertThat(pending.concern(entry("other"))).isFalse();
	}

	private static CacheEntry entry(String tenant) {
		return CacheEntries.entry("p", "q", null, CacheEntries.NOW, CacheLabel.tenant(tenant));
	}

	private void await(BooleanSupplier condition) {
		Eventually.holds(() -> {
			this.time.advance(Duration.ofSeconds(30));
			return condition.getAsBoolean();
		});
	}

	private static final class FailingStore implements ResponseCacheStore {

		private final Collection<CacheEviction> asked = new CopyOnWriteArrayList<>();

		private final List<Throwable> failures = new ArrayList<>();

		private volatile @Nullable CacheEviction forGood;

		private synchronized void failures(Throwable... thrown) {
			this.failures.addAll(List.of(thrown));
		}

		@Override
		public synchronized long evict(CacheEviction eviction) {
			this.asked.add(eviction);
			if (!this.failures.isEmpty()) {
				rethrow(this.failures.remove(0));
			}
			if (eviction.equals(this.forGood)) {
				throw new CacheStoreException(StoreReason.UNAVAILABLE, "for good", null);
			}
			return 1;
		}

		private static void rethrow(Throwable thrown) {
			if (thrown instanceof Error error) {
				throw error;
			}
			throw (RuntimeException) thrown;
		}

		@Override
		public void put(CacheEntry entry) {
		}

		@Override
		public @Nullable CacheEntry find(CacheKey key) {
			return null;
		}

		@Override
		public List<Neighbour> nearest(String partition, float[] vector, int count) {
			return List.of();
		}

		@Override
		public CacheStats stats() {
			return new CacheStats(0, 0, 0, 0, 0, 0);
		}

	}

}
