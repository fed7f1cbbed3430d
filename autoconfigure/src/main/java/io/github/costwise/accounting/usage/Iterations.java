package io.github.costwise.accounting.usage;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.pricing.ModelNames;

/**
 * The rounds that a provider made for one answer and lists in its usage: those of the
 * answer itself, whose sum the totals are, and those beside it, such as a compaction or
 * the advice of another model. Each is billed as a request of its own. Immutable.
 *
 * @param inside the rounds of the answering model that the totals contain
 * @param beside the rounds of the answering model that come on top of the totals
 * @param others the rounds of other models
 * @param othersInside whether some of these are contained in the totals
 * @param explained whether the rounds make up the totals
 * @param certain whether every round is known to be of the answering model or of another
 */
record Iterations(List<UsageFields> inside, List<UsageFields> beside, List<UsageFields> others, boolean othersInside,
		boolean explained, boolean certain) {

	private static final String MESSAGE = "message";

	private static final String COMPACTION = "compaction";

	/** An answer made in one round. */
	static final Iterations NONE = new Iterations(List.of(), List.of(), List.of(), false, true, true);

	/**
	 * Tells the rounds of a usage apart.
	 * @param totals the usage that lists them
	 * @param input its input, which the client may know better
	 * @param model the model that answered
	 */
	static Iterations of(UsageFields totals, long input, String model) {
		List<UsageFields> all = totals.children(Field.ITERATIONS);
		if (all.isEmpty()) {
			return NONE;
		}
		long whole = tokens(totals) - Math.max(0, totals.number(Field.INPUT_TOKENS)) + input;
		List<UsageFields> messages = all.stream().filter(Iterations::isMessage).toList();
		boolean allInside = sum(messages) != whole && sum(all) == whole;
		return sorted(all, allInside, model, allInside || sum(messages) == whole);
	}

	/** Whether a usage lists several rounds, or one that is not of the model alone. */
	static boolean areSeveral(UsageFields totals, String model) {
		List<UsageFields> all = totals.children(Field.ITERATIONS);
		return all.size() > 1 || all.stream().anyMatch((round) -> isOther(round.text(Field.MODEL), model));
	}

	private static Iterations sorted(List<UsageFields> all, boolean allInside, String model, boolean explained) {
		List<UsageFields> inside = new ArrayList<>();
		List<UsageFields> beside = new ArrayList<>();
		List<UsageFields> others = new ArrayList<>();
		boolean othersInside = false;
		boolean certain = true;
		for (UsageFields round : all) {
			boolean contained = allInside || isMessage(round);
			String named = round.text(Field.MODEL);
			boolean other = isOther(named, model);
			if (other && (explained || !contained)) {
				others.add(round);
				othersInside |= contained;
			}
			else {
				(contained ? inside : beside).add(round);
				certain &= !other && (named != null || isMessage(round) || COMPACTION.equals(round.text(Field.TYPE)));
			}
		}
		return new Iterations(List.copyOf(inside), List.copyOf(beside), List.copyOf(others), othersInside, explained,
				certain);
	}

	/**
	 * The rounds of the answering model that are billed one by one; none for one round.
	 */
	List<UsageFields> own() {
		List<UsageFields> own = new ArrayList<>(this.inside);
		own.addAll(this.beside);
		return (own.size() > 1) ? own : List.of();
	}

	/** Whether several rounds are known as one sum only. */
	boolean isSummed() {
		boolean several = this.inside.size() + this.beside.size() + this.others.size() > 1;
		return !this.certain || (several && !this.explained);
	}

	/** Whether the totals are no sum of rounds of the answering model alone. */
	boolean isTotalOfOthersToo() {
		return this.othersInside;
	}

	private static boolean isMessage(UsageFields round) {
		String type = round.text(Field.TYPE);
		return type == null || type.equals(MESSAGE);
	}

	private static boolean isOther(@Nullable String named, String model) {
		return named != null && !ModelNames.areSame(named, model);
	}

	private static long sum(List<UsageFields> rounds) {
		return rounds.stream().mapToLong(Iterations::tokens).sum();
	}

	private static long tokens(UsageFields usage) {
		return number(usage, Field.INPUT_TOKENS) + number(usage, Field.OUTPUT_TOKENS)
				+ number(usage, Field.CACHE_READ_INPUT_TOKENS) + number(usage, Field.CACHE_CREATION_INPUT_TOKENS);
	}

	private static long number(UsageFields usage, Field field) {
		return Math.max(0, Math.min(usage.number(field), Integer.MAX_VALUE));
	}

}
