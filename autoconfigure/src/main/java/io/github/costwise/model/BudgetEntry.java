package io.github.costwise.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.ShortText;

/**
 * What somebody did with a budget at run time: an entry of the ledger beside calls and
 * turns. Immutable.
 *
 * @param id unique id of the entry
 * @param at when it was done
 * @param budget id of the budget
 * @param action what was done, such as {@code raise}, {@code adjust} or {@code block}
 * @param owner whose account it concerns, empty for the one of all, or {@code null} where
 * it concerns the whole budget
 * @param unit what the budget counts
 * @param amount by how much, in nano-dollars for money; zero where none belongs to it
 * @param why the reason that was given
 * @param who who did it, or {@code null} when that is not known
 * @since 0.1.0
 */
public record BudgetEntry(String id, Instant at, String budget, String action, @Nullable String owner, String unit,
		long amount, String why, @Nullable String who) {

	private static final int LONGEST = 300;

	public BudgetEntry {
		id = ShortText.ofName(id);
		budget = ShortText.ofName(budget);
		owner = ShortText.ofNullable(owner);
		why = ShortText.ofLine(why, LONGEST);
		who = ShortText.ofNullable(who);
	}

}
