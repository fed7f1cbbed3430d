package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetUnit;

/**
 * How much may be used of something, by which owners, in which time. Immutable.
 *
 * @param id its id, by which its spend is kept
 * @param limit the limit of each account
 * @param window when it begins again
 * @param per what has an account of its own; empty for one account of all
 * @param only values that calls must have to be counted, by what they are of
 * @param overrides limits of accounts that differ, by their owner
 * @param rules what it does
 * @param weights how it counts
 * @since 0.1.0
 */
public record Budget(String id, BudgetAmount limit, BudgetWindow window, List<BudgetDimension> per,
		Map<BudgetDimension, Set<String>> only, Map<String, BudgetAmount> overrides, BudgetRules rules,
		BudgetWeights weights) {

	/** The owner of what has none. */
	public static final String UNOWNED = "(unowned)";

	/**
	 * Creates a budget.
	 * @throws IllegalArgumentException if an override counts something else
	 */
	public Budget {
		per = per.stream().distinct().toList();
		only = Map.copyOf(only);
		overrides = Map.copyOf(overrides);
		for (BudgetAmount override : overrides.values()) {
			if (override.unit() != limit.unit()) {
				throw new IllegalArgumentException(
						"its limit counts " + limit.unit().label() + ", and an override " + override.unit().label());
			}
		}
	}

	/**
	 * Creates a budget in which every token counts.
	 * @param id its id, by which its spend is kept
	 * @param limit the limit of each account
	 * @param window when it begins again
	 * @param per what has an account of its own; empty for one account of all
	 * @param only values that calls must have to be counted, by what they are of
	 * @param overrides limits of accounts that differ, by their owner
	 * @param rules what it does
	 * @throws IllegalArgumentException if an override counts something else
	 */
	public Budget(String id, BudgetAmount limit, BudgetWindow window, List<BudgetDimension> per,
			Map<BudgetDimension, Set<String>> only, Map<String, BudgetAmount> overrides, BudgetRules rules) {
		this(id, limit, window, per, only, overrides, rules, BudgetWeights.DEFAULT);
	}

	/** What it counts of a call. */
	long of(UsedUp used, boolean application, boolean firstOfTurn) {
		return used.of(unit(), this.weights, application, firstOfTurn);
	}

	/**
	 * Returns for how long a ledger must keep calls, so that a restart loses nothing.
	 * @param now the time
	 * @return the length of its window, or {@code null} where it asks no ledger or never
	 * begins again
	 */
	public @Nullable Duration remembers(Instant now) {
		BudgetSpan span = span(now);
		if (!this.weights.fromLedger() || unit() == BudgetUnit.IN_FLIGHT || span.equals(BudgetSpan.TOTAL)) {
			return null;
		}
		return (span.rolling() != null) ? span.rolling() : Duration.between(span.from(), span.until());
	}

	/** All by which it distinguishes calls, each once. */
	List<BudgetDimension> dimensions() {
		return Stream.concat(this.per.stream(), this.only.keySet().stream()).distinct().toList();
	}

	/**
	 * Returns whether it counts how large calls are, rather than only how many.
	 * @return whether it is one of money or tokens
	 */
	public boolean isSized() {
		return switch (unit()) {
			case USD, TOKENS, INPUT_TOKENS, OUTPUT_TOKENS -> true;
			case CALLS, TURNS, IN_FLIGHT -> false;
		};
	}

	BudgetUnit unit() {
		return this.limit.unit();
	}

	/** Whether it counts a call. */
	boolean concerns(BudgetSubject subject) {
		for (Map.Entry<BudgetDimension, Set<String>> one : this.only.entrySet()) {
			String value = one.getKey().of(subject);
			if (value == null || !one.getValue().contains(value)) {
				return false;
			}
		}
		return true;
	}

	BudgetAccount account(BudgetSubject subject) {
		if (this.per.isEmpty()) {
			return new BudgetAccount(this.id, "");
		}
		boolean several = this.per.size() > 1;
		String owner = this.per.stream()
			.map((dimension) -> part(dimension.of(subject), several))
			.collect(Collectors.joining("/"));
		return new BudgetAccount(this.id, owner);
	}

	/** No value may look like another one, nor like none. */
	private static String part(@Nullable String value, boolean several) {
		if (value == null) {
			return UNOWNED;
		}
		String whole = several ? value.replace("%", "%25").replace("/", "%2F")
				: value.startsWith("%") ? "%25" + value.substring(1) : value;
		return whole.startsWith("(") ? "%28" + whole.substring(1) : whole;
	}

	long limit(BudgetAccount account) {
		BudgetAmount override = this.overrides.get(account.owner());
		return ((override != null) ? override : this.limit).value();
	}

	/** Calls in flight do not end with a window. */
	BudgetSpan span(Instant now) {
		return (unit() == BudgetUnit.IN_FLIGHT) ? BudgetSpan.TOTAL : this.window.at(now);
	}

	/** Whether another target of the same tier may be counted elsewhere. */
	boolean isOfTargets() {
		return BudgetDimension.areOfTargets(this.per)
				|| this.only.keySet().stream().anyMatch(BudgetDimension::isOfTargets);
	}

	/**
	 * What a budget does.
	 *
	 * @param enforced whether its limit is kept, rather than only watched
	 * @param notices when it notifies
	 * @param degradeAt percents of the limit from each of which on calls go one step
	 * down: to a cheaper tier, and where there is none to shorter answers
	 * @param ownShare percent of the limit that Costwise's own calls may use up to
	 * @param carry most of what a window left over that the next one gets
	 * @param overflow id of the budget that is tried where this one has no room, or
	 * {@code null} for none
	 * @param maxWait how long a call may wait for room, or {@code null} for not at all
	 * @param passes whether calls pass while the store does not answer
	 */
	public record BudgetRules(boolean enforced, BudgetNotices notices, List<Integer> degradeAt, int ownShare,
			long carry, @Nullable String overflow, @Nullable Duration maxWait, boolean passes) {

		private static final Duration LONGEST_WAIT = Duration.ofHours(1);

		/** Keeps its limit, and notifies at 80 and 100 percent. */
		public static final BudgetRules DEFAULT = new BudgetRules(true, BudgetNotices.DEFAULT, List.of(), 90, 0, null);

		/**
		 * Creates rules by which no call waits.
		 * @param enforced whether its limit is kept, rather than only watched
		 * @param notices when it notifies
		 * @param degradeAt percents of the limit from each of which on calls go one step
		 * down
		 * @param ownShare percent of the limit that Costwise's own calls may use up to
		 * @param carry most of what a window left over that the next one gets
		 * @param overflow id of the budget that is tried where this one has no room, or
		 * {@code null} for none
		 */
		public BudgetRules(boolean enforced, BudgetNotices notices, List<Integer> degradeAt, int ownShare, long carry,
				@Nullable String overflow) {
			this(enforced, notices, degradeAt, ownShare, carry, overflow, null, false);
		}

		/**
		 * Creates rules.
		 * @throws IllegalArgumentException if a percent or a time is out of range
		 */
		public BudgetRules {
			degradeAt = degradeAt.stream().sorted().distinct().toList();
			if (degradeAt.stream().anyMatch((percent) -> percent < 0 || percent > 100) || ownShare < 0
					|| ownShare > 100) {
				throw new IllegalArgumentException(
						"a percent is out of range: 'degrade-at' and 'own-share' from 0 to 100");
			}
			if (carry < 0) {
				throw new IllegalArgumentException("'carry-over' is not negative");
			}
			if (maxWait != null && (maxWait.isNegative() || maxWait.isZero() || maxWait.compareTo(LONGEST_WAIT) > 0)) {
				throw new IllegalArgumentException("'max-wait' is above zero, and an hour at the most");
			}
		}

		/** How many steps down calls go. */
		int steps(int spentPercent) {
			return (int) this.degradeAt.stream().filter((percent) -> percent <= spentPercent).count();
		}

	}

	/**
	 * When a budget notifies, beside overruns.
	 *
	 * @param at percents of the limit at which its spend is published
	 * @param forecast whether it does when the limit will be used up before the window
	 * ends, both at the pace since its begin and at that of lately
	 * @param burnRate how many times faster than evenly it is spent lately, from which on
	 * that is published, or {@code null} for never
	 */
	public record BudgetNotices(List<Integer> at, boolean forecast, @Nullable Integer burnRate) {

		/** At 80 and 100 percent. */
		public static final BudgetNotices DEFAULT = new BudgetNotices(List.of(80, 100), false, null);

		/** Never. */
		public static final BudgetNotices NONE = new BudgetNotices(List.of(), false, null);

		/**
		 * Creates rules.
		 * @throws IllegalArgumentException if a number is out of range
		 */
		public BudgetNotices {
			at = at.stream().sorted().toList();
			if (at.stream().anyMatch((percent) -> percent < 1 || percent > 1000)) {
				throw new IllegalArgumentException("a percent is out of range: 'notify-at' from 1 to 1000");
			}
			if (burnRate != null && (burnRate < 2 || burnRate > 1000)) {
				throw new IllegalArgumentException("'notify-burn-rate' is from 2 to 1000");
			}
		}

	}

}
