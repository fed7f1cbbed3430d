package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Money;
import io.github.costwise.TargetsFailedException;
import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Kind;
import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.LoopbackExchange;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All means by which a first target can fail before its content begins: another one
 * answers or the caller gets one clear exception, and the ledger is the server's bill.
 */
@Timeout(120)
@Tag("chain")
class FaultMatrixTests {

	private static final List<Case> CASES = new ArrayList<>();

	static {
		for (int status : new int[] { 401, 403, 404, 429, 500, 502, 503, 529 }) {
			CASES.add(new Case("status-" + status, Answer.error(status), true));
		}
		for (Point point : new Point[] { Point.BEFORE_HEADERS, Point.MID_HEADERS, Point.BEFORE_BODY,
				Point.MID_CHUNK }) {
			String name = point.name().toLowerCase(Locale.ROOT).replace('_', '-');
			CASES.add(new Case("reset-" + name, lost(Fault.reset(point)), true));
			CASES.add(new Case("cut-" + name, lost(new Fault(Kind.CUT, point, 1)), true));
			CASES.add(new Case("stall-" + name, lost(Fault.stall(point)), true));
		}
		CASES.add(new Case("malformed", Answer.text("").body("event: message_start\ndata: {\"type\": \"me\n\n"), true));
		CASES.add(new Case("policy", refusal("content_policy_violation", "content policy"), false));
		CASES.add(new Case("invalid", refusal("invalid_request_error", "Unknown field"), false));
	}

	static Answer lost(Fault fault) {
		return Answer.chunks("lost ", "words").fault(fault);
	}

	static Answer refusal(String code, String message) {
		return Answer.error(400)
			.body("{\"type\":\"error\",\"error\":{\"type\":\"" + code + "\",\"code\":\"" + code + "\",\"message\":\""
					+ message + "\"}}");
	}

	static Stream<Arguments> forms() {
		return Stream.of(Provider.values())
			.flatMap((first) -> Stream.of(Arguments.of(first, false), Arguments.of(first, true)));
	}

	@ParameterizedTest
	@MethodSource("forms")
	void anotherTargetAnswersOrTheCauseIsClear(Provider first, boolean streamed) {
		try (FaultBench bench = new FaultBench(first, first.other())) {
			bench.server().handler((request) -> script(request, first).header("connection", "close"));
			bench.runner()
				.withPropertyValues("costwise.policies.default.fallback.attempt-timeout=4s")
				.run((context) -> {
					FaultBench.ask(FaultBench.client(context), "warm", streamed);
					FaultBench.ask(FaultBench.client(context), "warm-fallback", streamed);
					Map<String, Given> given = askAll(FaultBench.client(context), streamed);
					bench.server().disconnect();
					CASES.forEach((it) -> bench.settled(it.name(), it.fallsBack() ? 2 : 1));
					CASES.forEach((it) -> verify(bench, context, it, given.get(it.name()), first));
				});
		}
	}

	@ParameterizedTest
	@MethodSource("forms")
	void withoutAnotherTargetTheExceptionIsTheProvidersOwn(Provider first, boolean streamed) {
		try (FaultBench bench = new FaultBench(first)) {
			bench.server().handler((request) -> script(request, first).header("connection", "close"));
			bench.runner().run((context) -> {
				ChatModel model = context.getBean(first.bean, ChatModel.class);
				for (Case it : CASES) {
					if (it.name().startsWith("stall")) {
						continue;
					}
					Given plain = FaultBench.answer(ChatClient.create(model).prompt("question-" + it.name()), streamed);
					Given given = FaultBench.ask(FaultBench.client(context), it.name(), streamed);
					assertThat(given.error()).as(it.name()).isNotNull().hasSameClassAs(plain.error());
					assertThat(given.error()).hasMessage(plain.error().getMessage());
				}
			});
		}
	}

	private static Answer script(LoopbackRequest request, Provider failing) {
		return (request.protocol() != failing.protocol) ? Answer.chunks("good ", "answer")
				: CASES.stream()
					.filter((it) -> it.name().equals(FaultBench.name(request)))
					.findFirst()
					.map(Case::answer)
					.orElse(FaultBench.name(request).equals("warm") ? Answer.text("warm") : Answer.error(500));
	}

	/** Stalls wait together for their time to be up. */
	private static Map<String, Given> askAll(ChatClient client, boolean streamed) throws Exception {
		Map<String, Given> given = new HashMap<>();
		ExecutorService callers = Executors.newCachedThreadPool();
		try {
			Map<String, Future<Given>> stalled = new HashMap<>();
			for (Case it : CASES) {
				if (it.name().startsWith("stall")) {
					stalled.put(it.name(), callers.submit(() -> FaultBench.ask(client, it.name(), streamed)));
				}
				else {
					given.put(it.name(), FaultBench.ask(client, it.name(), streamed));
				}
			}
			for (String name : stalled.keySet()) {
				given.put(name, stalled.get(name).get());
			}
			return given;
		}
		finally {
			callers.shutdownNow();
		}
	}

	private static void verify(FaultBench bench, ApplicationContext context, Case it, Given given, Provider first) {
		assertThat(given.error() == null).as(it.name() + " " + given).isEqualTo(it.fallsBack());
		List<LoopbackExchange> exchanges = bench.exchanges(it.name());
		List<CallRecord> calls = FaultBench.event(context, it.name()).calls();
		assertThat(exchanges).as(it.name()).hasSize(it.fallsBack() ? 2 : 1);
		assertThat(calls).as(it.name())
			.extracting((call) -> call.target().requestedModel())
			.containsExactlyElementsOf(exchanges.stream().map((exchange) -> exchange.request().model()).toList());
		verifyFailed(it, calls.get(0), first);
		if (it.fallsBack()) {
			assertThat(given.text()).as(it.name()).isEqualTo("good answer");
			verifyAnswered(it, calls.get(1), first.other());
		}
		else {
			assertThat(given.text()).as(it.name()).isEmpty();
			assertThat(given.error()).as(it.name()).isNotNull().isNotInstanceOf(TargetsFailedException.class);
		}
	}

	private static void verifyFailed(Case it, CallRecord call, Provider first) {
		boolean stalled = it.name().startsWith("stall");
		assertThat(call.purpose()).as(it.name()).isEqualTo(Purpose.ANSWER);
		assertThat(call.target().provider()).as(it.name()).isEqualTo(first.name().toLowerCase(Locale.ROOT));
		assertThat(call.outcome()).as(it.name() + " " + call).isEqualTo(stalled ? Outcome.TIMED_OUT : Outcome.FAILED);
		boolean accepted = !it.name().startsWith("status") && it.fallsBack() && !it.name().endsWith("headers");
		if (accepted) {
			assertThat(call.usage().source()).as(it.name())
				.isIn(UsageSource.ESTIMATED, UsageSource.PARTLY_ESTIMATED, UsageSource.REPORTED);
			assertThat(call.price().amount()).as(it.name()).isGreaterThan(Money.ZERO);
		}
		else if (!stalled) {
			assertThat(call.usage().source()).as(it.name()).isEqualTo(UsageSource.NONE);
			assertThat(call.price().amount()).as(it.name()).isEqualTo(Money.ZERO);
		}
		if (!(stalled && call.timing().streamed())) {
			assertThat(call.ending().attempts()).as(it.name()).hasSize(1);
		}
	}

	private static void verifyAnswered(Case it, CallRecord call, Provider provider) {
		assertThat(call.purpose()).as(it.name()).isEqualTo(Purpose.FALLBACK);
		assertThat(call.target().provider()).as(it.name()).isEqualTo(provider.name().toLowerCase(Locale.ROOT));
		assertThat(call.outcome()).as(it.name()).isEqualTo(Outcome.SUCCEEDED);
		assertThat(call.usage().source()).as(it.name()).isEqualTo(UsageSource.REPORTED);
		assertThat(call.usage().tokens().promptTokens()).as(it.name()).isEqualTo(10);
		assertThat(call.usage().tokens().outputTokens()).as(it.name()).isEqualTo(5);
		assertThat(call.ending().attempts()).as(it.name()).hasSize(1);
	}

	/**
	 * What the first target does.
	 *
	 * @param name the question
	 * @param answer the answer to it
	 * @param fallsBack whether another target is asked then
	 */
	record Case(String name, Answer answer, boolean fallsBack) {

	}

}
