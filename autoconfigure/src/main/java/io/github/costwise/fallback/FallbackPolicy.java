package io.github.costwise.fallback;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.Reaction;

/**
 * What the user decides about falling back. Immutable and thread-safe.
 *
 * @param enabled whether another target is tried at all
 * @param maxAttempts most attempts of a call, the first one included, at least 1
 * @param deadline how long after its begin a call may still start an attempt, above zero,
 * or {@code null} for no limit
 * @param attemptTimeout how long one attempt may take, of a stream until its content
 * begins, above zero, or {@code null} for as long as its client waits
 * @param maxCost what a turn may have spent for another attempt to be made, not negative,
 * or {@code null} for no limit
 * @param downwards whether a less capable target than the chosen one may answer
 * @param longestWait longest wait for the same target that is waited out, not negative
 * @param reactions what is done after failures of a kind, where it is not the kind's
 * default
 * @param afterThoughts whether another target may take over a stream whose thoughts were
 * passed on already
 * @since 0.1.0
 */
public record FallbackPolicy(boolean enabled, int maxAttempts, @Nullable Duration deadline,
		@Nullable Duration attemptTimeout, @Nullable Money maxCost, boolean downwards, Duration longestWait,
		Map<FailureKind, Reaction> reactions, boolean afterThoughts) {

	/** No fallback: the first failure reaches the caller. */
	public static final FallbackPolicy OFF = new FallbackPolicy(false, 1, null, null, null, false, Duration.ZERO,
			Map.of(), false);

	private static final FallbackPolicy DEFAULTS = new FallbackPolicy(true, 3, null, null, null, false,
			Duration.ofSeconds(2), Map.of(), false);

	/**
	 * Creates a policy that gives a failure after a thought to the caller.
	 * @param enabled whether another target is tried at all
	 * @param maxAttempts most attempts of a call
	 * @param deadline how long a call may still start an attempt
	 * @param attemptTimeout how long one attempt may take
	 * @param maxCost what a turn may have spent for another attempt
	 * @param downwards whether a less capable target may answer
	 * @param longestWait longest wait for the same target
	 * @param reactions what is done after failures of a kind
	 * @throws IllegalArgumentException as for the other constructor
	 */
	public FallbackPolicy(boolean enabled, int maxAttempts, @Nullable Duration deadline,
			@Nullable Duration attemptTimeout, @Nullable Money maxCost, boolean downwards, Duration longestWait,
			Map<FailureKind, Reaction> reactions) {
		this(enabled, maxAttempts, deadline, attemptTimeout, maxCost, downwards, longestWait, reactions, false);
	}

	/**
	 * Creates a policy.
	 * @throws IllegalArgumentException if a value is out of its range, or a reaction
	 * other than {@link Reaction#STOP} is given for a kind after which nothing else may
	 * be done
	 */
	public FallbackPolicy {
		if (maxAttempts < 1 || longestWait.isNegative() || (deadline != null && !isPositive(deadline))
				|| (attemptTimeout != null && !isPositive(attemptTimeout))
				|| (maxCost != null && maxCost.nanos() < 0)) {
			throw new IllegalArgumentException("A setting of fallback is out of range");
		}
		EnumMap<FailureKind, Reaction> copy = new EnumMap<>(FailureKind.class);
		copy.putAll(reactions);
		copy.forEach(FallbackPolicy::check);
		reactions = Map.copyOf(copy);
	}

	/**
	 * Returns the default policy: three attempts, never downwards, waits of at most two
	 * seconds, no deadline and no limit of cost.
	 * @return the policy, which is enabled
	 */
	public static FallbackPolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns what is done after a failure.
	 * @param kind what went wrong
	 * @return the reaction
	 */
	public Reaction reactionTo(FailureKind kind) {
		Reaction own = this.reactions.get(kind);
		return (own != null) ? own : kind.defaultReaction();
	}

	private static void check(FailureKind kind, Reaction reaction) {
		if (kind.isFinal() && reaction != Reaction.STOP) {
			throw new IllegalArgumentException("Nothing else may be tried after " + kind);
		}
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

}
