package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CacheMetadata;
import io.github.costwise.CostCache;
import io.github.costwise.CostScope;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hundred callers at once, while answers expire, are evicted, are removed and are
 * marked as wrong: nobody gets what belongs to another tenant, and no label is lost.
 */
@Tag("chain")
class CacheLearningConcurrencyTests {

	private static final int CALLERS = 200;

	private static final int ASKED_BY_EACH = 15;

	private static final int TENANTS = 4;

	private static final int MARKED_SHARE = 50;

	private static final int EVICTION_EVERY = 40;

	private static final Set<Miss> TEACHING = EnumSet.of(Miss.VETO, Miss.COLD, Miss.DOUBT, Miss.EXPLORATION,
			Miss.VERIFICATION);

	private final RecordingLog log = new RecordingLog();

	private final AtomicInteger marked = new AtomicInteger();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, Topics.Model::new)
		.withBean(TextEncoder.class, Topics.Encoder::new)
		.withBean(LabelLog.class, () -> this.log)
		.withPropertyValues(CacheClients.POLICY + "mode=enforce", CacheClients.POLICY + "semantic.enabled=true",
				CacheClients.POLICY + "shared=true", CacheClients.POLICY + "ttl=1s",
				CacheClients.POLICY + "ttl-jitter=0.5", CacheClients.POLICY + "semantic.max-error-rate=0.2",
				"costwise.cache.memory.max-entries=500", "costwise.cache.judge.queue=1000000",
				"costwise.cache.single-flight.patience=5m");

	@Test
	@Timeout(180)
	void noLabelIsLostAndNothingCrosses() {
		this.runner.run((context) -> {
			ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
			try {
				askAll(context, callers);
			}
			finally {
				callers.shutdownNow();
			}
			PolicyCounters counters = CacheClients.counters(context);
			assertThat(counters.refusals(Refusal.OVERLOAD)).isZero();
			long expected = this.marked.get() + TEACHING.stream().mapToLong(counters::misses).sum();
			assertThat(expected).isPositive();
			CacheClients.await(() -> this.log.labels() >= expected);
			assertThat(this.log.labels()).isEqualTo(expected);
			LearningGroups groups = context.getBean(LearningGroups.class);
			assertThat(groups.groups().values()).singleElement()
				.satisfies((group) -> assertThat(group.state().labels()).isEqualTo(expected));
			assertThat(groups.lostLabels()).isZero();
			assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isZero();
		});
	}

	private void askAll(ApplicationContext context, ExecutorService callers) throws Exception {
		ChatClient client = context.getBean(ChatClient.Builder.class).build();
		CostCache cache = context.getBean(CostCache.class);
		CountDownLatch start = new CountDownLatch(1);
		List<Future<?>> asked = new ArrayList<>();
		for (int caller = 0; caller < CALLERS; caller++) {
			long seed = caller;
			asked.add(callers.submit(() -> {
				start.await();
				ask(client, cache, new Random(seed));
				return null;
			}));
		}
		start.countDown();
		for (Future<?> answers : asked) {
			answers.get(150, TimeUnit.SECONDS);
		}
	}

	private void ask(ChatClient client, CostCache cache, Random random) {
		for (int i = 0; i < ASKED_BY_EACH; i++) {
			if (random.nextInt(EVICTION_EVERY) == 0) {
				evict(cache, random);
			}
			String tenant = "tenant" + random.nextInt(TENANTS);
			String question = Topics.question(random);
			ChatResponse response = CostScope.builder()
				.tenant(tenant)
				.build()
				.get(() -> client.prompt().system("You serve " + tenant + ".").user(question).call().chatResponse());
			assertThat(response.getResult().getOutput().getText()).startsWith("You serve " + tenant + ". topic");
			if ("SEMANTIC".equals(response.getMetadata().get(CacheMetadata.KIND))
					&& random.nextInt(100) < MARKED_SHARE) {
				assertThat(cache.markWrong(response.getMetadata().get(CacheMetadata.HIT))).isTrue();
				this.marked.incrementAndGet();
			}
		}
	}

	private static void evict(CostCache cache, Random random) {
		switch (random.nextInt(4)) {
			case 0 -> cache.evictAll();
			case 1 -> cache.evictFeature("desk");
			default -> cache.evictTenant("tenant" + random.nextInt(TENANTS));
		}
	}

}
