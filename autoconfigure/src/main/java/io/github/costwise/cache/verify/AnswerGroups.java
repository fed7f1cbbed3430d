package io.github.costwise.cache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.costwise.bounded.RecentMap;

/**
 * What is known of single answer groups: into which others they were merged, and whether
 * their answer may have changed. Holds the latest 65,536 groups and 16,384 pairs that
 * anything is known of, in about 10 MiB. Thread-safe.
 * <p>
 * Evidence is added up as logarithms of likelihood ratios (A. Wald, "Sequential tests of
 * statistical hypotheses", 1945).
 */
final class AnswerGroups {

	private static final int CAPACITY = 1 << 16;

	private static final int PAIR_CAPACITY = 1 << 14;

	private static final int MAX_MERGES = 32;

	/** Logarithm of the odds from which on two groups are taken for one. */
	private static final double MERGE_EVIDENCE = 6;

	/** The odds that an answer has changed since its group was last looked at. */
	private static final double CHANGE_ODDS = .002;

	private static final double CHANGE_ODDS_PER_HIT = .0015;

	private static final double OUTDATED_ODDS = 4;

	/** By what an equal answer multiplies these odds. */
	private static final double RELIEF = .02;

	private static final double LEAST_SURPRISE = .02;

	private final Map<Long, GroupState> states = new RecentMap<>(CAPACITY);

	private final Map<Pair, double[]> pairs = new RecentMap<>(PAIR_CAPACITY);

	/**
	 * Says of entries in which groups they are by now.
	 * @param entries the entries
	 * @return those whose answer is not taken to have changed, in the same order
	 */
	synchronized List<NearEntry> current(List<NearEntry> entries) {
		return entries.stream()
			.map((entry) -> entry.inGroup(resolve(entry.group())))
			.filter((entry) -> !isOutdated(entry.group()))
			.toList();
	}

	/**
	 * Returns a group and all that were merged into it.
	 */
	synchronized List<Long> members(long group) {
		List<Long> members = new ArrayList<>(List.of(group));
		for (Long other : List.copyOf(this.states.keySet())) {
			if (other != group && resolve(other) == group) {
				members.add(other);
			}
		}
		return members;
	}

	synchronized long resolve(long group) {
		long found = group;
		for (int i = 0; i < MAX_MERGES; i++) {
			GroupState state = this.states.get(found);
			if (state == null || state.mergedInto == found) {
				return found;
			}
			found = state.mergedInto;
		}
		return found;
	}

	/** The odds that the answer has changed. */
	synchronized double changeOdds(long group) {
		GroupState state = this.states.get(group);
		return (state == null) ? 0 : state.odds();
	}

	synchronized int servedSinceCheck(long group) {
		GroupState state = this.states.get(group);
		return (state == null) ? 0 : state.servedSinceCheck;
	}

	synchronized boolean isOutdated(long group) {
		GroupState state = this.states.get(group);
		return state != null && state.isOutdated();
	}

	synchronized void served(long group) {
		state(group).servedSinceCheck++;
	}

	/**
	 * Takes a judgement on the group's answer.
	 * @param group the group
	 * @param same whether the fresh answer was the same
	 * @param expected how probable that was, unless the answer has changed
	 * @return whether the answer is now taken to have changed
	 */
	synchronized boolean judged(long group, boolean same, double expected) {
		GroupState state = state(group);
		boolean before = state.isOutdated();
		double odds = Math.max(CHANGE_ODDS, state.odds());
		state.odds = same ? Math.min(odds, 1) * RELIEF : odds / Math.max(1 - expected, LEAST_SURPRISE);
		state.servedSinceCheck = 0;
		return !before && state.isOutdated();
	}

	/**
	 * Takes a comparison of one answer with two groups of which it equals at least one.
	 * @param one a group
	 * @param other another group
	 * @param both whether it equals both
	 * @param noise which share of equal answers is judged to differ
	 * @param mistaken which share of different answers is judged to be equal
	 */
	synchronized void compared(long one, long other, boolean both, double noise, double mistaken) {
		Pair pair = new Pair(Math.min(one, other), Math.max(one, other));
		double alike = (1 - noise) / (1 + noise);
		double[] evidence = this.pairs.computeIfAbsent(pair, (key) -> new double[1]);
		evidence[0] += both ? Math.log(alike / mistaken) : Math.log((1 - alike + 1e-3) / (1 - mistaken));
		if (evidence[0] > MERGE_EVIDENCE) {
			this.pairs.remove(pair);
			state(pair.second).mergedInto = pair.first;
		}
	}

	private GroupState state(long group) {
		return this.states.computeIfAbsent(group, GroupState::new);
	}

	/** One group. */
	private static final class GroupState {

		private long mergedInto;

		private int servedSinceCheck;

		private double odds;

		GroupState(long group) {
			this.mergedInto = group;
		}

		double odds() {
			return this.odds + CHANGE_ODDS_PER_HIT * this.servedSinceCheck;
		}

		boolean isOutdated() {
			return this.odds >= OUTDATED_ODDS;
		}

	}

	/** Two groups, the smaller number first. */
	private record Pair(long first, long second) {

	}

}
