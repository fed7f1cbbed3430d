package io.github.costwise.advisor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.CostCache;
import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.cache.TestClock;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.Miss;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheKey;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ends an answer before its time, and which answers are good enough.
 */
@Timeout(60)
@Tag("chain")
class CacheEvictionChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider)
		.withPropertyValues(CacheClients.POLICY + "tags=prices")
		.withBean(AttributionResolver.class, () -> () -> new Attribution("desk", "acme", "ann", Map.of("plan", "pro")));

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	static Stream<Arguments> concerning() {
		return Stream.of(eviction("all", CostCache::evictAll), eviction("tenant", (cache) -> cache.evictTenant("acme")),
				eviction("user", (cache) -> cache.evictUser("ann")),
				eviction("feature", (cache) -> cache.evictFeature("desk")),
				eviction("tag", (cache) -> cache.evictTag("prices")),
				eviction("tag of the scope", (cache) -> cache.evictTag("plan=pro")));
	}

	private static Arguments eviction(String name, Consumer<CostCache> eviction) {
		return Arguments.argumentSet(name, eviction);
	}

	@ParameterizedTest
	@MethodSource("concerning")
	void answerInFlightIsNotStoredAfterItsRemoval(Consumer<CostCache> eviction) {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("old").gate(gate), Answer.text("new"));
		this.runner.run((context) -> {
			Future<String> inFlight = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			eviction.accept(context.getBean(CostCache.class));
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
			gate.release();
			assertThat(inFlight.get()).isEqualTo("old");
			CacheClients.await(() -> CacheClients.counters(context).refusals(Refusal.EVICTED) == 1);
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void streamInFlightIsNotStoredAfterItsRemoval() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.chunks("o", "ld").gate(gate), Answer.text("new"));
		this.runner.run((context) -> {
			Future<String> inFlight = this.executor.submit(() -> CacheClients.stream(context, "Q?"));
			CacheClients.awaitRequests(this.provider, 1);
			context.getBean(CostCache.class).evictAll();
			gate.release(10);
			assertThat(inFlight.get()).isEqualTo("old");
			CacheClients.await(() -> CacheClients.counters(context).refusals(Refusal.EVICTED) == 1);
			assertThat(CacheClients.stream(context, "Q?")).isEqualTo("new");
		});
	}

	@Test
	void whoComesAfterARemovalIsNotGivenWhatAnotherFoundBeforeIt() {
		OvertakenStore store = new OvertakenStore();
		this.provider.enqueue(Answer.text("old"), Answer.text("new"));
		this.runner.withBean(ResponseCacheStore.class, () -> store)
			.withPropertyValues("costwise.cache.single-flight.patience=10m")
			.run((context) -> {
				CacheClients.ask(context, "Q?");
				CacheClients.awaitStored(context, 1);
				store.overtake();
				Future<?> removal = this.executor.submit(() -> context.getBean(CostCache.class).evictAll());
				store.removing.acquire();
				Future<String> found = CacheClients.ask(context, "Q?", this.executor);
				removal.get();
				assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
				store.give.release();
				assertThat(found.get()).isEqualTo("old");
			});
	}

	@Test
	void removalOfOthersLetsAnAnswerInFlightBeStored() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("once").gate(gate));
		this.runner.run((context) -> {
			Future<String> inFlight = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			context.getBean(CostCache.class).evictTenant("umbrella");
			gate.release();
			assertThat(inFlight.get()).isEqualTo("once");
			CacheClients.awaitStored(context, 1);
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("once");
		});
	}

	@Test
	void turnThatSawTooManyRemovalsStoresNothing() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("old").gate(gate), Answer.text("new"));
		this.runner.run((context) -> {
			Future<String> inFlight = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			for (int i = 0; i < 300; i++) {
				context.getBean(CostCache.class).evictTenant("tenant" + i);
			}
			gate.release();
			assertThat(inFlight.get()).isEqualTo("old");
			CacheClients.await(() -> CacheClients.counters(context).refusals(Refusal.EVICTED) == 1);
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
		});
	}

	@Test
	void jitterEndsAnswersEarlierWithinItsBound() {
		TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
		StoredEntries store = new StoredEntries(clock);
		this.provider.handler((request) -> Answer.text("fine"));
		this.runner.withBean(Clock.class, () -> clock)
			.withBean(ResponseCacheStore.class, () -> store)
			.withPropertyValues(CacheClients.POLICY + "ttl=100m", CacheClients.POLICY + "ttl-jitter=0.5")
			.run((context) -> {
				for (int i = 0; i < 60; i++) {
					CacheClients.ask(context, "Question " + i + "?");
				}
				CacheClients.awaitStored(context, 60);
				List<Duration> kept = store.entries.stream()
					.map((entry) -> Duration.between(entry.createdAt(), entry.expiresAt()))
					.toList();
				assertThat(kept)
					.allSatisfy((time) -> assertThat(time).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(100)));
				assertThat(kept).anyMatch((time) -> time.compareTo(Duration.ofMinutes(70)) < 0)
					.anyMatch((time) -> time.compareTo(Duration.ofMinutes(80)) > 0);
			});
	}

	@Test
	void answerOfALowerTierIsNotServed() {
		this.provider.enqueue(Answer.text("light"), Answer.text("premium"), Answer.text("own"));
		this.runner.run((context) -> {
			assertThat(ask(context, Tier.LIGHT)).isEqualTo("light");
			CacheClients.awaitStored(context, 1);
			assertThat(ask(context, Tier.PREMIUM)).isEqualTo("premium");
			assertThat(CacheClients.counters(context).misses(Miss.TIER)).isOne();
			CacheClients.awaitStored(context, 2);
			assertThat(ask(context, Tier.LIGHT)).isEqualTo("premium");
			assertThat(ask(context, Tier.STANDARD)).isEqualTo("premium");
			assertThat(ask(context, Tier.AUTO)).isEqualTo("premium");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void answerInFlightOfALowerTierIsNotShared() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("light").gate(gate), Answer.text("premium"));
		this.runner.run((context) -> {
			Future<String> light = this.executor.submit(() -> ask(context, Tier.LIGHT));
			CacheClients.awaitRequests(this.provider, 1);
			Future<String> premium = this.executor.submit(() -> ask(context, Tier.PREMIUM));
			CacheClients.await(() -> CacheClients.counters(context).lookups() == 2);
			gate.release();
			assertThat(light.get()).isEqualTo("light");
			assertThat(premium.get()).isEqualTo("premium");
		});
	}

	private static String ask(ApplicationContext context, Tier tier) {
		return CostScope.builder().tier(tier).build().get(() -> CacheClients.ask(context, "Q?"));
	}

	@Test
	void questionThatLeansOnTheConversationIsNotCompared() {
		this.provider.handler((request) -> Answer.text("fine"));
		this.runner.withBean(TextEncoder.class, LetterEncoder::new)
			.withPropertyValues(CacheClients.POLICY + "semantic.enabled=true",
					CacheClients.POLICY + "semantic.profile=static:0.5")
			.run((context) -> {
				int warm = LetterEncoder.warm(context);
				CacheClients.awaitStored(context, warm);
				this.provider.reset();
				this.provider.enqueue(Answer.text("one"), Answer.text("two"), Answer.text("three"));
				assertThat(followUp(context, "And how much is it for children?")).isEqualTo("one");
				assertThat(followUp(context, "And how much is it for children, please?")).isEqualTo("two");
				assertThat(CacheClients.counters(context).misses(Miss.FOLLOW_UP)).isEqualTo(2);
				assertThat(followUp(context, "And how much is it for children?")).isEqualTo("one");
				assertThat(followUp(context, "Which ticket offices open early on Sunday mornings?")).isEqualTo("three");
				CacheClients.awaitStored(context, warm + 3);
				assertThat(followUp(context, "Which ticket offices open early on Sunday morning?")).isEqualTo("three");
			});
	}

	private static String followUp(ApplicationContext context, String question) {
		ChatClient client = CacheClients.client(context);
		return String.valueOf(client.prompt()
			.messages(new UserMessage("How much is a ticket?"), new AssistantMessage("Ten euros."),
					new UserMessage(question))
			.call()
			.content());
	}

	private static final class StoredEntries extends DelegatingStore {

		private final Queue<CacheEntry> entries = new ConcurrentLinkedQueue<>();

		private StoredEntries(Clock clock) {
			super(clock);
		}

		@Override
		void before(String method, @Nullable CacheEntry entry) {
			if (entry != null) {
				this.entries.add(entry);
			}
		}

	}

	/**
	 * Removes only when an entry was found that one look before was not there, and gives
	 * that entry only when it is asked to.
	 */
	private static final class OvertakenStore extends DelegatingStore {

		private final Semaphore removing = new Semaphore(0);

		private final Semaphore found = new Semaphore(0);

		private final Semaphore give = new Semaphore(0);

		private final AtomicInteger looks = new AtomicInteger(Integer.MIN_VALUE);

		void overtake() {
			this.looks.set(0);
		}

		@Override
		public @Nullable CacheEntry find(CacheKey key) {
			int look = this.looks.incrementAndGet();
			if (look == 1) {
				return null;
			}
			CacheEntry entry = super.find(key);
			if (look == 2) {
				this.found.release();
				this.give.acquireUninterruptibly();
			}
			return entry;
		}

		@Override
		void before(String method, @Nullable CacheEntry entry) {
			if (method.equals("evict")) {
				this.removing.release();
				this.found.acquireUninterruptibly();
			}
		}

	}

}
