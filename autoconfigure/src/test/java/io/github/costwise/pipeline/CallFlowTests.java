package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.CallLimits;
import io.github.costwise.CostLimitExceededException;
import io.github.costwise.NoDeadlineWorkerException;
import io.github.costwise.NoRouteException;
import io.github.costwise.TargetsFailedException;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.FailureKind;
import io.github.costwise.pipeline.FlowBench.Trouble;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallFlow}: who is asked, and who takes over.
 */
@Tag("unit")
class CallFlowTests {

	private final Trouble down = new Trouble(FailureKind.SERVER_ERROR);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final FlowBench bench = new FlowBench(FlowBench.LIGHT, FlowBench.PEER, FlowBench.STRONG);

	private final FlowBench alone = new FlowBench(FlowBench.LIGHT);

	private final FlowSite site = new FlowSite(false);

	private CostTurn own() {
		return this.bench.turn(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF, GateRules.OFF);
	}

	/** A turn that may make one call. */
	private CostTurn limited(RoutingPolicy.RoutingMode mode, FallbackPolicy fallback) {
		return this.bench.turn(new CallLimits(null, 1, null), mode, fallback, GateRules.OFF);
	}

	private FlowDriver routed() {
		return this.bench.begin(this.bench.turn(FlowBench.FALLBACK), this.site);
	}

	private FlowDriver routedAlone() {
		return this.alone.begin(this.alone.turn(FlowBench.FALLBACK), this.site);
	}

	@ParameterizedTest
	@ValueSource(strings = { "far", "" })
	void clientsOwnModelGivesWhateverItAnswers(String text) {
		FlowDriver driver = this.bench.begin(own(), this.site);
		Attempt asked = driver.answer(Answers.of(text));
		assertThat(driver.given()).isSameAs(asked);
		assertThat(driver.asked).containsExactly("own ANSWER");
		assertThat(driver.flow.isRouted()).isFalse();
		assertThat(this.bench.booked).hasSize(1);
	}

	@Test
	void nobodyTakesOverFromTheClientsOwnModel() {
		FlowDriver driver = this.bench.begin(own(), this.site);
		Attempt asked = driver.sent();
		assertThat(driver.flow.patience()).isNull();
		this.bench.time.advance(Duration.ofDays(1));
		assertThat(driver.flow.overdue(asked)).isFalse();
		assertThat(driver.flow.failed(asked, this.down)).isTrue();
		assertThat(driver.error()).isSameAs(this.down);
		assertThat(driver.asked).hasSize(1);
	}

	@Test
	void turnThatIsOnlyObservedAsksTheClientsOwnModel() {
		CostTurn turn = this.bench.turn(RoutingPolicy.RoutingMode.OBSERVE, FallbackPolicy.OFF, GateRules.OFF);
		FlowDriver driver = this.bench.begin(turn, this.site);
		driver.answer(Answers.of("far"));
		driver.given();
		assertThat(driver.asked).containsExactly("own ANSWER");
		assertThat(TurnRoute.of(turn)).isNotNull();
		assertThat(driver.flow.isRouted()).isFalse();
	}

	@Test
	void ownModelThatIsATargetIsReplacedWhenItFails() {
		this.site.wish = new RoutingInput.RequestedModel(null, "peer", false);
		CostTurn turn = this.bench.turn(RoutingPolicy.RoutingMode.OFF, FlowBench.FALLBACK, GateRules.OFF);
		FlowDriver driver = this.bench.begin(turn, this.site);
		driver.fail(this.down);
		driver.answer(Answers.of("far"));
		driver.given();
		assertThat(driver.asked).containsExactly("peer ANSWER", "light FALLBACK");
		assertThat(RouteState.of(turn).tookOver()).isEqualTo("light");
	}

	@Test
	void goesToTheChosenTarget() {
		FlowDriver driver = routed();
		Attempt asked = driver.answer(Answers.of("far"));
		assertThat(driver.given()).isSameAs(asked);
		assertThat(driver.asked).containsExactly("light ANSWER");
		assertThat(driver.flow.isRouted()).isTrue();
	}

	@Test
	void refusalOfTheRouterIsTheEnd() {
		this.bench.routing = (request) -> {
			throw new NoRouteException(List.of());
		};
		assertThat(routed().error()).isInstanceOf(NoRouteException.class);
	}

	@Test
	void routerThatFailsLeavesTheCallToTheClientsOwnModel() {
		this.bench.routing = (request) -> {
			throw new IllegalStateException("no");
		};
		FlowDriver driver = routed();
		driver.answer(Answers.of("far"));
		driver.given();
		assertThat(driver.asked).containsExactly("own ANSWER");
	}

	@Test
	void anotherTargetTakesOverAtOnce() {
		FlowDriver driver = routed();
		driver.fail(this.down);
		Attempt asked = driver.answer(Answers.of("far"));
		assertThat(driver.given()).isSameAs(asked);
		assertThat(driver.asked).containsExactly("light ANSWER", "peer FALLBACK");
		assertThat(driver.waits).isEmpty();
		assertThat(this.bench.booked).extracting(CallRecord::outcome)
			.containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
	}

	@Test
	void sameTargetIsAskedAgainAfterAWaitAsOftenAsAllowed() {
		FlowDriver driver = routedAlone();
		driver.fail(new Trouble(SECOND));
		driver.fail(new Trouble(SECOND));
		driver.answer(Answers.of("far"));
		driver.given();
		assertThat(driver.asked).containsExactly("light ANSWER", "light FALLBACK", "light FALLBACK");
		assertThat(driver.waits).containsExactly(SECOND, SECOND);
	}

	@Test
	void callerGetsTheOnlyFailureItselfAndSeveralTogether() {
		FlowDriver driver = routedAlone();
		driver.fail(this.down);
		assertThat(driver.error()).isSameAs(this.down);
		FlowDriver several = routed();
		Trouble last = new Trouble(FailureKind.CONNECTION);
		several.fail(this.down);
		several.fail(new Trouble(FailureKind.TIMED_OUT));
		several.fail(last);
		assertThat(several.error()).isInstanceOf(TargetsFailedException.class).hasCause(last);
	}

	@Test
	void uselessAnswerIsReplacedByABetterOne() {
		FlowDriver driver = routed();
		driver.answer(Answers.of(""));
		Attempt better = driver.answer(Answers.of("far"));
		assertThat(driver.given()).isSameAs(better);
		assertThat(this.bench.booked).extracting((call) -> call.ending().errorType())
			.containsExactly("MalformedAnswer", null);
	}

	@Test
	void uselessAnswerIsGivenWhenNobodyElseCanBeAsked() {
		FlowDriver driver = routedAlone();
		Attempt useless = driver.answer(Answers.of(""));
		assertThat(driver.given()).isSameAs(useless);
	}

	@Test
	void uselessAnswerIsGivenWhenALimitForbidsTheNextCall() {
		FlowDriver driver = this.bench.begin(limited(RoutingPolicy.RoutingMode.ENFORCE, FlowBench.FALLBACK), this.site);
		Attempt useless = driver.answer(Answers.of(""));
		assertThat(driver.given()).isSameAs(useless);
		assertThat(this.bench.booked).hasSize(1);
	}

	@Test
	void uselessAnswerAfterAFailureIsAFailureUnlessItWasWithheld() {
		FlowDriver driver = routed();
		driver.fail(this.down);
		driver.fail(this.down);
		driver.answer(Answers.of(""));
		assertThat(driver.error()).isInstanceOf(TargetsFailedException.class);
		FlowDriver withheld = routed();
		withheld.fail(this.down);
		Attempt refused = withheld.answer(Answers.of("", "CONTENT_FILTER"));
		assertThat(withheld.given()).isSameAs(refused);
	}

	@Test
	void failureAfterAUselessAnswerIsWhatTheCallerGets() {
		FlowDriver driver = routed();
		driver.answer(Answers.of(""));
		driver.fail(this.down);
		driver.fail(this.down);
		assertThat(driver.error()).isInstanceOf(TargetsFailedException.class).hasCause(this.down);
	}

	@Test
	void failureIsGivenWhenALimitForbidsTheNextCall() {
		this.bench.probe(FlowBench.PEER);
		FlowDriver driver = this.bench.begin(limited(RoutingPolicy.RoutingMode.ENFORCE, FlowBench.FALLBACK), this.site);
		driver.fail(this.down);
		assertThat(driver.error()).isSameAs(this.down);
		assertThat(this.down.getSuppressed()).singleElement().isInstanceOf(CostLimitExceededException.class);
		assertThat(driver.asked).hasSize(1);
		assertThat(this.bench.isFree(FlowBench.PEER)).isTrue();
	}

	@Test
	void limitForbidsTheFirstCallOfEither() {
		for (CostTurn turn : List.of(limited(RoutingPolicy.RoutingMode.ENFORCE, FlowBench.FALLBACK),
				limited(RoutingPolicy.RoutingMode.OFF, FallbackPolicy.OFF))) {
			turn.nextRound();
			FlowDriver driver = this.bench.begin(turn, this.site);
			assertThat(driver.error()).isInstanceOf(CostLimitExceededException.class);
			assertThat(driver.asked).isEmpty();
		}
		assertThat(this.bench.booked).isEmpty();
	}

	@Test
	void stopOfCostwiseBeforeAnythingIsSentIsTheEnd() {
		this.bench.probe(FlowBench.LIGHT);
		FlowDriver driver = routed();
		Attempt reserved = driver.reserved();
		NoDeadlineWorkerException full = new NoDeadlineWorkerException("full");
		assertThat(driver.flow.failed(reserved, full)).isTrue();
		assertThat(driver.error()).isSameAs(full);
		assertThat(this.bench.booked).isEmpty();
		assertThat(this.bench.isFree(FlowBench.LIGHT)).isTrue();
	}

	@Test
	void planThatCannotBeMadeFailsItsAttempt() {
		this.site.planning = (target) -> {
			if (target == FlowBench.LIGHT) {
				throw new Trouble(FailureKind.UNKNOWN);
			}
		};
		FlowDriver driver = routed();
		driver.answer(Answers.of("far"));
		driver.given();
		assertThat(driver.asked).containsExactly("peer FALLBACK");
	}

	@Test
	void noPlanAtAllIsTheEnd() {
		this.site.planning = (target) -> {
			throw new Trouble(FailureKind.UNKNOWN);
		};
		FlowDriver driver = routed();
		assertThat(driver.error()).isInstanceOf(TargetsFailedException.class);
		assertThat(driver.asked).isEmpty();
	}

	@Test
	void nobodyTakesOverAfterAnError() {
		this.bench.probe(FlowBench.LIGHT);
		FlowDriver driver = routed();
		OutOfMemoryError error = new OutOfMemoryError();
		driver.fail(error);
		assertThat(driver.error()).isSameAs(error);
		assertThat(driver.asked).hasSize(1);
		assertThat(this.bench.isFree(FlowBench.LIGHT)).isTrue();
	}

	@Test
	void errorOfAPlanIsTheEndToo() {
		this.bench.probe(FlowBench.LIGHT);
		StackOverflowError error = new StackOverflowError();
		this.site.planning = (target) -> {
			throw error;
		};
		assertThat(routed().error()).isSameAs(error);
		assertThat(this.bench.isFree(FlowBench.LIGHT)).isTrue();
	}

}
