package io.github.costwise.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheMeters}.
 */
@Tag("chain")
class CacheMetersTests {

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("yes"));

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void metersWhatTheCacheDid() {
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("costwise.policies.default.cache.mode=enforce")
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				client.prompt("Is it in stock?").call().content();
				client.prompt("Is it in stock?").call().content();
				client.prompt("Is it in stock today?").call().content();
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(CacheMeters.class).bindTo(registry);
				assertThat(registry.get("costwise.cache.misses").tag("reason", "new").functionCounter().count())
					.isEqualTo(1);
				assertThat(
						registry.get("costwise.cache.bypasses").tag("reason", "live_wording").functionCounter().count())
					.isEqualTo(1);
				assertThat(registry.get("costwise.cache.hits")
					.functionCounters()
					.stream()
					.mapToDouble((counter) -> counter.count())
					.sum()).isEqualTo(1);
				assertThat(registry.get("costwise.cache.saved").functionCounter().count()).isPositive();
				assertThat(registry.get("costwise.cache.hit.rate").gauge().value()).isBetween(.33, .34);
				assertThat(registry.get("costwise.cache.lookup").functionTimer().count()).isEqualTo(2);
			});
	}

}
