package io.github.costwise.advisor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.accounting.usage.TokenCounters;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.pricing.StandardPriceCatalog;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.spi.CostListener;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.spi.NonAnswerRule;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.QualityGate;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.spi.UsageNormalizer;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans of the application that throw an error whatever they are asked: the caller gets
 * the answer all the same.
 */
@Timeout(60)
@Tag("chain")
class BrokenBeansChainTests {

	private static final String QUESTION = "What is the capital of France?";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final AtomicBoolean broken = new AtomicBoolean();

	private final AtomicInteger asked = new AtomicInteger();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
		.withPropertyValues("costwise.chat.default-model=openAi",
				"costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.routing.tiers.premium.targets[0].bean=anthropic",
				"costwise.routing.tiers.premium.targets[0].model=claude-opus-4-5",
				"costwise.policies.default.routing.mode=enforce", "costwise.policies.default.gate.mode=enforce",
				"costwise.policies.default.gate.buffer-streams=true", "costwise.policies.default.fallback.enabled=true",
				"costwise.policies.default.cache.mode=enforce", "costwise.policies.default.cache.shared=true");

	@AfterEach
	void close() {
		this.provider.close();
	}

	static Stream<Class<?>> types() {
		return Stream.of(AttributionResolver.class, CostListener.class, UsageLedger.class, PriceCatalog.class,
				UsageNormalizer.class, TokenCounter.class, CachePartitionResolver.class, ResponseCacheStore.class,
				NonAnswerRule.class, ModelRouter.class, QualityGate.class, FailureClassifier.class, TextEncoder.class);
	}

	@ParameterizedTest
	@MethodSource("types")
	void callIsAnswered(Class<?> type) {
		run(type, (client) -> client.prompt(QUESTION).call().content());
	}

	@ParameterizedTest
	@MethodSource("types")
	void streamIsAnswered(Class<?> type) {
		run(type, (client) -> client.prompt(QUESTION).stream().content().toStream().collect(Collectors.joining()));
	}

	private <T> void run(Class<T> type, Asking asking) {
		if (type == FailureClassifier.class) {
			this.provider.enqueue(Answer.error(500));
		}
		Answer answer = Answer.text("Paris");
		this.provider.enqueue((type == TokenCounter.class) ? answer.withoutUsage() : answer);
		this.runner.withBean("own", type, () -> bean(type)).withPropertyValues(properties(type)).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			this.broken.set(true);
			assertThat(asking.ask(client)).isEqualTo("Paris");
			Eventually.holds(() -> this.asked.get() > 0);
			this.broken.set(false);
		});
	}

	private static String[] properties(Class<?> type) {
		return (type == TextEncoder.class) ? new String[] { "costwise.policies.default.cache.semantic.enabled=true" }
				: new String[0];
	}

	private <T> T bean(Class<T> type) {
		Object whole = whole(type);
		InvocationHandler handler = (proxy, method, arguments) -> {
			if (method.getDeclaringClass() == Object.class) {
				return method.invoke(this, arguments);
			}
			if (this.broken.get()) {
				this.asked.incrementAndGet();
				throw new AssertionError("This bean is broken");
			}
			try {
				return (whole != null) ? method.invoke(whole, arguments) : null;
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/** What is asked while the application starts and ends. */
	private static @Nullable Object whole(Class<?> type) {
		return Map
			.of(PriceCatalog.class, new StandardPriceCatalog(List.of(), new Background(new Faults())),
					TokenCounter.class, TokenCounters.jtokkit())
			.get(type);
	}

	@FunctionalInterface
	private interface Asking {

		String ask(ChatClient client);

	}

}
