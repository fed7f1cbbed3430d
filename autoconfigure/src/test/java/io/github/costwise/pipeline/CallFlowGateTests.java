package io.github.costwise.pipeline;

import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.costwise.CallLimits;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.Verdict;
import io.github.costwise.pipeline.FlowBench.Trouble;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallFlow}: answers that are judged.
 */
@Tag("unit")
class CallFlowGateTests {

	private final Trouble down = new Trouble(FailureKind.SERVER_ERROR);

	private final FlowBench bench = new FlowBench(FlowBench.LIGHT, FlowBench.PEER, FlowBench.STRONG);

	private final FlowSite site = new FlowSite(false);

	private CostTurn turn = turn(null, CallLimits.NONE);

	private FlowDriver driver = this.bench.begin(this.turn, this.site);

	private CostTurn turn(@Nullable String second, CallLimits limits) {
		return this.bench.turn(limits, RoutingPolicy.RoutingMode.ENFORCE, FlowBench.FALLBACK,
				new GateRules(GateRules.GateMode.ENFORCE, 1, second, false));
	}

	private void begin(@Nullable String second, CallLimits limits) {
		this.turn = turn(second, limits);
		this.driver = this.bench.begin(this.turn, this.site);
	}

	/** A second opinion is asked, and an answer that differs from it is rejected. */
	private void compare() {
		begin("peer", CallLimits.NONE);
		this.bench.gate = (candidate) -> (candidate.second() == null || candidate.second().equals(candidate.answer()))
				? Verdict.UNDECIDED : FlowBench.REJECTED;
	}

	private void reject() {
		this.bench.gate = (candidate) -> FlowBench.REJECTED;
	}

	@Test
	void goodAnswerIsGiven() {
		Attempt cheap = this.driver.answer(Answers.of("far"));
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(this.driver.asked).containsExactly("light ANSWER");
	}

	@Test
	void answerThatIsRejectedIsReplacedByThatOfAStrongerModel() {
		reject();
		this.driver.answer(Answers.of("far"));
		Attempt better = this.driver.answer(Answers.of("384,400 km"));
		assertThat(this.driver.given()).isSameAs(better);
		assertThat(this.driver.asked).containsExactly("light ANSWER", "strong ESCALATION");
		assertThat(TurnRoute.of(this.turn).escalated()).isTrue();
	}

	@Test
	void strongerModelThatFailsOrHasNothingToSayLeavesTheAnswerThatWasPaid() {
		reject();
		Attempt cheap = this.driver.answer(Answers.of("far"));
		this.driver.fail(this.down);
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(TurnRoute.of(this.turn).escalated()).isFalse();
		assertThat(TurnRoute.of(this.turn).current()).isEqualTo(FlowBench.LIGHT);
		begin(null, CallLimits.NONE);
		Attempt paid = this.driver.answer(Answers.of("far"));
		this.driver.answer(Answers.of(""));
		assertThat(this.driver.given()).isSameAs(paid);
	}

	@Test
	void limitThatForbidsTheStrongerModelLeavesTheAnswerThatWasPaid() {
		begin(null, new CallLimits(null, 1, null));
		reject();
		Attempt cheap = this.driver.answer(Answers.of("far"));
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(this.bench.booked).hasSize(1);
	}

	@Test
	void secondOpinionThatAgreesKeepsTheAnswer() {
		compare();
		Attempt cheap = this.driver.answer(Answers.of("far"));
		this.driver.answer(Answers.of("far"));
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(this.driver.asked).containsExactly("light ANSWER", "peer GATE");
	}

	@Test
	void secondOpinionThatDiffersAsksAStrongerModel() {
		compare();
		this.driver.answer(Answers.of("far"));
		this.driver.answer(Answers.of("near"));
		Attempt better = this.driver.answer(Answers.of("384,400 km"));
		assertThat(this.driver.given()).isSameAs(better);
		assertThat(this.driver.asked).containsExactly("light ANSWER", "peer GATE", "strong ESCALATION");
	}

	@Test
	void secondOpinionThatFailsLeavesTheAnswer() {
		compare();
		Attempt cheap = this.driver.answer(Answers.of("far"));
		this.driver.fail(this.down);
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(this.driver.asked).hasSize(2);
	}

	@Test
	void judgesTheAnswerOfWhoeverTookOver() {
		this.bench.gate = (candidate) -> candidate.answer().equals("far") ? FlowBench.REJECTED : Verdict.UNDECIDED;
		this.driver.fail(this.down);
		this.driver.answer(Answers.of("far"));
		this.driver.answer(Answers.of("384,400 km"));
		this.driver.given();
		assertThat(this.driver.asked).containsExactly("light ANSWER", "peer FALLBACK", "strong ESCALATION");
	}

	@Test
	void judgeThatThrowsKeepsTheAnswerThatWasPaid() {
		this.site.judging = (answer) -> {
			throw new IllegalStateException("no");
		};
		Attempt cheap = this.driver.answer(Answers.of("far"));
		assertThat(this.driver.given()).isSameAs(cheap);
		begin(null, CallLimits.NONE);
		this.site.judging = (answer) -> GatedAnswer.of(answer.text());
		this.bench.gate = (candidate) -> {
			throw new IllegalStateException("no");
		};
		Attempt paid = this.driver.answer(Answers.of("far"));
		assertThat(this.driver.given()).isSameAs(paid);
	}

	@Test
	void errorOfAJudgeLeavesTheAnswerThatWasPaidFor() {
		this.bench.gate = (candidate) -> {
			throw new StackOverflowError();
		};
		Attempt asked = this.driver.answer(Answers.of("far"));
		assertThat(this.driver.given()).isSameAs(asked);
		assertThat(this.bench.faults.count(Faults.Kind.ROUTING)).isOne();
	}

	@Test
	void errorOfASecondOpinionIsTheEnd() {
		compare();
		OutOfMemoryError error = new OutOfMemoryError();
		this.driver.answer(Answers.of("far"));
		this.driver.fail(error);
		assertThat(this.driver.error()).isSameAs(error);
	}

	@Test
	void turnIsEscalatedOnce() {
		reject();
		this.driver.answer(Answers.of("far"));
		this.driver.answer(Answers.of("384,400 km"));
		this.driver.given();
		FlowDriver next = this.bench.begin(this.turn, this.site);
		Attempt answer = next.answer(Answers.of("far"));
		assertThat(next.given()).isSameAs(answer);
		assertThat(next.asked).containsExactly("strong FURTHER");
	}

	@Test
	void gateThatIsOffOrObservesReplacesNothing() {
		reject();
		for (GateRules.GateMode mode : new GateRules.GateMode[] { GateRules.GateMode.OFF,
				GateRules.GateMode.OBSERVE }) {
			FlowDriver unjudged = this.bench.begin(this.bench.turn(RoutingPolicy.RoutingMode.ENFORCE,
					FlowBench.FALLBACK, new GateRules(mode, 1, "peer", false)), this.site);
			Attempt cheap = unjudged.answer(Answers.of("far"));
			assertThat(unjudged.given()).isSameAs(cheap);
			assertThat(unjudged.asked).hasSize(1);
		}
	}

	@Test
	void trialGoesToOneTargetAndIsNotJudged() {
		reject();
		FlowDriver trial = new FlowDriver(this.bench,
				this.bench.flows.begin(this.turn, this.site, this.bench.decision(FlowBench.PEER), Purpose.JUDGE));
		Attempt asked = trial.answer(Answers.of("far"));
		assertThat(trial.given()).isSameAs(asked);
		assertThat(trial.asked).containsExactly("peer JUDGE");
	}

	@Test
	void trialWithoutFallbackFailsAlone() {
		CostTurn plain = this.bench.turn(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF, GateRules.OFF);
		FlowDriver trial = new FlowDriver(this.bench,
				this.bench.flows.begin(plain, this.site, this.bench.decision(FlowBench.PEER), Purpose.JUDGE));
		trial.fail(this.down);
		assertThat(trial.error()).isSameAs(this.down);
	}

	@Test
	void callerWhoGoesAwayGetsTheAnswerThatWasPaidAndNothingElseIsAsked() {
		reject();
		Attempt cheap = this.driver.answer(Answers.of("far"));
		this.driver.flow.cancelled();
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(this.driver.asked).hasSize(1);
	}

	/** When the caller goes away. */
	private enum Moment {

		JUDGING, ASKED

	}

	@ParameterizedTest
	@EnumSource
	void callerWhoGoesAwayWhileAStrongerModelIsAskedLeavesItFree(Moment moment) {
		this.bench.probe(FlowBench.STRONG);
		reject();
		Attempt cheap = this.driver.answer(Answers.of("far"));
		if (moment == Moment.JUDGING) {
			this.driver.working = this.driver.flow::cancelled;
		}
		else {
			this.driver.sent();
			this.driver.flow.cancelled();
		}
		assertThat(this.driver.given()).isSameAs(cheap);
		assertThat(this.bench.isFree(FlowBench.STRONG)).isTrue();
	}

	@Test
	void callerWhoGoesAwayBeforeAnyAnswerGetsNone() {
		reject();
		this.driver.sent();
		this.driver.flow.cancelled();
		assertThat(this.driver.error()).isInstanceOf(CancellationException.class);
	}

}
