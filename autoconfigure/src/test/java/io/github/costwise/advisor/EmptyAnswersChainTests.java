package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CallLimits;
import io.github.costwise.CostScope;
import io.github.costwise.TargetsFailedException;
import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.TargetState;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.AnswerBodies;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackRequest;
import io.github.costwise.testsupport.SpringAi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers with status 200 that answer nothing, by the real clients of three targets.
 */
@Timeout(120)
@Tag("chain")
class EmptyAnswersChainTests {

	private static final String THOUGHT_IN_CONTENT = SpringAi.showsThoughtsOfAnthropic() ? "hmmmmm" : "";

	private static final String EMPTY = "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s},"
			+ "\"finish_reason\":\"%s\"}";

	private static final String DELTA = "{\"index\":0,\"delta\":%s,\"finish_reason\":%s}";

	private static final String THOUGHT = "[{\"type\":\"thinking\",\"thinking\":\"hmmmmm\",\"signature\":\"sig\"}]";

	private static final List<Case> CASES = new ArrayList<>();

	static {
		call(Provider.OPENAI, "no content", AnswerBodies.openAi(EMPTY.formatted("null", "stop")));
		call(Provider.OPENAI, "empty content", AnswerBodies.openAi(EMPTY.formatted("\"\"", "stop")));
		call(Provider.OPENAI, "white space", AnswerBodies.openAi(EMPTY.formatted("\" \\n\\t \"", "stop")));
		call(Provider.OPENAI, "failed behind a gateway", AnswerBodies.openAi(EMPTY.formatted("\"\"", "error")));
		call(Provider.OPENAI, "tools announced and none called",
				AnswerBodies.openAi(EMPTY.formatted("null", "tool_calls")));
		call(Provider.OPENAI, "no message",
				AnswerBodies.openAi("{\"index\":0,\"message\":null,\"finish_reason\":\"stop\"}"));
		call(Provider.OPENAI, "no choices", "{\"choices\":[]}");
		call(Provider.OPENAI, "null choices", "{\"choices\":null}");
		call(Provider.OPENAI, "error with status 200", "{\"error\":{\"message\":\"upstream failed\",\"code\":502}}");
		stream(Provider.OPENAI, "role only",
				AnswerBodies.openAiStream(DELTA.formatted("{\"role\":\"assistant\"}", "null")));
		stream(Provider.OPENAI, "role and end",
				AnswerBodies.openAiStream(DELTA.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "\"stop\"")));
		stream(Provider.OPENAI, "white space", AnswerBodies.openAiStream(DELTA.formatted("{\"content\":\" \"}", "null"),
				DELTA.formatted("{\"content\":\"\\n\"}", "\"stop\"")));
		stream(Provider.OPENAI, "usage only", AnswerBodies.openAiStream());
		stream(Provider.OPENAI, "done only", "data: [DONE]\n\n");
		stream(Provider.OPENAI, "pings only", ": ping\n\n: PROCESSING\n\n: ping\n\n");
		stream(Provider.OPENAI, "error event", "data: {\"error\":{\"message\":\"boom\",\"code\":502}}\n\n");
		stream(Provider.OPENAI, "error as a text", "data: {\"error\":\"boom\"}\n\n");
		call(Provider.ANTHROPIC, "no blocks", AnswerBodies.anthropic("[]", "end_turn"));
		call(Provider.ANTHROPIC, "only what counts", "{\"content\":[],\"stop_reason\":\"end_turn\"}");
		call(Provider.ANTHROPIC, "empty block",
				AnswerBodies.anthropic("[{\"type\":\"text\",\"text\":\"\"}]", "end_turn"));
		call(Provider.ANTHROPIC, "thoughts only", AnswerBodies.anthropic(THOUGHT, "end_turn"));
		call(Provider.ANTHROPIC, "error with status 200",
				"{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"boom\"}}");
		stream(Provider.ANTHROPIC, "start only", AnswerBodies.anthropicStream("[]", null));
		stream(Provider.ANTHROPIC, "start and ping",
				AnswerBodies.anthropicStream("[]", null) + "event: ping\ndata: {\"type\":\"ping\"}\n\n");
		stream(Provider.ANTHROPIC, "start and end", AnswerBodies.anthropicStream("[]", "end_turn"));
		stream(Provider.ANTHROPIC, "empty block",
				AnswerBodies.anthropicStream("[{\"type\":\"text\",\"text\":\"\"}]", "end_turn"));
		stream(Provider.ANTHROPIC, "error event",
				"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"O\"}}\n\n");
		for (Provider provider : Provider.values()) {
			for (String body : List.of("", "{}", "<html><body>Bad gateway</body></html>")) {
				call(provider, "body '" + body + "'", body);
				stream(provider, "body '" + body + "'", body);
			}
		}
	}

	private static void call(Provider provider, String name, String body) {
		CASES.add(new Case(provider, name, body, false));
	}

	private static void stream(Provider provider, String name, String body) {
		CASES.add(new Case(provider, name, body, true));
	}

	private static List<Case> cases(Provider provider, boolean streamed) {
		return CASES.stream().filter((it) -> it.provider() == provider && it.streamed() == streamed).toList();
	}

	static Stream<Arguments> forms() {
		return Stream.of(Provider.values())
			.flatMap((first) -> Stream.of(Arguments.of(first, false), Arguments.of(first, true)));
	}

	/** The first provider's model, the other's, and a third. */
	private static ApplicationContextRunner three(FaultBench bench) {
		String third = "costwise.routing.tiers.standard.targets[2].";
		return bench.runner().withPropertyValues(third + "bean=openAi", third + "model=gpt-4o-mini");
	}

	private static List<String> asked(FaultBench bench) {
		return bench.server().requests().stream().map(LoopbackRequest::model).toList();
	}

	@ParameterizedTest
	@MethodSource("forms")
	void anotherTargetAnswers(Provider first, boolean streamed) {
		try (FaultBench bench = new FaultBench(first, first.other())) {
			three(bench).run((context) -> {
				for (Case given : cases(first, streamed)) {
					bench.server().enqueue(given.answer(), Answer.error(500), Answer.chunks("good ", "answer"));
					String name = "case-" + CASES.indexOf(given);
					Given got = FaultBench.ask(FaultBench.client(context), name, streamed);
					assertThat(got.error()).as(given.name()).isNull();
					assertThat(got.text()).as(given.name()).isEqualTo("good answer");
					verifyThree(bench, name, first, FaultBench.event(context, name).calls());
				}
			});
		}
	}

	private static void verifyThree(FaultBench bench, String name, Provider first, List<CallRecord> calls) {
		assertThat(bench.exchanges(name)).extracting((exchange) -> exchange.request().model())
			.containsExactly(first.model("standard"), first.other().model("standard"), "gpt-4o-mini");
		assertThat(calls).extracting(CallRecord::outcome)
			.containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.SUCCEEDED);
		assertThat(calls).extracting(CallRecord::purpose)
			.containsExactly(Purpose.ANSWER, Purpose.FALLBACK, Purpose.FALLBACK);
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void healthOfTheTargetCountsThem(Provider first) {
		for (boolean streamed : new boolean[] { false, true }) {
			try (FaultBench bench = new FaultBench(first, first.other())) {
				bench.server()
					.enqueue(Answer.chunks(), Answer.text("1"), Answer.chunks(), Answer.text("2"), Answer.text("3"));
				bench.runner()
					.withPropertyValues("costwise.fallback.health.minimum-calls=2", "costwise.fallback.health.window=2")
					.run((context) -> {
						for (String name : List.of("one", "two", "three")) {
							FaultBench.ask(FaultBench.client(context), name, streamed);
						}
						assertThat(context.getBean(TargetHealth.class).states()).extracting(TargetState::state)
							.contains(TargetState.CircuitState.FAILING);
						assertThat(asked(bench)).hasSize(5).endsWith(first.other().model("standard"));
					});
			}
		}
	}

	@ParameterizedTest
	@MethodSource("forms")
	void withRoutingOnlyTheCallerGetsWhatCame(Provider first, boolean streamed) {
		reachesTheCallerAsItIs(first, streamed, "costwise.policies.default.fallback.enabled=false");
	}

	@ParameterizedTest
	@MethodSource("forms")
	void withNeitherTheCallerGetsWhatCame(Provider first, boolean streamed) {
		reachesTheCallerAsItIs(first, streamed, "costwise.policies.default.fallback.enabled=false",
				"costwise.policies.default.routing.mode=off", "costwise.chat.default-model=" + first.bean);
	}

	private static void reachesTheCallerAsItIs(Provider first, boolean streamed, String... properties) {
		try (FaultBench bench = new FaultBench(first)) {
			bench.runner().withPropertyValues(properties).run((context) -> {
				ChatClient plain = ChatClient.create(context.getBean(first.bean, ChatModel.class));
				for (Case given : cases(first, streamed)) {
					bench.server().handler((request) -> given.answer());
					String name = "case-" + CASES.indexOf(given);
					Given wanted = FaultBench.answer(plain.prompt("question-plain"), streamed);
					Given got = FaultBench.ask(FaultBench.client(context), name, streamed);
					assertThat(got.text()).as(given.name()).isEqualTo(wanted.text());
					assertThat(got.error() == null).as(given.name()).isEqualTo(wanted.error() == null);
					assertThat(FaultBench.event(context, name).calls()).as(given.name())
						.singleElement()
						.satisfies((call) -> assertThat(call.outcome()).isEqualTo(Outcome.FAILED))
						.satisfies((call) -> assertThat(call.ending().errorType()).isNotNull());
				}
			});
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenAllAnswerNothingTheCallerGetsTheLast(boolean streamed) {
		try (FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC)) {
			bench.server().handler((request) -> Answer.chunks());
			three(bench).run((context) -> {
				Given got = FaultBench.ask(FaultBench.client(context), "all", streamed);
				assertThat(got.error()).isNull();
				assertThat(got.text()).isIn("", "null");
				assertThat(asked(bench)).hasSize(3);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void afterAFailureAnEmptyAnswerIsOneMore(boolean streamed) {
		try (FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC)) {
			bench.server().enqueue(Answer.error(500), Answer.chunks());
			bench.runner().run((context) -> {
				Given got = FaultBench.ask(FaultBench.client(context), "both", streamed);
				assertThat(got.error()).isInstanceOf(TargetsFailedException.class)
					.hasMessageContaining(
							"openAi/gpt-5-mini SERVER_ERROR (500), " + "anthropic/claude-haiku-4-5 MALFORMED_ANSWER");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whereALimitKeepsTheNextFromBeingAskedTheEmptyAnswerIsGiven(boolean streamed) {
		try (FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC)) {
			bench.server().enqueue(Answer.chunks());
			bench.runner().run((context) -> {
				CostScope scope = CostScope.builder().feature("limit").limits(new CallLimits(null, 1, null)).build();
				Given got = scope
					.get(() -> FaultBench.answer(FaultBench.client(context).prompt("question-limit"), streamed));
				assertThat(got.error()).isNull();
				assertThat(asked(bench)).hasSize(1);
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void contentWithoutAnEndIsGivenAndCounted(Provider first) {
		String cut = (first == Provider.OPENAI)
				? AnswerBodies.openAiStream(DELTA.formatted("{\"content\":\"Half a\"}", "null"))
				: AnswerBodies.anthropicStream("[{\"type\":\"text\",\"text\":\"Half a\"}]", null);
		given(first, Answer.text("").body(cut), true, "Half a", CallRecord.INCOMPLETE);
		if (first == Provider.ANTHROPIC) {
			given(first,
					Answer.text("").body(AnswerBodies.anthropic("[{\"type\":\"text\",\"text\":\"Half a\"}]", null)),
					false, "Half a", CallRecord.INCOMPLETE);
		}
	}

	@Test
	void thoughtsCutByALimitAreGiven() {
		String openAi = AnswerBodies.openAi("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\","
				+ "\"reasoning_content\":\"hm\"},\"finish_reason\":\"length\"}");
		given(Provider.OPENAI, Answer.text("").body(openAi), false, "", "CutOffAnswer");
		given(Provider.OPENAI,
				Answer.text("")
					.body(AnswerBodies.openAiStream(DELTA.formatted("{\"reasoning_content\":\"hm\"}", "null"),
							DELTA.formatted("{}", "\"length\""))),
				true, "", "CutOffAnswer");
		given(Provider.ANTHROPIC, Answer.text("").body(AnswerBodies.anthropicStream(THOUGHT, "max_tokens")), true,
				THOUGHT_IN_CONTENT, "CutOffAnswer");
	}

	@Test
	void withheldAnswerIsGivenUnlessThePolicyAsksAnother() {
		String call = AnswerBodies.openAi(EMPTY.formatted("null", "content_filter"));
		String stream = AnswerBodies.openAiStream(DELTA.formatted("{}", "\"content_filter\""));
		for (boolean streamed : new boolean[] { false, true }) {
			Answer withheld = Answer.text("").body(streamed ? stream : call);
			given(Provider.OPENAI, withheld, streamed, "", "WithheldAnswer");
			try (FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC)) {
				bench.server().enqueue(withheld, Answer.text("ok"));
				bench.runner()
					.withPropertyValues("costwise.policies.default.fallback.reactions.content-policy=other-provider")
					.run((context) -> assertThat(FaultBench.ask(FaultBench.client(context), "other", streamed).text())
						.isEqualTo("ok"));
			}
		}
	}

	@Test
	void refusalInItsOwnFieldIsAnAnswer() {
		given(Provider.OPENAI,
				Answer.text("")
					.body(AnswerBodies.openAi("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
							+ "\"refusal\":\"I cannot\"},\"finish_reason\":\"stop\"}")),
				false, "", null);
		given(Provider.OPENAI,
				Answer.text("")
					.body(AnswerBodies.openAiStream(DELTA.formatted("{\"refusal\":\"I cannot\"}", "\"stop\""))),
				true, "", null);
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void emptyEndAfterTheResultOfAToolIsGiven(Provider first) {
		for (boolean streamed : new boolean[] { false, true }) {
			try (FaultBench bench = new FaultBench(first, first.other())) {
				bench.server().enqueue(Answer.tool("time", "{}"), Answer.chunks());
				bench.runner().run((context) -> {
					Given got = FaultBench.scope("tool")
						.get(() -> FaultBench.answer(
								FaultBench.client(context).prompt("question-tool").tools(new FaultBench.Tools()),
								streamed));
					assertThat(got.error()).isNull();
					assertThat(asked(bench)).hasSize(2);
					assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::outcome)
						.containsOnly(Outcome.SUCCEEDED);
				});
			}
		}
	}

	/** One attempt, whose answer the caller gets although another target is there. */
	private static void given(Provider first, Answer answer, boolean streamed, String text, String errorType) {
		try (FaultBench bench = new FaultBench(first, first.other())) {
			bench.server().enqueue(answer);
			bench.runner().run((context) -> {
				Given got = FaultBench.ask(FaultBench.client(context), "given", streamed);
				assertThat(got.error()).isNull();
				assertThat(got.text()).isIn(text, text.isEmpty() ? "null" : text);
				assertThat(asked(bench)).hasSize(1);
				CallRecord call = only(context);
				assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED);
				assertThat(call.ending().errorType()).isEqualTo(errorType);
			});
		}
	}

	private static CallRecord only(ApplicationContext context) {
		List<CallRecord> calls = CostwiseRunner.calls(context);
		assertThat(calls).hasSize(1);
		return calls.get(0);
	}

	/**
	 * What the first target answers.
	 *
	 * @param provider whose
	 * @param name what it is
	 * @param body the body
	 * @param streamed whether it is asked for a stream
	 */
	record Case(Provider provider, String name, String body, boolean streamed) {

		Answer answer() {
			Answer answer = Answer.text("").body(this.body);
			return this.body.startsWith("<") ? answer.header("content-type", "text/html") : answer;
		}

	}

}
