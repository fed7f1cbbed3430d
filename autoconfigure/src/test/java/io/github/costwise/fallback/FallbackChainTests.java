package io.github.costwise.fallback;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.costwise.Money;
import io.github.costwise.fallback.FallbackStep.Cause;
import io.github.costwise.fallback.FallbackStep.Stop;
import io.github.costwise.fallback.FallbackStep.TryTarget;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.Reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class FallbackChainTests {

	private static final FallbackTarget CHOSEN = new FallbackTarget("mini", "openAi", 1, 100);

	private static final FallbackTarget PEER = new FallbackTarget("mini-eu", "openAi", 1, 100);

	private static final FallbackTarget OTHER = new FallbackTarget("haiku", "anthropic", 1, 200);

	private static final FallbackTarget UP = new FallbackTarget("gpt", "openAi", 2, 400);

	private static final FallbackTarget DOWN = new FallbackTarget("nano", "openAi", 0, 800);

	private static final List<FallbackTarget> ALL = List.of(CHOSEN, PEER, OTHER, UP, DOWN);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final TargetHealth health = new TargetHealth(HealthSettings.defaults(), new TestTime());

	@Test
	void goesThroughPeersThenUpButNotDown() {
		FallbackChain chain = chain(ALL, policy(9, null, null, false));
		assertThat(chain.first()).isEqualTo(attempt(CHOSEN));
		assertThat(fail(chain, CHOSEN, FailureKind.SERVER_ERROR)).isEqualTo(attempt(PEER));
		assertThat(fail(chain, PEER, FailureKind.TIMED_OUT)).isEqualTo(attempt(OTHER));
		assertThat(fail(chain, OTHER, FailureKind.CONNECTION)).isEqualTo(attempt(UP));
		assertThat(fail(chain, UP, FailureKind.MALFORMED_ANSWER)).isEqualTo(new Stop(Cause.NO_TARGET_LEFT));
	}

	@Test
	void goesDownWhenAllowed() {
		FallbackChain chain = chain(List.of(CHOSEN, DOWN), policy(9, null, null, true));
		assertThat(fail(chain, CHOSEN, FailureKind.SERVER_ERROR)).isEqualTo(attempt(DOWN));
	}

	@Test
	void leavesTheProviderWhoseKeyIsWrong() {
		FallbackChain chain = chain(ALL, policy(9, null, null, false));
		assertThat(fail(chain, CHOSEN, FailureKind.AUTHENTICATION)).isEqualTo(attempt(OTHER));
		assertThat(fail(chain, OTHER, FailureKind.SERVER_ERROR)).isEqualTo(new Stop(Cause.NO_TARGET_LEFT));
	}

	@Test
	void looksForALargerWindowAndRemembersWhatWasTooSmall() {
		FallbackChain chain = chain(List.of(CHOSEN, OTHER, PEER, UP), policy(9, null, null, false));
		assertThat(fail(chain, CHOSEN, FailureKind.CONTEXT_TOO_LONG)).isEqualTo(attempt(OTHER));
		assertThat(fail(chain, OTHER, FailureKind.SERVER_ERROR)).isEqualTo(attempt(UP));
		assertThat(fail(chain, UP, FailureKind.SERVER_ERROR)).isEqualTo(new Stop(Cause.NO_TARGET_LEFT));
	}

	@Test
	void asksAnotherProviderAfterAContentRefusalOnlyWhenToldTo() {
		assertThat(fail(chain(ALL, FallbackPolicy.defaults()), CHOSEN, FailureKind.CONTENT_POLICY))
			.isEqualTo(new Stop(Cause.NOT_ALLOWED));
		FallbackPolicy told = new FallbackPolicy(true, 3, null, null, null, false, SECOND,
				Map.of(FailureKind.CONTENT_POLICY, Reaction.OTHER_PROVIDER));
		assertThat(fail(chain(ALL, told), CHOSEN, FailureKind.CONTENT_POLICY)).isEqualTo(attempt(OTHER));
	}

	@ParameterizedTest
	@EnumSource(names = { "STOPPED", "INVALID_REQUEST" })
	void neverGoesOnAfterAFinalFailure(FailureKind kind) {
		assertThat(fail(chain(ALL, FallbackPolicy.defaults()), CHOSEN, kind)).isEqualTo(new Stop(Cause.NOT_ALLOWED));
		Map<FailureKind, Reaction> on = Map.of(kind, Reaction.NEXT);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FallbackPolicy(true, 3, null, null, null, false, SECOND, on));
	}

	@Test
	void waitsForTheSameTargetOnlyWhenNoOtherIsLeft() {
		FallbackChain chain = chain(List.of(CHOSEN, UP), FallbackPolicy.defaults());
		Failure limited = new Failure(FailureKind.RATE_LIMITED, SECOND, 429);
		assertThat(next(chain, CHOSEN, limited)).isEqualTo(attempt(UP));
		assertThat(next(chain, UP, limited)).isEqualTo(new TryTarget(UP, SECOND));
		assertThat(next(chain, UP, limited)).isEqualTo(new Stop(Cause.ATTEMPTS));
	}

	@Test
	void doesNotWaitLongerThanAllowed() {
		FallbackChain chain = chain(List.of(CHOSEN), FallbackPolicy.defaults());
		Failure limited = new Failure(FailureKind.RATE_LIMITED, Duration.ofMillis(2001), 429);
		assertThat(next(chain, CHOSEN, limited)).isEqualTo(new Stop(Cause.NO_TARGET_LEFT));
	}

	@Test
	void doesNotWaitBeyondTheDeadline() {
		FallbackChain chain = chain(List.of(CHOSEN), policy(3, SECOND, null, false));
		Failure limited = new Failure(FailureKind.RATE_LIMITED, Duration.ofMillis(600), 429);
		assertThat(chain.next(CHOSEN, limited, Money.ZERO, Duration.ofMillis(399)))
			.isEqualTo(new TryTarget(CHOSEN, Duration.ofMillis(600)));
		assertThat(chain.next(CHOSEN, limited, Money.ZERO, Duration.ofMillis(400))).isEqualTo(new Stop(Cause.DEADLINE));
	}

	@Test
	void endsAtTheDeadline() {
		FallbackChain chain = chain(ALL, policy(9, SECOND, null, false));
		Failure failure = Failure.of(FailureKind.SERVER_ERROR);
		assertThat(chain.next(CHOSEN, failure, Money.ZERO, SECOND.minusNanos(1))).isEqualTo(attempt(PEER));
		assertThat(chain.next(PEER, failure, Money.ZERO, SECOND)).isEqualTo(new Stop(Cause.DEADLINE));
	}

	@Test
	void endsWhenTheTurnHasSpentItsMost() {
		FallbackChain chain = chain(ALL, policy(9, null, Money.ofNanos(100), false));
		Failure failure = Failure.of(FailureKind.SERVER_ERROR);
		assertThat(chain.next(CHOSEN, failure, Money.ofNanos(99), Duration.ZERO)).isEqualTo(attempt(PEER));
		assertThat(chain.next(PEER, failure, Money.ofNanos(100), Duration.ZERO)).isEqualTo(new Stop(Cause.COST));
	}

	@Test
	void doesNothingWhenOff() {
		FallbackChain chain = chain(ALL, FallbackPolicy.OFF);
		assertThat(chain.first()).isEqualTo(attempt(CHOSEN));
		assertThat(fail(chain, CHOSEN, FailureKind.SERVER_ERROR)).isEqualTo(new Stop(Cause.NOT_ALLOWED));
	}

	@Test
	void passesOverTargetsThatAreLeftUnchanged() {
		leaveAlone(CHOSEN);
		leaveAlone(OTHER);
		FallbackChain chain = chain(List.of(CHOSEN, PEER, OTHER, UP), FallbackPolicy.defaults());
		assertThat(chain.first()).isEqualTo(attempt(PEER));
		assertThat(fail(chain, PEER, FailureKind.SERVER_ERROR)).isEqualTo(attempt(UP));
	}

	@Test
	void callsTheChosenOneWhenAllAreLeftUnchanged() {
		List.of(CHOSEN, UP).forEach(this::leaveAlone);
		FallbackChain chain = chain(List.of(CHOSEN, UP), FallbackPolicy.defaults());
		assertThat(chain.first()).isEqualTo(attempt(CHOSEN));
		assertThat(fail(chain, CHOSEN, FailureKind.SERVER_ERROR)).isEqualTo(new Stop(Cause.NO_TARGET_LEFT));
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> chain(List.of(), FallbackPolicy.OFF));
		assertThatIllegalArgumentException().isThrownBy(() -> policy(0, null, null, false));
		assertThatIllegalArgumentException().isThrownBy(() -> policy(1, Duration.ZERO, null, false));
		assertThatIllegalArgumentException().isThrownBy(() -> policy(1, null, Money.ofNanos(-1), false));
		assertThatIllegalArgumentException().isThrownBy(() -> new FallbackTarget(" ", "bean", 0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new FallbackTarget("name", "bean", 0, 0));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Failure(FailureKind.UNKNOWN, Duration.ofMillis(-1), 0));
	}

	private void leaveAlone(FallbackTarget target) {
		this.health.admit(target.name());
		this.health.failed(target.name(), new Failure(FailureKind.RATE_LIMITED, Duration.ofMinutes(1), 429), SECOND);
	}

	private FallbackChain chain(List<FallbackTarget> targets, FallbackPolicy policy) {
		return new FallbackChain(targets, policy, this.health);
	}

	private static FallbackPolicy policy(int attempts, @Nullable Duration deadline, @Nullable Money cost,
			boolean downwards) {
		return new FallbackPolicy(true, attempts, deadline, null, cost, downwards, Duration.ofSeconds(2), Map.of());
	}

	private static FallbackStep fail(FallbackChain chain, FallbackTarget target, FailureKind kind) {
		return next(chain, target, Failure.of(kind));
	}

	private static FallbackStep next(FallbackChain chain, FallbackTarget target, Failure failure) {
		return chain.next(target, failure, Money.ZERO, Duration.ZERO);
	}

	private static TryTarget attempt(FallbackTarget target) {
		return new TryTarget(target, Duration.ZERO);
	}

}
