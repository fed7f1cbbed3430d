package io.github.costwise.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.FailureKind;
import io.github.costwise.pipeline.FlowBench.Trouble;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallPillar}: where pillars take part in calls.
 */
@Tag("unit")
class CallPillarTests {

	private final List<String> done = new ArrayList<>();

	private final List<String> sent = new ArrayList<>();

	private final Shaping first = new Shaping("first");

	private final Shaping second = new Shaping("second");

	private final FlowBench bench = new FlowBench(List.of(this.first, this.second), FlowBench.LIGHT, FlowBench.PEER);

	private FlowDriver begin(boolean streamed, RoutingPolicy.RoutingMode mode, GateRules gate) {
		FlowSite site = new FlowSite(streamed);
		FallbackPolicy fallback = (mode == RoutingPolicy.RoutingMode.OFF) ? FallbackPolicy.OFF : FlowBench.FALLBACK;
		return this.bench.begin(this.bench.turn(mode, fallback, gate), site);
	}

	private FlowDriver routed(boolean streamed) {
		return begin(streamed, RoutingPolicy.RoutingMode.ENFORCE, GateRules.OFF);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestIsShapedOnceACallAndFittedOnceAnAttempt(boolean streamed) {
		this.bench.routing = (request) -> this.done.add("route");
		FlowDriver driver = routed(streamed);
		driver.fail(new Trouble(FailureKind.SERVER_ERROR));
		driver.sent();
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
		assertThat(this.done).filteredOn((step) -> !step.startsWith("watch"))
			.containsExactly("shape first", "shape second", "route", "plan first light", "plan second light",
					"plan first peer", "plan second peer");
		assertThat(driver.plan().prompt().getContents())
			.isEqualTo("How far is the moon? shaped by first shaped by second planned by first planned by second");
	}

	@Test
	void callOfTheClientsOwnModelIsShaped() {
		FlowDriver driver = begin(false, RoutingPolicy.RoutingMode.OFF, GateRules.OFF);
		driver.answer(Answers.of("far"));
		assertThat(driver.plan().prompt().getContents()).contains("shaped by second planned by first");
		assertThat(driver.asked).containsExactly("own ANSWER");
	}

	@Test
	void callThatWasDecidedElsewhereIsShapedAndNotRouted() {
		CostTurn turn = this.bench.turn(RoutingPolicy.RoutingMode.ENFORCE, FlowBench.FALLBACK, GateRules.OFF);
		FlowDriver driver = new FlowDriver(this.bench, this.bench.flows.begin(turn, new FlowSite(false),
				this.bench.decision(FlowBench.PEER), Purpose.ESCALATION));
		driver.answer(Answers.of("far"));
		assertThat(driver.asked).containsExactly("peer ESCALATION");
		assertThat(driver.plan().prompt().getContents()).contains("shaped by first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "shape", "plan", "watch", "end" })
	void pillarThatFailsChangesNothing(String step) {
		this.first.failing = step;
		FlowDriver driver = routed(true);
		Attempt asked = driver.sent();
		driver.chunk(Answers.chunk("far"));
		driver.chunk(Answers.end(3));
		driver.flow.answered(asked, null);
		assertThat(driver.given()).isSameAs(asked);
		assertThat(driver.plan().prompt().getContents()).contains("planned by second");
		assertThat(this.bench.faults.count(Faults.Kind.LISTENER)).isPositive();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void answerEndsWithItsFinishReasonAndIsBilledByWhatCame(boolean ownModel) {
		this.second.ending = "enough";
		FlowDriver driver = begin(true, ownModel ? RoutingPolicy.RoutingMode.OFF : RoutingPolicy.RoutingMode.ENFORCE,
				GateRules.OFF);
		Attempt asked = driver.sent();
		List<String> stopped = new ArrayList<>();
		asked.stopsBy(() -> stopped.add("stopped"));
		assertThat(driver.chunk(Answers.chunk("fa"))).isNotEqualTo(ChunkStep.STOP);
		assertThat(driver.chunk(Answers.chunk("r enough"))).isEqualTo(ChunkStep.STOP);
		assertThat(driver.flow.ending().getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		assertThat(driver.flow.answered(asked, null)).isTrue();
		assertThat(stopped).containsExactly("stopped");
		assertThat(driver.given()).isSameAs(asked);
		assertThat(asked.meter().verdict()).isEqualTo(AnswerVerdict.WHOLE);
		assertThat(this.bench.booked).singleElement().satisfies(this::isWholeForItsCaller);
	}

	private void isWholeForItsCaller(CallRecord call) {
		assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED);
		assertThat(call.ending().errorType()).isNull();
		assertThat(call.usage().tokens().outputTokens()).isEqualTo("far enough".length());
		assertThat(call.usage().source()).isNotEqualTo(UsageSource.REPORTED);
	}

	@Test
	void answerThatIsHeldBackEndsEarlyToo() {
		this.first.ending = "enough";
		FlowDriver driver = begin(true, RoutingPolicy.RoutingMode.ENFORCE,
				new GateRules(GateRules.GateMode.ENFORCE, 1, null, true));
		Attempt asked = driver.sent();
		assertThat(driver.chunk(Answers.chunk("far enough"))).isEqualTo(ChunkStep.STOP);
		assertThat(driver.flow.answered(asked, null)).isTrue();
		assertThat(driver.given()).isSameAs(asked);
	}

	@Test
	void stepsThatPillarsTakePartInMayBlock() {
		CostTurn turn = this.bench.turn(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF, GateRules.OFF);
		CallFlow flow = this.bench.flows.begin(turn, new FlowSite(true));
		assertThat(flow.mayBlock()).isTrue();
		assertThat(flow.next()).isInstanceOfSatisfying(CallStep.RunWork.class, (step) -> step.work().run());
		assertThat(flow.mayBlock()).isTrue();
		assertThat(flow.next()).isInstanceOf(CallStep.Send.class);
		assertThat(flow.mayBlock()).isFalse();
		CallFlow plain = new FlowBench(FlowBench.LIGHT).flows.begin(turn, new FlowSite(true));
		assertThat(plain.mayBlock()).isFalse();
	}

	@Test
	void nothingWatchesAnAnswerThatComesWhole() {
		FlowDriver driver = routed(false);
		driver.answer(Answers.of("far enough"));
		assertThat(this.done).noneMatch((step) -> step.startsWith("watch"));
	}

	/** Adds a text at each step. */
	private final class Shaping implements CallPillar {

		private final String name;

		private @Nullable String failing;

		private @Nullable String ending;

		Shaping(String name) {
			this.name = name;
		}

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public Faults.Kind faultKind() {
			return Faults.Kind.LISTENER;
		}

		@Override
		public Prompt shape(CostTurn turn, Prompt prompt) {
			step("shape", "");
			return with(prompt, (text) -> text + " shaped by " + this.name);
		}

		@Override
		public CallPlan plan(CostTurn turn, CallPlan plan) {
			step("plan", (plan.target() != null) ? " " + plan.target().name() : "");
			Prompt fitted = with(plan.prompt(), (text) -> text + " planned by " + this.name);
			return new CallPlan(plan.target(), new PromptSize(fitted), plan.context(), plan.address(), plan.streamed(),
					plan.appended(), plan.purpose());
		}

		private static Prompt with(Prompt prompt, UnaryOperator<String> change) {
			ChatOptions options = prompt.getOptions();
			return new Prompt(change.apply(prompt.getContents()), options);
		}

		@Override
		public @Nullable EarlyEnd watch(CostTurn turn, CallPlan plan) {
			step("watch", "");
			StringBuilder seen = new StringBuilder();
			return (chunk) -> end(seen, chunk);
		}

		private @Nullable String end(StringBuilder seen, ChatResponse chunk) {
			step("end", "");
			seen.append(chunk.getResult().getOutput().getText());
			return (this.ending != null && seen.indexOf(this.ending) >= 0) ? "stop" : null;
		}

		private void step(String what, String where) {
			if (what.equals(this.failing)) {
				throw new IllegalStateException("Fails on purpose");
			}
			if (!"end".equals(what)) {
				CallPillarTests.this.done.add(what + " " + this.name + where);
			}
		}

	}

}
