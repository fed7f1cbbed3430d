package io.github.costwise.advisor;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every provider takes over from every other, whatever threads their clients use.
 */
@Timeout(120)
@Tag("chain")
class FallbackAcrossProvidersTests {

	private static final List<String> MODELS = List.of("openAi/gpt-5-mini", "anthropic/claude-haiku-4-5",
			"google/gemini-2.5-flash", "ollama/llama3.2");

	static Stream<Arguments> pairs() {
		return MODELS.stream()
			.flatMap((from) -> MODELS.stream().filter((to) -> !to.equals(from)).map((to) -> Arguments.of(from, to)));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void takesOver(String from, String to) {
		try (LoopbackProvider server = new LoopbackProvider()) {
			List<Answer> faults = List.of(Answer.error(500), Answer.error(429),
					Answer.text("lost").fault(Fault.reset(Point.BEFORE_HEADERS)),
					Answer.text("lost").fault(Fault.reset(Point.BEFORE_BODY)));
			CostwiseRunner.create()
				.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(server))
				.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(server))
				.withBean("google", ChatModel.class, () -> LoopbackModels.google(server))
				.withBean("ollama", ChatModel.class, () -> LoopbackModels.ollama(server))
				.withPropertyValues("costwise.chat.default-model=openAi",
						"costwise.policies.default.routing.mode=enforce",
						"costwise.policies.default.fallback.enabled=true",
						"costwise.policies.default.fallback.deadline=100s",
						"costwise.fallback.health.minimum-calls=1000", "costwise.fallback.health.window=1000")
				.withPropertyValues(target(0, from))
				.withPropertyValues(target(1, to))
				.run((context) -> {
					for (boolean streamed : new boolean[] { false, true }) {
						for (Answer fault : faults) {
							server.enqueue(fault.header("connection", "close"),
									Answer.chunks("good ", "answer").header("connection", "close"));
							FaultBench.Given given = FaultBench.ask(FaultBench.client(context), "across", streamed);
							assertThat(given.text()).as("%s %s %s", streamed, fault.toString(), given)
								.isEqualTo("good answer");
						}
					}
					List<CallRecord> calls = CostwiseRunner.calls(context);
					assertThat(calls).hasSize(16).hasSameSizeAs(server.requests());
					assertThat(calls).filteredOn((call) -> call.outcome() == Outcome.SUCCEEDED)
						.hasSize(8)
						.allSatisfy((call) -> assertThat(to).endsWith(call.target().requestedModel()));
				});
		}
	}

	private static String[] target(int index, String name) {
		String prefix = "costwise.routing.tiers.standard.targets[" + index + "].";
		return new String[] { prefix + "bean=" + name.split("/")[0], prefix + "model=" + name.split("/")[1] };
	}

}
