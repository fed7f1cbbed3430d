package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.TurnDeadlineException;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.FailureKind;
import io.github.costwise.pipeline.FlowBench.Trouble;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallFlow}: streams, of which the caller sees something before the end.
 */
@Tag("unit")
class CallFlowStreamTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final GateRules HELD = new GateRules(GateRules.GateMode.ENFORCE, 1, null, true);

	private static final ChatResponse EMPTY = Answers.chunk("");

	private final Trouble down = new Trouble(FailureKind.SERVER_ERROR);

	private final FlowBench bench = new FlowBench(FlowBench.LIGHT, FlowBench.PEER, FlowBench.STRONG);

	private final FlowSite site = new FlowSite(true);

	private CostTurn turn = this.bench.turn(policy(null, SECOND, false));

	private static FallbackPolicy policy(@Nullable Duration deadline, @Nullable Duration attempt, boolean thoughts) {
		return new FallbackPolicy(true, 3, deadline, attempt, null, false, MINUTE, Map.of(), thoughts);
	}

	private FlowDriver begin(FallbackPolicy policy, GateRules gate) {
		this.turn = this.bench.turn(RoutingPolicy.RoutingMode.ENFORCE, policy, gate);
		return this.bench.begin(this.turn, this.site);
	}

	private FlowDriver begin() {
		return this.bench.begin(this.turn, this.site);
	}

	@Test
	void everythingOfTheClientsOwnModelIsPassedOn() {
		FlowDriver driver = this.bench
			.begin(this.bench.turn(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF, GateRules.OFF), this.site);
		Attempt asked = driver.sent();
		assertThat(driver.chunk(EMPTY)).isEqualTo(ChunkStep.PASS);
		assertThat(driver.flow.chunk(asked, null)).isEqualTo(ChunkStep.PASS);
		assertThat(driver.chunk(Answers.thought("hm"))).isEqualTo(ChunkStep.PASS);
		assertThat(driver.flow.answered(asked, null)).isTrue();
		assertThat(driver.given()).isSameAs(asked);
	}

	@Test
	void contentIsPassedOnWithWhatWaitedAndBindsTheCall() {
		FlowDriver driver = begin();
		Attempt asked = driver.sent();
		assertThat(driver.chunk(EMPTY)).isEqualTo(ChunkStep.HOLD);
		assertThat(driver.flow.chunk(asked, null)).isEqualTo(ChunkStep.HOLD);
		assertThat(driver.chunk(Answers.chunk("fa"))).isEqualTo(ChunkStep.PASS_HELD);
		assertThat(driver.chunk(Answers.chunk("r"))).isEqualTo(ChunkStep.PASS);
		assertThat(driver.flow.patience()).isNull();
		this.bench.time.advance(MINUTE);
		assertThat(driver.flow.overdue(asked)).isFalse();
		assertThat(driver.flow.failed(asked, this.down)).isTrue();
		assertThat(driver.error()).isSameAs(this.down);
		assertThat(driver.asked).hasSize(1);
		assertThat(this.bench.health.states()).singleElement()
			.satisfies((state) -> assertThat(state.calls()).isEqualTo(1));
	}

	@Test
	void deadlineOfTheTurnEndsAStreamThatHasBegun() {
		FlowDriver driver = begin(policy(MINUTE, SECOND, false), GateRules.OFF);
		Attempt asked = driver.sent();
		driver.chunk(Answers.chunk("fa"));
		assertThat(driver.flow.patience()).isEqualTo(MINUTE);
		this.bench.time.advance(MINUTE);
		assertThat(driver.flow.overdue(asked)).isTrue();
		assertThat(driver.error()).isInstanceOf(TurnDeadlineException.class);
	}

	@Test
	void streamThatHasBegunIsGivenHoweverItEnds() {
		FlowDriver driver = begin();
		Attempt asked = driver.sent();
		driver.chunk(Answers.chunk("fa"));
		assertThat(driver.flow.answered(asked, null)).isTrue();
		assertThat(driver.given()).isSameAs(asked);
		assertThat(this.bench.booked).extracting((call) -> call.ending().errorType())
			.containsExactly(CallRecord.INCOMPLETE);
	}

	@Test
	void streamWithoutContentIsReplaced() {
		FlowDriver driver = begin();
		Attempt useless = driver.sent();
		assertThat(driver.chunk(Answers.end(0))).isEqualTo(ChunkStep.HOLD);
		assertThat(driver.flow.answered(useless, null)).isTrue();
		Attempt better = driver.sent();
		assertThat(driver.chunk(Answers.chunk("far"))).isEqualTo(ChunkStep.PASS_HELD);
		driver.chunk(Answers.end(3));
		driver.flow.answered(better, null);
		assertThat(driver.given()).isSameAs(better);
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
	}

	@Test
	void streamThatNeverBringsAnythingIsReplacedAsAFailure() {
		FlowDriver driver = begin();
		driver.flow.answered(driver.sent(), null);
		driver.sent();
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
	}

	@Test
	void thoughtsGiveASilentStreamItsTimeAgain() {
		FlowDriver driver = begin(policy(null, SECOND, true), GateRules.OFF);
		Attempt asked = driver.sent();
		this.bench.time.advance(Duration.ofMillis(800));
		driver.chunk(Answers.thought("hm"));
		assertThat(driver.flow.patience()).isEqualTo(SECOND);
		this.bench.time.advance(Duration.ofMillis(800));
		assertThat(driver.flow.overdue(asked)).isFalse();
		driver.chunk(Answers.thought("hm"));
		this.bench.time.advance(SECOND);
		assertThat(driver.flow.overdue(asked)).isTrue();
		driver.sent();
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
		assertThat(RouteState.of(this.turn).isMixed()).isTrue();
	}

	@Test
	void thoughtThatWasShownBindsUnlessThePolicySaysOtherwise() {
		FlowDriver bound = begin();
		Attempt asked = bound.sent();
		assertThat(bound.chunk(Answers.thought("hm"))).isEqualTo(ChunkStep.PASS_HELD);
		bound.flow.failed(asked, this.down);
		assertThat(bound.error()).isSameAs(this.down);
		FlowDriver open = begin(policy(null, SECOND, true), GateRules.OFF);
		Attempt first = open.sent();
		assertThat(open.chunk(Answers.thought("hm"))).isEqualTo(ChunkStep.PASS);
		assertThat(open.chunk(Answers.signed("hm"))).isEqualTo(ChunkStep.HOLD);
		open.flow.failed(first, this.down);
		open.sent();
		assertThat(RouteState.of(this.turn).isMixed()).isTrue();
	}

	@Test
	void chunkOfAnAbandonedStreamIsNotPassedOnAndBindsNothing() {
		FlowDriver driver = begin();
		Attempt slow = driver.sent();
		this.bench.time.advance(SECOND);
		assertThat(driver.flow.overdue(slow)).isTrue();
		Attempt quick = driver.sent();
		this.bench.time.advance(SECOND.dividedBy(2));
		assertThat(driver.flow.chunk(slow, Answers.thought("hm"))).isEqualTo(ChunkStep.HOLD);
		assertThat(driver.flow.chunk(slow, Answers.chunk("late"))).isEqualTo(ChunkStep.HOLD);
		assertThat(driver.flow.patience()).isEqualTo(SECOND.dividedBy(2));
		driver.flow.failed(quick, this.down);
		driver.sent();
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK", "strong FALLBACK");
	}

	@Test
	void abandonedStreamIsPaidAsFarAsItCame() {
		FlowDriver driver = begin();
		Attempt slow = driver.sent();
		driver.flow.chunk(slow, Answers.end(0));
		this.bench.time.advance(SECOND);
		driver.flow.overdue(slow);
		slow.cancelled();
		assertThat(FlowBench.held(this.turn).nanos()).isZero();
		assertThat(this.bench.booked).singleElement().satisfies((call) -> {
			assertThat(call.outcome()).isEqualTo(Outcome.TIMED_OUT);
			assertThat(call.usage().tokens().promptTokens()).isEqualTo(Answers.PROMPT);
		});
	}

	@Test
	void twoRetriesOfAStreamWaitEachTime() {
		FlowBench alone = new FlowBench(FlowBench.LIGHT);
		FlowDriver driver = alone.begin(alone.turn(policy(null, null, false)), this.site);
		driver.fail(new Trouble(SECOND));
		driver.fail(new Trouble(SECOND.multipliedBy(2)));
		Attempt asked = driver.sent();
		assertThat(driver.chunk(Answers.chunk("far"))).isEqualTo(ChunkStep.PASS_HELD);
		driver.flow.answered(asked, null);
		assertThat(driver.given()).isSameAs(asked);
		assertThat(driver.waits).containsExactly(SECOND, SECOND.multipliedBy(2));
	}

	@Test
	void streamThatIsHeldForTheGateMayBeReplacedAfterItsContent() {
		FlowDriver driver = begin(policy(null, SECOND, false), HELD);
		Attempt asked = driver.sent();
		assertThat(driver.chunk(Answers.chunk("fa"))).isEqualTo(ChunkStep.HOLD);
		assertThat(driver.chunk(Answers.chunk("r"))).isEqualTo(ChunkStep.HOLD);
		driver.flow.failed(asked, this.down);
		driver.sent();
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
		assertThat(RouteState.of(this.turn).isMixed()).isFalse();
	}

	@Test
	void streamIsJudgedOnlyWhereItIsHeld() {
		this.bench.gate = (candidate) -> FlowBench.REJECTED;
		FlowDriver passed = begin(policy(null, null, false), new GateRules(GateRules.GateMode.ENFORCE, 1, null, false));
		Attempt asked = passed.sent();
		passed.chunk(Answers.chunk("far"));
		passed.flow.answered(asked, null);
		assertThat(passed.given()).isSameAs(asked);
		FlowDriver held = begin(policy(null, null, false), HELD);
		Attempt cheap = held.sent();
		held.chunk(Answers.chunk("far"));
		held.flow.answered(cheap, null);
		Attempt better = held.sent();
		assertThat(held.chunk(Answers.chunk("384,400 km"))).isEqualTo(ChunkStep.HOLD);
		held.flow.answered(better, null);
		assertThat(held.given()).isSameAs(better);
		assertThat(held.asked).containsExactly("light ANSWER", "strong ESCALATION");
	}

}
