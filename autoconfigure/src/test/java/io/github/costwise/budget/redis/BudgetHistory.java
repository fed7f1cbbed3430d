package io.github.costwise.budget.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What callers did to one account and saw of it, and whether it could have happened in
 * turn.
 */
final class BudgetHistory {

	private final List<List<HistoryStep>> callers;

	private final long limit;

	private final Set<List<Object>> seen = new HashSet<>();

	BudgetHistory(List<List<HistoryStep>> callers, long limit) {
		this.callers = callers;
		this.limit = limit;
	}

	/**
	 * Finds an order in which each step ends as it did, and no step comes before one that
	 * had ended when it began.
	 */
	boolean isInTurn() {
		return isInTurn(new int[this.callers.size()], new Books(0, new TreeMap<>()));
	}

	private boolean isInTurn(int[] places, Books books) {
		List<HistoryStep> next = new ArrayList<>();
		long firstEnd = Long.MAX_VALUE;
		for (int i = 0; i < places.length; i++) {
			List<HistoryStep> steps = this.callers.get(i);
			next.add((places[i] < steps.size()) ? steps.get(places[i]) : null);
			firstEnd = (next.get(i) != null) ? Math.min(firstEnd, next.get(i).ended()) : firstEnd;
		}
		if (firstEnd == Long.MAX_VALUE) {
			return true;
		}
		if (!this.seen.add(List.of(Arrays.stream(places).boxed().toList(), books))) {
			return false;
		}
		for (int i = 0; i < places.length; i++) {
			HistoryStep step = next.get(i);
			if (step != null && step.began() <= firstEnd) {
				Books after = books.after(step, this.limit);
				int[] gone = places.clone();
				gone[i]++;
				if (after != null && isInTurn(gone, after)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * What a caller did.
	 *
	 * @param began when it began
	 * @param ended when it ended
	 * @param kind 'reserve', 'settle', 'release' or 'look'
	 * @param id id of the hold
	 * @param amount what was to be held or booked
	 * @param outcome how it ended
	 */
	record HistoryStep(long began, long ended, String kind, String id, long amount, String outcome) {

	}

	/** What is spent, and what each hold holds. */
	private record Books(long spent, Map<String, Long> held) {

		private long sum() {
			return this.held.values().stream().mapToLong(Long::longValue).sum();
		}

		/** Returns what is there after a step, or {@code null} if it ends otherwise. */
		private Books after(HistoryStep step, long limit) {
			Map<String, Long> holds = new TreeMap<>(this.held);
			long booked = this.spent;
			String outcome = "ok";
			switch (step.kind()) {
				case "reserve" -> {
					if (booked + sum() + step.amount() > limit) {
						outcome = (booked + step.amount() > limit) ? "SPENT" : "HOLDS";
					}
					else {
						holds.put(step.id(), step.amount());
					}
				}
				case "settle" -> {
					holds.remove(step.id());
					booked += step.amount();
				}
				case "release" -> holds.remove(step.id());
				default -> outcome = booked + " " + sum();
			}
			return outcome.equals(step.outcome()) ? new Books(booked, holds) : null;
		}

	}

}
