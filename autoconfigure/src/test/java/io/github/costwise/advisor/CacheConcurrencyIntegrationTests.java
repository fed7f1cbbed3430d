package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.redis.om.spring.RedisModulesConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CacheMetadata;
import io.github.costwise.CostCache;
import io.github.costwise.CostScope;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hundred callers of several tenants at once, while answers expire, are evicted and
 * are removed: nobody gets what belongs to another, and everybody gets an answer.
 */
@Tag("chain")
class CacheConcurrencyIntegrationTests {

	private static final int CALLERS = 200;

	private static final int QUESTIONS = 40;

	private static final int TENANTS = 5;

	private static final int ASKED_BY_EACH = 60;

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, EchoModel::new)
		.withPropertyValues("costwise.policies.default.cache.mode=enforce", "costwise.policies.default.cache.ttl=1s",
				"costwise.policies.default.cache.ttl-jitter=0.5");

	@Test
	@Timeout(120)
	void inProcess() {
		this.runner.withPropertyValues("costwise.cache.memory.max-entries=100").run(this::assertNothingCrosses);
	}

	@Test
	@Timeout(120)
	@RequiresRealPart(RealPart.REDIS_STACK)
	void inRedis() {
		this.runner
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisModulesConfiguration.class))
			.withPropertyValues("costwise.cache.store=redis", "costwise.cache.redis.timeout=5s",
					"costwise.cache.slow-after=5s", "costwise.cache.redis.name=test:" + System.nanoTime(),
					"spring.data.redis.host=" + RealParts.redisStack().getHost(),
					"spring.data.redis.port=" + RealParts.redisStack().getPort())
			.run(this::assertNothingCrosses);
	}

	private void assertNothingCrosses(ApplicationContext context) throws Exception {
		ChatClient client = context.getBean(ChatClient.Builder.class).build();
		CostCache cache = context.getBean(CostCache.class);
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS + 1);
		AtomicBoolean over = new AtomicBoolean();
		Semaphore questions = new Semaphore(0);
		CountDownLatch start = new CountDownLatch(1);
		try {
			List<Future<Integer>> asked = new ArrayList<>();
			for (int caller = 0; caller < CALLERS; caller++) {
				long seed = caller;
				asked.add(callers.submit(() -> {
					start.await();
					return ask(client, new Random(seed), questions);
				}));
			}
			Future<?> evicting = callers.submit(() -> {
				evict(cache, questions, over);
				return null;
			});
			start.countDown();
			int hits = 0;
			for (Future<Integer> answers : asked) {
				hits += answers.get(100, TimeUnit.SECONDS);
			}
			over.set(true);
			questions.release();
			evicting.get(10, TimeUnit.SECONDS);
			assertThat(hits).isPositive();
			assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isZero();
			assertThat(context.getBean(ResponseCache.class).statistics().policy("default").window().size())
				.isEqualTo(1_000);
		}
		finally {
			callers.shutdownNow();
		}
	}

	private static int ask(ChatClient client, Random random, Semaphore questions) {
		int hits = 0;
		for (int i = 0; i < ASKED_BY_EACH; i++) {
			questions.release();
			String tenant = "tenant" + random.nextInt(TENANTS);
			String question = "Question " + random.nextInt(QUESTIONS) + "?";
			ChatResponse response = CostScope.builder()
				.tenant(tenant)
				.build()
				.get(() -> client.prompt().system("You serve " + tenant + ".").user(question).call().chatResponse());
			assertThat(response.getResult().getOutput().getText()).isEqualTo("You serve " + tenant + ". " + question);
			hits += (response.getMetadata().get(CacheMetadata.HIT) != null) ? 1 : 0;
		}
		return hits;
	}

	/** Evicts as often as it can while questions come. */
	private static void evict(CostCache cache, Semaphore asked, AtomicBoolean over) throws InterruptedException {
		for (int i = 0; !over.get(); i++) {
			asked.acquire();
			asked.drainPermits();
			if (i % 10 == 0) {
				cache.evictAll();
			}
			else {
				cache.evictTenant("tenant" + i % TENANTS);
			}
		}
	}

	/** Answers with who it serves and what was asked. */
	private record EchoModel() implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			String text = prompt.getSystemMessage().getText() + " " + prompt.getUserMessage().getText();
			return new ChatResponse(List.of(new Generation(new AssistantMessage(text),
					ChatGenerationMetadata.builder().finishReason("stop").build())));
		}

		@Override
		public ChatOptions getDefaultOptions() {
			return ChatOptions.builder().model("gpt-5-mini").build();
		}

	}

}
