package io.github.costwise.fallback;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.fallback.FallbackStep.Cause;
import io.github.costwise.fallback.FallbackStep.Stop;
import io.github.costwise.fallback.FallbackStep.TryTarget;
import io.github.costwise.model.Failure;
import io.github.costwise.model.Reaction;

/**
 * Says which target one call tries next. Goes through the candidates in their order and
 * never comes back to one, except after a wait that its provider asked for. What a
 * failure rules out, such as a window that was too small, stays ruled out until the call
 * ends. Given the same health, equal failures give equal steps. Belongs to one call; not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class FallbackChain {

	private final List<FallbackTarget> candidates;

	private final FallbackPolicy policy;

	private final TargetHealth health;

	private final Set<String> tried = new HashSet<>();

	private final Set<String> beansRuledOut = new HashSet<>();

	private int windowRuledOut;

	private int failures;

	/**
	 * Creates a chain.
	 * @param candidates the chosen target, then the others that are able to answer, in
	 * the order in which they are tried; not empty
	 * @param policy what the user decides
	 * @param health how the targets are doing
	 * @throws IllegalArgumentException if there is no candidate
	 */
	public FallbackChain(List<FallbackTarget> candidates, FallbackPolicy policy, TargetHealth health) {
		if (candidates.isEmpty()) {
			throw new IllegalArgumentException("A chain needs a target");
		}
		this.candidates = List.copyOf(candidates);
		this.policy = policy;
		this.health = health;
	}

	/**
	 * Returns the first target to call: the chosen one, or when its circuit is open the
	 * next one whose is not. When all circuits are open, the chosen one is called all the
	 * same, because a request that may fail is better than none.
	 * @return the attempt
	 */
	public TryTarget first() {
		FallbackTarget chosen = this.candidates.get(0);
		boolean admitted = this.health.admit(chosen.name());
		FallbackTarget other = (admitted || !this.policy.enabled()) ? null : admitted();
		return attempt((other != null) ? other : chosen, Duration.ZERO);
	}

	/**
	 * Returns what comes after a failure. The failure itself must have been reported to
	 * the health before.
	 * @param failed the target that was called last
	 * @param failure what went wrong
	 * @param spentByTurn what the turn has spent so far
	 * @param elapsed time since the call began
	 * @return the next attempt, or why there is none
	 */
	public FallbackStep next(FallbackTarget failed, Failure failure, Money spentByTurn, Duration elapsed) {
		this.failures++;
		this.tried.add(failed.name());
		Reaction reaction = reactionTo(failure);
		Cause cause = stopped(reaction, spentByTurn, elapsed);
		if (cause != null) {
			return new Stop(cause);
		}
		ruleOut(failed, reaction);
		FallbackTarget other = admitted();
		return (other != null) ? attempt(other, Duration.ZERO) : again(failed, failure, reaction, elapsed);
	}

	/**
	 * Returns what comes after a target that may not be asked, though nothing is wrong
	 * with it: another one of its level, whatever the policy says of failures.
	 * @param full the target
	 * @return the next attempt, or why there is none
	 */
	public FallbackStep nextEqual(FallbackTarget full) {
		this.tried.add(full.name());
		return this.candidates.stream()
			.filter((target) -> target.level() == full.level() && !this.tried.contains(target.name())
					&& mayAnswer(target))
			.filter((target) -> this.health.admit(target.name()))
			.findFirst()
			.<FallbackStep>map((target) -> attempt(target, Duration.ZERO))
			.orElseGet(() -> new Stop(Cause.NO_TARGET_LEFT));
	}

	private Reaction reactionTo(Failure failure) {
		return this.policy.enabled() ? this.policy.reactionTo(failure.kind()) : Reaction.STOP;
	}

	private @Nullable Cause stopped(Reaction reaction, Money spent, Duration elapsed) {
		if (reaction == Reaction.STOP) {
			return Cause.NOT_ALLOWED;
		}
		if (this.failures >= this.policy.maxAttempts()) {
			return Cause.ATTEMPTS;
		}
		Money maxCost = this.policy.maxCost();
		if (maxCost != null && spent.compareTo(maxCost) >= 0) {
			return Cause.COST;
		}
		return isLate(elapsed) ? Cause.DEADLINE : null;
	}

	private boolean isLate(Duration elapsed) {
		Duration deadline = this.policy.deadline();
		return deadline != null && elapsed.compareTo(deadline) >= 0;
	}

	private void ruleOut(FallbackTarget failed, Reaction reaction) {
		if (reaction == Reaction.OTHER_PROVIDER) {
			this.beansRuledOut.add(failed.bean());
		}
		if (reaction == Reaction.LARGER_WINDOW) {
			this.windowRuledOut = Math.max(this.windowRuledOut, failed.contextWindow());
		}
	}

	private @Nullable FallbackTarget admitted() {
		return this.candidates.stream()
			.filter((target) -> !this.tried.contains(target.name()) && mayAnswer(target))
			.filter((target) -> this.health.admit(target.name()))
			.findFirst()
			.orElse(null);
	}

	private boolean mayAnswer(FallbackTarget target) {
		return !this.beansRuledOut.contains(target.bean()) && target.contextWindow() > this.windowRuledOut
				&& (this.policy.downwards() || target.level() >= this.candidates.get(0).level());
	}

	private FallbackStep again(FallbackTarget failed, Failure failure, Reaction reaction, Duration elapsed) {
		Optional<Duration> wait = wait(failure, reaction);
		if (wait.isEmpty() || !mayAnswer(failed)) {
			return new Stop(Cause.NO_TARGET_LEFT);
		}
		if (isLate(elapsed.plus(wait.get()))) {
			return new Stop(Cause.DEADLINE);
		}
		boolean admitted = this.health.admit(failed.name());
		return admitted ? attempt(failed, wait.get()) : new Stop(Cause.NO_TARGET_LEFT);
	}

	private Optional<Duration> wait(Failure failure, Reaction reaction) {
		return Optional.ofNullable(failure.retryAfter())
			.filter((wait) -> reaction == Reaction.NEXT && wait.compareTo(this.policy.longestWait()) <= 0);
	}

	private TryTarget attempt(FallbackTarget target, Duration wait) {
		this.tried.add(target.name());
		return new TryTarget(target, wait);
	}

}
