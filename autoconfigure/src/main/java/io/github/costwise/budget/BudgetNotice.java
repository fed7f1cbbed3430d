package io.github.costwise.budget;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;

/**
 * What those who call an application may know of a budget that has no room. Immutable.
 *
 * @param title what happened
 * @param detail a sentence or two, which name no owner
 * @param reason why there is no room, such as {@code spent}
 * @param retryAfter how long to wait, or {@code null} when waiting is of no use
 * @since 0.1.0
 */
public record BudgetNotice(String title, String detail, String reason, @Nullable Duration retryAfter) {

	/**
	 * Makes a notice.
	 * @param refused what the call failed with
	 * @param amounts whether it may name the budget, its limit and what is spent
	 * @return the notice
	 */
	public static BudgetNotice of(BudgetExceededException refused, boolean amounts) {
		Duration wait = refused.retryAfter();
		String detail = amounts ? withoutOwner(refused) : detail(refused);
		if (wait != null) {
			detail += " Try again in " + wait.toSeconds() + ((wait.toSeconds() == 1) ? " second." : " seconds.");
		}
		return new BudgetNotice("Budget exceeded", detail,
				refused.refusal().name().toLowerCase(Locale.ROOT).replace('_', '-'), wait);
	}

	private static String detail(BudgetExceededException refused) {
		return switch (refused.refusal()) {
			case HOLDS -> "Other requests use what is left of a budget at the moment.";
			case SPENT -> "A budget for requests like this one is used up.";
			case DRAWN -> "What was set aside for this work is used up.";
			case NEVER_FITS -> "The request is larger than a budget allows at any time.";
			case BLOCKED -> "Requests like this one are not answered at the moment.";
			case UNAVAILABLE -> "Whether there is a budget for the request cannot be found out at the moment.";
		};
	}

	private static String withoutOwner(BudgetExceededException refused) {
		String message = String.valueOf(refused.getMessage());
		String owner = refused.owner();
		return owner.isEmpty() ? message : message.replace(" of '" + owner + "'", "");
	}

}
