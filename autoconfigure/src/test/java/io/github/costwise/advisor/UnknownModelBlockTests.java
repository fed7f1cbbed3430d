package io.github.costwise.advisor;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.UnknownModelPriceException;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Models without a price are refused, in calls and streams, only where neither the
 * catalogue nor the provider can tell what they cost.
 */
@Tag("chain")
class UnknownModelBlockTests {

	private static final String USAGE = "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15%s}";

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource(value = { "openrouter, acme/model, ',\"cost\":0.01', EXACT",
			"perplexity, sonar-unheard-of, ',\"cost\":{\"total_cost\":0.01}', EXACT",
			"xai, grok-unheard-of, ',\"cost_in_usd_ticks\":100000000', EXACT", "openrouter, acme/model, '', UNKNOWN",
			"-, gpt-5-mini, '', ESTIMATED", "openai, gpt-5-mini, '', EXACT" })
	void whatCanBePricedPasses(String provider, String model, String cost, PriceState state) {
		this.server.handler((request) -> Answer.text("a").usage(USAGE.formatted(cost)));
		runner(provider, model).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			client.prompt("Q").call().content();
			client.prompt("Q").stream().content().blockLast();
			assertThat(CostwiseRunner.calls(context)).hasSize(2)
				.allSatisfy((call) -> assertThat(call.price().state()).isEqualTo(state));
		});
	}

	@ParameterizedTest
	@CsvSource({ "openai, gpt-5-foo", "anthropic, claude-foo", "-, our-own-llama", "-, openai/gpt-oss-20b" })
	void whatNobodyCanPriceIsRefused(String provider, String model) {
		runner(provider, model).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			assertThatExceptionOfType(UnknownModelPriceException.class)
				.isThrownBy(() -> client.prompt("Q").call().content());
			assertThatExceptionOfType(UnknownModelPriceException.class)
				.isThrownBy(() -> client.prompt("Q").stream().content().blockLast());
			assertThat(this.server.requests()).isEmpty();
			assertThat(CostwiseRunner.events(context)).hasSize(2)
				.allSatisfy((event) -> assertThat(event.turn().outcome()).isEqualTo(TurnRecord.TurnOutcome.REFUSED));
		});
	}

	private ApplicationContextRunner runner(String provider, String model) {
		ApplicationContextRunner runner = CostwiseRunner.create()
			.withPropertyValues("costwise.pricing.unknown-model=block")
			.withBean(ChatModel.class, () -> LoopbackModels.openAi(this.server, (options) -> options.model(model),
					ObservationRegistry.NOOP, List.of()));
		return provider.equals("-") ? runner
				: runner.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=" + provider);
	}

}
