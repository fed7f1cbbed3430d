package io.github.costwise.advisor;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.CacheMetadata;
import io.github.costwise.CostCache;
import io.github.costwise.CostCacheEvict;
import io.github.costwise.actuate.CostCacheEndpoint;
import io.github.costwise.actuate.CostCacheEndpointWebExtension;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Evictions that the store refuses: whoever asked is notified, nothing is served of what
 * they name, and they are done once the store lets them.
 */
@Timeout(60)
@Tag("chain")
class CacheEvictionFaultTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final RefusingStore store = new RefusingStore();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider)
		.withPropertyValues(CacheClients.POLICY + "tags=prices", "management.endpoints.web.exposure.include=costcache")
		.withBean(ResponseCacheStore.class, () -> this.store)
		.withBean(Shop.class)
		.withBean(AttributionResolver.class, () -> () -> new Attribution(null, "acme", null, Map.of()));

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#forms")
	void annotatedMethodReturnsAndItsEvictionIsRepeated(BiFunction<ApplicationContext, String, String> ask) {
		this.provider.enqueue(Answer.text("old"), Answer.text("new"), Answer.text("newest"), Answer.text("kept"));
		this.runner.run((context) -> {
			assertThat(ask.apply(context, "Q?")).isEqualTo("old");
			CacheClients.awaitStored(context, 1);
			assertThat(ask.apply(context, "Q?")).isEqualTo("old");
			this.store.refuses.set(true);
			context.getBean(Shop.class).reprice();
			assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isOne();
			assertThat(ask.apply(context, "Q?")).isEqualTo("new");
			CacheClients.awaitStored(context, 2);
			assertThat(ask.apply(context, "Q?")).isEqualTo("newest");
			CacheClients.awaitStored(context, 3);
			this.store.refuses.set(false);
			CacheClients.await(() -> this.store.stats().entries() == 0);
			CacheClients.await(() -> ask.apply(context, "Again?").equals("kept"));
			CacheClients.awaitStored(context, 4);
			assertThat(ask.apply(context, "Again?")).isEqualTo("kept");
		});
	}

	@Test
	void publishedEvictionIsRepeated() {
		this.provider.enqueue(Answer.text("old"), Answer.text("new"));
		this.runner.run((context) -> {
			CacheClients.ask(context, "Q?");
			CacheClients.awaitStored(context, 1);
			this.store.refuses.set(true);
			context.publishEvent(CacheEviction.label(CacheLabel.tenant("acme")));
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
		});
	}

	@Test
	void beanAndEndpointTellThatItIsNotDone() {
		this.provider.enqueue(Answer.text("old"), Answer.text("new"));
		this.runner.run((context) -> {
			CacheClients.ask(context, "Q?");
			CacheClients.awaitStored(context, 1);
			this.store.refuses.set(true);
			assertThatExceptionOfType(EvictionIncompleteException.class)
				.isThrownBy(() -> context.getBean(CostCache.class).evictTenant("acme"))
				.returns(3L, EvictionIncompleteException::removed);
			CostCacheEndpointWebExtension endpoint = new CostCacheEndpointWebExtension(
					context.getBean(CostCacheEndpoint.class));
			WebEndpointResponse<?> response = endpoint.evict("acme", null, null, null, null, null, null);
			assertThat(response.getStatus()).isEqualTo(503);
			assertThat(response.getBody()).isEqualTo(Map.of("removed", 3L, "complete", false, "problem", "refused"));
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
			this.store.refuses.set(false);
			assertThat(endpoint.evict("acme", null, null, null, null, null, null).getStatus()).isEqualTo(200);
		});
	}

	@Test
	void wrongHitIsLearntThoughItsEntryCannotBeRemoved() {
		this.provider.enqueue(Answer.text("old"), Answer.text("new"));
		this.runner.run((context) -> {
			CacheClients.ask(context, "Q?");
			CacheClients.awaitStored(context, 1);
			String hit = CacheClients.client(context)
				.prompt("Q?")
				.call()
				.chatResponse()
				.getMetadata()
				.get(CacheMetadata.HIT);
			this.store.refuses.set(true);
			assertThatExceptionOfType(EvictionIncompleteException.class)
				.isThrownBy(() -> context.getBean(CostCache.class).markWrong(hit));
			assertThat(CacheClients.counters(context).wrongHits()).isOne();
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("new");
		});
	}

	@Test
	void observingApplicationRemovesNothingByItself() {
		this.provider.handler((request) -> Answer.text("yes"));
		this.runner.withPropertyValues("costwise.mode=observe").run((context) -> {
			context.getBean(Shop.class).reprice();
			context.publishEvent(CacheEviction.all());
			assertThat(this.store.asked).isFalse();
			context.getBean(CostCache.class).evictAll();
			assertThat(this.store.asked).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "costwise.mode=observe", "costwise.policies.default.cache.mode=observe" })
	void observingWritesNothingToTheStoreAndStillMeasures(String observe) {
		this.provider.handler((request) -> Answer.text("yes"));
		this.runner.withPropertyValues(observe, CacheClients.POLICY + "semantic.enabled=true")
			.withBean(TextEncoder.class, LetterEncoder::new)
			.run((context) -> {
				int warm = LetterEncoder.warm(context);
				CacheClients.awaitStored(context, warm);
				for (int i = 0; i < 3; i++) {
					CacheClients.ask(context, "Is it in stock?");
					CacheClients.stream(context, "Is it in stock?");
				}
				CacheClients.await(() -> CacheClients.counters(context).storedAnswers() >= warm + 6);
				assertThat(this.store.written).isFalse();
				assertThat(this.store.asked).isFalse();
				assertThat(this.provider.requests()).hasSizeGreaterThanOrEqualTo(6);
			});
	}

	static class Shop {

		@CostCacheEvict(tags = "prices")
		public void reprice() {
		}

	}

	private static final class RefusingStore extends DelegatingStore {

		private final AtomicBoolean refuses = new AtomicBoolean();

		private final AtomicBoolean asked = new AtomicBoolean();

		private final AtomicBoolean written = new AtomicBoolean();

		@Override
		void before(String method, @Nullable CacheEntry entry) {
			this.written.compareAndSet(false, method.equals("put"));
			if (method.equals("evict")) {
				this.asked.set(true);
				if (this.refuses.get()) {
					throw new EvictionIncompleteException(StoreReason.UNAVAILABLE, "refused", 3,
							new CacheStoreException(StoreReason.TIMEOUT, "away", null));
				}
			}
		}

	}

}
