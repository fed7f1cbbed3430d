package io.github.costwise.cache.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.ResponseCacheStoreContract;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.ResponseCacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link InMemoryResponseCacheStore}.
 */
@Tag("thorough")
class InMemoryResponseCacheStoreTests extends ResponseCacheStoreContract {

	@Override
	protected ResponseCacheStore create(Clock clock) {
		return new InMemoryResponseCacheStore(new MemoryStoreSettings(1000, 16L << 20), clock);
	}

	@Override
	protected int steps() {
		return 5000;
	}

	@Test
	void boundOfEntriesHoldsAndTheLeastRecentlyUsedAreEvicted() {
		for (int i = 0; i < 20; i++) {
			store().put(entry("p", "used " + i, CacheEntries.vector(i)));
		}
		for (int i = 0; i < 3000; i++) {
			clock().advance(Duration.ofMillis(100));
			store().put(entry("p", "unused " + i, CacheEntries.vector(100 + i)));
			store().find(CacheEntries.key("p", "used " + i % 10));
			store().nearest(CacheEntries.partition("p"), CacheEntries.vector(10 + i % 10), 1);
			assertThat(store().stats().entries()).isLessThanOrEqualTo(1000);
		}
		assertThat(store().stats().evicted()).isEqualTo(2020);
		for (int i = 0; i < 20; i++) {
			assertThat(store().find(CacheEntries.key("p", "used " + i))).as("used %s", i).isNotNull();
		}
	}

	@Test
	void boundOfBytesHolds() {
		InMemoryResponseCacheStore small = new InMemoryResponseCacheStore(new MemoryStoreSettings(1000, 64 << 10),
				clock());
		for (int i = 0; i < 1000; i++) {
			small.put(entry("p", "q" + i, CacheEntries.vector(i)));
			assertThat(small.stats().bytes()).isLessThanOrEqualTo(64 << 10);
		}
		assertThat(small.stats().entries()).isBetween(60L, 140L);
		CacheEntry huge = CacheEntries.entry("p", "x".repeat(64 << 10), null, clock().instant().plus(HOUR));
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> small.put(huge))
			.returns(CacheStoreException.StoreReason.FULL, CacheStoreException::reason)
			.withMessageNotContaining("xxx");
	}

	@Test
	void memoryOfWhatIsGoneIsReleased() {
		for (int i = 0; i < 500; i++) {
			store().put(entry("p" + i % 50, "q" + i, CacheEntries.vector(i)));
		}
		clock().advance(HOUR);
		assertThat(((InMemoryResponseCacheStore) store()).removeExpired()).isEqualTo(500);
		assertThat(store().stats().bytes()).isZero();
		assertThat(store().stats().expired()).isEqualTo(500);
	}

	@Test
	void expiredEntriesGoWhileOthersAreStored() {
		for (int i = 0; i < 500; i++) {
			store().put(entry("p", "old " + i, CacheEntries.vector(i)));
		}
		clock().advance(HOUR);
		for (int i = 0; i < 400; i++) {
			store().put(entry("p", "new " + i, CacheEntries.vector(i)));
		}
		assertThat(store().stats().expired()).isEqualTo(500);
	}

	@Test
	void slotsAreUsedAgain() {
		InMemoryResponseCacheStore large = new InMemoryResponseCacheStore(new MemoryStoreSettings(10_000, 64 << 20),
				clock());
		for (int round = 0; round < 5; round++) {
			for (int i = 0; i < 3000; i++) {
				large.put(entry("p", "q" + i, CacheEntries.vector(i)));
			}
			for (int i = 0; i < 3000; i += 100) {
				assertThat(large.nearest(CacheEntries.partition("p"), CacheEntries.vector(i), 1)).singleElement()
					.satisfies((neighbour) -> assertThat(neighbour.cosine()).isGreaterThan(.999));
			}
			for (int i = 0; i < 2999; i++) {
				large.evict(CacheEviction.entry(CacheEntries.key("p", "q" + i).id()));
			}
		}
		assertThat(large.stats().entries()).isEqualTo(1);
	}

	@Test
	void vectorsOfAnotherEncoderAreNotCompared() {
		store().put(entry("p", "q", CacheEntries.vector(1)));
		float[] other = { 1, 2, 3 };
		assertThat(store().nearest(CacheEntries.partition("p"), other, 5)).isEmpty();
		store().put(entry("p", "short", other));
		assertThat(store().nearest(CacheEntries.partition("p"), other, 5)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.entry().vector()).isEqualTo(CacheVector.of(other)));
		assertThat(store().evict(CacheEviction.all())).isEqualTo(2);
	}

	@Test
	void senselessBoundsAreRefused() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new MemoryStoreSettings(0, 1 << 20))
			.withMessageContaining("costwise.cache.memory.max-entries");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> new MemoryStoreSettings(1, 10))
			.withMessageContaining("costwise.cache.memory.max-size");
		assertThat(List.of(MemoryStoreSettings.defaults().maxEntries())).containsExactly(100_000L);
	}

}
