package io.github.costwise.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.fallback.FallbackStep.TryTarget;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.Reaction;

import static org.assertj.core.api.Assertions.assertThat;

/** 20,000 random tables, policies and failures. */
@Tag("thorough")
class RandomFallbackTests {

	private static final int RUNS = 20_000;

	private static final FailureKind[] KINDS = FailureKind.values();

	private static final Reaction[] REACTIONS = Reaction.values();

	@Test
	void keepsItsPromises() {
		int hops = 0;
		for (int seed = 0; seed < RUNS; seed++) {
			Run run = new Run(seed);
			run.check();
			hops += run.calls.size() - 1;
		}
		assertThat(hops).isGreaterThan(RUNS / 4);
	}

	@Test
	void repeatsItself() {
		for (int seed = 0; seed < RUNS / 10; seed++) {
			Run one = new Run(seed);
			Run two = new Run(seed);
			assertThat(one.calls).as("seed %s", seed).isEqualTo(two.calls);
			assertThat(one.end).isEqualTo(two.end);
		}
	}

	private record Call(TryTarget attempt, Failure failure, Money spent, Duration elapsed) {

	}

	/** One call, from the first attempt to the end. */
	private static final class Run {

		private final Random random;

		private final int seed;

		private final List<FallbackTarget> candidates = new ArrayList<>();

		private final FallbackPolicy policy;

		private final List<Call> calls = new ArrayList<>();

		private final FallbackStep end;

		private Run(int seed) {
			this.seed = seed;
			this.random = new Random(seed);
			this.policy = policy();
			int size = 1 + this.random.nextInt(7);
			for (int i = 0; i < size; i++) {
				this.candidates.add(new FallbackTarget("t" + i, "bean" + this.random.nextInt(3), this.random.nextInt(3),
						1 + this.random.nextInt(4)));
			}
			this.end = play();
		}

		private FallbackStep play() {
			TargetHealth health = health();
			FallbackChain chain = new FallbackChain(this.candidates, this.policy, health);
			Money spent = Money.ZERO;
			Duration elapsed = Duration.ZERO;
			FallbackStep step = chain.first();
			while (step instanceof TryTarget attempt) {
				spent = spent.plus(Money.ofNanos(this.random.nextInt(50)));
				elapsed = elapsed.plus(attempt.delay()).plusMillis(this.random.nextInt(2000));
				Failure failure = failure();
				this.calls.add(new Call(attempt, failure, spent, elapsed));
				health.failed(attempt.target().name(), failure, Duration.ofMillis(1));
				step = chain.next(attempt.target(), failure, spent, elapsed);
			}
			return step;
		}

		private TargetHealth health() {
			TargetHealth health = new TargetHealth(HealthSettings.defaults(), new TestTime());
			for (FallbackTarget target : this.candidates) {
				if (this.random.nextInt(5) == 0) {
					health.admit(target.name());
					health.failed(target.name(), new Failure(FailureKind.RATE_LIMITED, Duration.ofHours(1), 429),
							Duration.ZERO);
				}
			}
			return health;
		}

		private FallbackPolicy policy() {
			Map<FailureKind, Reaction> reactions = new EnumMap<>(FailureKind.class);
			for (FailureKind kind : KINDS) {
				if (!kind.isFinal() && this.random.nextInt(3) == 0) {
					reactions.put(kind, REACTIONS[this.random.nextInt(REACTIONS.length)]);
				}
			}
			Duration deadline = this.random.nextBoolean() ? Duration.ofMillis(1 + this.random.nextInt(6000)) : null;
			Money cost = this.random.nextBoolean() ? Money.ofNanos(this.random.nextInt(150)) : null;
			return new FallbackPolicy(this.random.nextInt(10) > 0, 1 + this.random.nextInt(6), deadline, null, cost,
					this.random.nextBoolean(), Duration.ofMillis(this.random.nextInt(3000)), reactions);
		}

		private Failure failure() {
			FailureKind kind = KINDS[this.random.nextInt(KINDS.length)];
			Duration wait = this.random.nextInt(3) == 0 ? Duration.ofMillis(this.random.nextInt(4000)) : null;
			return new Failure(kind, wait, 0);
		}

		private void check() {
			assertThat(this.calls).as("seed %s", this.seed).hasSizeLessThanOrEqualTo(this.policy.maxAttempts());
			Set<String> tried = new HashSet<>();
			Call last = null;
			for (Call call : this.calls) {
				checkTarget(call.attempt);
				checkNotAgain(call, last, tried);
				if (last != null) {
					checkAllowed(last, call);
				}
				tried.add(call.attempt.target().name());
				last = call;
			}
		}

		private void checkTarget(TryTarget attempt) {
			boolean lower = attempt.target().level() < this.candidates.get(0).level();
			assertThat(lower && !this.policy.downwards()).as("seed %s", this.seed).isFalse();
		}

		private void checkNotAgain(Call call, @Nullable Call last, Set<String> tried) {
			if (tried.contains(call.attempt.target().name())) {
				assertThat(last).isNotNull();
				assertThat(call.attempt.target()).as("seed %s", this.seed).isEqualTo(last.attempt.target());
				assertThat(call.attempt.delay()).isEqualTo(last.failure.retryAfter())
					.isLessThanOrEqualTo(this.policy.longestWait());
			}
			else {
				assertThat(call.attempt.delay()).isZero();
			}
		}

		private void checkAllowed(Call last, Call call) {
			Reaction reaction = this.policy.reactionTo(last.failure.kind());
			assertThat(this.policy.enabled()).isTrue();
			assertThat(last.failure.kind().isFinal()).as("seed %s", this.seed).isFalse();
			assertThat(reaction).isNotEqualTo(Reaction.STOP);
			if (reaction == Reaction.OTHER_PROVIDER) {
				assertThat(call.attempt.target().bean()).isNotEqualTo(last.attempt.target().bean());
			}
			if (reaction == Reaction.LARGER_WINDOW) {
				assertThat(call.attempt.target().contextWindow()).isGreaterThan(last.attempt.target().contextWindow());
			}
			checkLimits(last, call.attempt.delay());
		}

		private void checkLimits(Call last, Duration delay) {
			Duration deadline = this.policy.deadline();
			assertThat(deadline == null || last.elapsed.plus(delay).compareTo(deadline) < 0).as("seed %s", this.seed)
				.isTrue();
			Money cost = this.policy.maxCost();
			assertThat(cost == null || last.spent.compareTo(cost) < 0).as("seed %s", this.seed).isTrue();
		}

	}

}
