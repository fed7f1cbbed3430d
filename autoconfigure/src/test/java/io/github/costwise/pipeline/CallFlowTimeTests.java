package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.TurnDeadlineException;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.FailureKind;
import io.github.costwise.pipeline.FlowBench.Trouble;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CallFlow}: time that is up, callers that go away, and answers that
 * come too late.
 */
@Tag("unit")
class CallFlowTimeTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final FlowBench bench = new FlowBench(FlowBench.LIGHT, FlowBench.PEER);

	private final FlowBench alone = new FlowBench(FlowBench.LIGHT);

	private final FlowSite site = new FlowSite(false);

	private static FallbackPolicy policy(@Nullable Duration deadline, @Nullable Duration attempt) {
		return new FallbackPolicy(true, 3, deadline, attempt, null, false, SECOND.multipliedBy(2), Map.of());
	}

	private FlowDriver begin(FlowBench on, FallbackPolicy policy) {
		return on.begin(on.turn(policy), this.site);
	}

	private FlowDriver begin(FallbackPolicy policy) {
		return begin(this.bench, policy);
	}

	@Test
	void patienceIsTheShorterOfTheTwoTimes() {
		assertThat(patience(policy(null, null))).isNull();
		assertThat(patience(policy(MINUTE, null))).isEqualTo(MINUTE);
		assertThat(patience(policy(null, SECOND))).isEqualTo(SECOND);
		assertThat(patience(policy(MINUTE, SECOND))).isEqualTo(SECOND);
		assertThat(patience(policy(SECOND, MINUTE))).isEqualTo(SECOND);
	}

	private @Nullable Duration patience(FallbackPolicy policy) {
		FlowDriver driver = begin(policy);
		driver.sent();
		return driver.flow.patience();
	}

	@Test
	void slowAttemptIsAbandonedAndAnotherTargetTakesOver() {
		FlowDriver driver = begin(policy(null, SECOND));
		Attempt slow = driver.sent();
		this.bench.time.advance(SECOND.minusNanos(1));
		assertThat(driver.flow.overdue(slow)).isFalse();
		assertThat(driver.flow.patience()).isEqualTo(Duration.ofNanos(1));
		this.bench.time.advance(Duration.ofNanos(1));
		assertThat(driver.flow.overdue(slow)).isTrue();
		assertThat(slow.state()).isEqualTo(Attempt.AttemptState.ABANDONED);
		Attempt quick = driver.sent();
		assertThat(driver.flow.patience()).isEqualTo(SECOND);
		assertThat(driver.flow.overdue(slow)).isFalse();
		driver.flow.answered(quick, Answers.of("far"));
		assertThat(driver.given()).isSameAs(quick);
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
	}

	@Test
	void lateAnswerOnlySettlesItsAttempt() {
		CostTurn turn = this.bench.turn(policy(null, SECOND));
		FlowDriver driver = this.bench.begin(turn, this.site);
		Attempt slow = driver.sent();
		this.bench.time.advance(SECOND);
		driver.flow.overdue(slow);
		assertThat(FlowBench.held(turn)).isGreaterThan(Money.ZERO);
		Attempt quick = driver.sent();
		assertThat(driver.flow.answered(slow, Answers.of("late"))).isFalse();
		assertThat(FlowBench.held(turn)).isEqualTo(Money.ZERO);
		assertThat(driver.flow.answered(quick, Answers.of("far"))).isTrue();
		assertThat(driver.given()).isSameAs(quick);
		assertThat(this.bench.booked).extracting(CallRecord::outcome)
			.containsExactly(Outcome.TIMED_OUT, Outcome.SUCCEEDED);
	}

	@Test
	void lateFailureOnlySettlesItsAttempt() {
		FlowDriver driver = begin(policy(null, SECOND));
		Attempt slow = driver.sent();
		this.bench.time.advance(SECOND);
		driver.flow.overdue(slow);
		driver.sent();
		assertThat(driver.flow.failed(slow, new Trouble(FailureKind.SERVER_ERROR))).isFalse();
		assertThat(driver.asked).hasSize(2);
		assertThat(this.bench.booked).hasSize(1);
	}

	@Test
	void answerThatCameFirstIsNotLate() {
		FlowDriver driver = begin(policy(null, SECOND));
		Attempt asked = driver.sent();
		this.bench.time.advance(SECOND);
		assertThat(driver.flow.answered(asked, Answers.of("far"))).isTrue();
		assertThat(driver.flow.overdue(asked)).isFalse();
		assertThat(driver.given()).isSameAs(asked);
	}

	@Test
	void deadlineOfTheTurnEndsEverything() {
		FlowDriver driver = begin(policy(SECOND, null));
		Attempt slow = driver.sent();
		this.bench.time.advance(SECOND);
		assertThat(driver.flow.overdue(slow)).isTrue();
		assertThat(driver.error()).isInstanceOf(TurnDeadlineException.class)
			.hasMessageContaining("The turn gave no answer in time");
		assertThat(driver.asked).hasSize(1);
	}

	@Test
	void nobodyIsAskedAfterTheDeadline() {
		this.alone.probe(FlowBench.LIGHT);
		FlowDriver driver = begin(this.alone, policy(SECOND, null));
		driver.flow.next().accept(driver);
		this.alone.time.advance(SECOND);
		assertThat(driver.error()).isInstanceOf(TurnDeadlineException.class);
		assertThat(driver.asked).isEmpty();
		assertThat(this.alone.booked).isEmpty();
		assertThat(this.alone.isFree(FlowBench.LIGHT)).isTrue();
	}

	@Test
	void failureBeforeAWaitThatTookTooLongIsWhatTheCallerGets() {
		FlowDriver driver = begin(this.alone, policy(SECOND.multipliedBy(2), null));
		Trouble limited = new Trouble(SECOND);
		driver.fail(limited);
		driver.waiting = () -> this.alone.time.advance(SECOND);
		assertThat(driver.error()).isSameAs(limited);
		assertThat(limited.getSuppressed()).singleElement().isInstanceOf(TurnDeadlineException.class);
		assertThat(driver.asked).hasSize(1);
	}

	@Test
	void interruptedCallerGetsItsInterruptAndTheCallIsStillPaid() {
		CostTurn turn = this.bench.turn(policy(MINUTE, null));
		FlowDriver driver = this.bench.begin(turn, this.site);
		Attempt asked = driver.sent();
		RuntimeException interrupt = new IllegalStateException(new InterruptedException());
		assertThat(driver.flow.interrupted(asked, interrupt)).isTrue();
		assertThat(driver.error()).isSameAs(interrupt);
		assertThat(FlowBench.held(turn)).isGreaterThan(Money.ZERO);
		assertThat(driver.flow.answered(asked, Answers.of("late"))).isFalse();
		assertThat(FlowBench.held(turn)).isEqualTo(Money.ZERO);
		assertThat(this.bench.booked).extracting(CallRecord::outcome).containsExactly(Outcome.CANCELLED);
	}

	@Test
	void nothingIsAskedForACallerWhoWentAwayBefore() {
		FlowDriver driver = begin(FlowBench.FALLBACK);
		driver.flow.cancelled();
		assertThat(driver.error()).isInstanceOf(CancellationException.class);
		assertThat(driver.asked).isEmpty();
	}

	@Test
	void callerWhoGoesAwayWhileATargetIsChosenLeavesItFree() {
		this.bench.probe(FlowBench.LIGHT);
		FlowDriver driver = begin(FlowBench.FALLBACK);
		driver.working = driver.flow::cancelled;
		assertThat(driver.error()).isInstanceOf(CancellationException.class);
		assertThat(driver.asked).isEmpty();
		assertThat(this.bench.isFree(FlowBench.LIGHT)).isTrue();
	}

	@Test
	void callerWhoGoesAwayEndsTheAttemptInFlight() {
		this.bench.probe(FlowBench.LIGHT);
		FlowDriver driver = begin(FlowBench.FALLBACK);
		Attempt asked = driver.sent();
		driver.flow.cancelled();
		driver.flow.cancelled();
		assertThat(asked.state()).isEqualTo(Attempt.AttemptState.CANCELLED);
		assertThat(driver.flow.answered(asked, Answers.of("far"))).isFalse();
		assertThat(driver.error()).isInstanceOf(CancellationException.class);
		assertThat(this.bench.booked).extracting(CallRecord::outcome).containsExactly(Outcome.CANCELLED);
		assertThat(this.bench.isFree(FlowBench.LIGHT)).isTrue();
	}

	@Test
	void callThatWasNotSentYetIsNotSentForACallerWhoWentAway() {
		FlowDriver driver = begin(FlowBench.FALLBACK);
		Attempt reserved = driver.reserved();
		driver.flow.cancelled();
		assertThat(reserved.sending()).isNull();
		assertThat(driver.error()).isInstanceOf(CancellationException.class);
		assertThat(this.bench.booked).isEmpty();
	}

	@Test
	void callerWhoGoesAwayWhileAPlanIsMadeCostsNothing() {
		FlowDriver driver = begin(FlowBench.FALLBACK);
		this.site.planning = (target) -> driver.flow.cancelled();
		assertThat(driver.reserved().sending()).isNull();
		assertThat(this.bench.booked).isEmpty();
	}

	@Test
	void callerWhoGoesAwayDuringAWaitGetsTheFailureBefore() {
		FlowDriver driver = begin(this.alone, policy(null, null));
		this.alone.probe(FlowBench.LIGHT);
		Trouble limited = new Trouble(SECOND);
		driver.fail(limited);
		driver.waiting = driver.flow::cancelled;
		assertThat(driver.error()).isSameAs(limited);
		assertThat(driver.asked).hasSize(1);
	}

	@Test
	void callerWhoGoesAwayAfterAUselessAnswerGetsIt() {
		FlowDriver driver = begin(FlowBench.FALLBACK);
		Attempt useless = driver.answer(Answers.of(""));
		driver.flow.cancelled();
		assertThat(driver.given()).isSameAs(useless);
	}

	@Test
	void callerWhoGoesAwayAfterTheAnswerHasIt() {
		FlowDriver driver = begin(FlowBench.FALLBACK);
		Attempt asked = driver.answer(Answers.of("far"));
		driver.flow.cancelled();
		CostTurn own = this.bench.turn(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF, GateRules.OFF);
		FlowDriver direct = this.bench.begin(own, this.site);
		direct.answer(Answers.of("far"));
		direct.flow.cancelled();
		direct.given();
		assertThat(driver.given()).isSameAs(asked);
	}

	@Test
	void callerOfTheOwnModelWhoGoesAwayEndsItsCall() {
		CostTurn own = this.bench.turn(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF, GateRules.OFF);
		FlowDriver driver = this.bench.begin(own, this.site);
		Attempt asked = driver.sent();
		driver.flow.cancelled();
		assertThat(asked.state()).isEqualTo(Attempt.AttemptState.CANCELLED);
		assertThat(driver.error()).isInstanceOf(CancellationException.class);
	}

	@Test
	void nextStepIsDueAfterTheEndOfAnAttemptOnly() {
		Trouble down = new Trouble(FailureKind.SERVER_ERROR);
		FlowDriver driver = begin(FlowBench.FALLBACK);
		Attempt asked = driver.sent();
		assertThatIllegalStateException().isThrownBy(driver.flow::next);
		assertThat(driver.flow.answered(asked, Answers.of("far"))).isTrue();
		assertThat(driver.flow.answered(asked, null)).isFalse();
		assertThat(driver.flow.failed(asked, down)).isFalse();
		assertThat(driver.flow.interrupted(asked, down)).isFalse();
		assertThat(driver.given()).isSameAs(asked);
		assertThat(this.bench.booked).hasSize(1);
	}

}
