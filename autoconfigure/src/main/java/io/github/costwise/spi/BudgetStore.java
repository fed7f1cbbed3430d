package io.github.costwise.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;

/**
 * Keeps what was spent and what is held. Each method is one atomic step over all accounts
 * that it names, and safe to repeat, except for adjustments. An account keeps at least
 * its four latest windows apart, so that a clock may go back and a call may be late. What
 * is held counts in the window in which its call began, like what is spent.
 * Implementations are thread-safe. What it throws is counted; a call that cannot be
 * admitted so is refused.
 *
 * @since 0.1.0
 */
public interface BudgetStore {

	/**
	 * Holds what a call may cost, on all of its accounts or on none. A hold that exists
	 * already is left as it is, and one that has ended does not begin again.
	 * @param reservation what is to be held
	 * @return whether it is
	 */
	Admission reserve(Reservation reservation);

	/**
	 * Books what a call used, and ends its hold. Of a hold that has expired the
	 * difference is booked; without one all is. Booked again, nothing changes.
	 * @param id id of the hold, or of a call that had none
	 * @param at when the call began
	 * @param spends what it used
	 * @return each account with what was held and what is there now; empty when it was
	 * booked before
	 */
	List<Settled> settle(String id, Instant at, List<Spend> spends);

	/**
	 * Ends a hold of a call that was not sent. What was booked when it expired is given
	 * back.
	 * @param id id of the hold
	 */
	void release(String id);

	/**
	 * Keeps holds from expiring.
	 * @param ids ids of the holds; those that are over are passed by
	 * @param until when they expire
	 */
	void extend(Collection<String> ids, Instant until);

	/**
	 * Ends the holds that nobody extended, and books what they say.
	 * @param now the time
	 * @return the ids of the holds
	 */
	List<String> expire(Instant now);

	/**
	 * Changes what is allowed or what was spent in a window.
	 * @param account the account
	 * @param span its window; where that is known no more, nothing changes
	 * @param now the time
	 * @param limit how much more is allowed until the window ends; in one that reaches
	 * back, for as long as that, counted from the latest raise
	 * @param spent how much more was spent, below zero for less
	 * @return the account now
	 */
	BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent);

	/**
	 * Returns the accounts of a budget, those first of which most is spent.
	 * @param budget id of the budget
	 * @param now the time
	 * @param most how many
	 * @return the accounts
	 */
	List<BudgetState> states(String budget, Instant now, int most);

	/**
	 * Returns one account.
	 * @param account the account
	 * @param span its window
	 * @param now the time
	 * @return the account, or {@code null} when nothing is known of it in that window
	 */
	@Nullable BudgetState state(BudgetAccount account, BudgetSpan span, Instant now);

	/**
	 * What is to be held.
	 *
	 * @param id id of the hold, unique for ever
	 * @param at the time
	 * @param expires when the hold ends unless it is extended
	 * @param output how many output tokens may be asked for
	 * @param demands what is needed of each account; no account twice
	 * @param within id of a hold that this one draws on, or {@code null}: of its accounts
	 * only what it holds still is free, in its windows, and what is held here is held
	 * there no more; what is not spent goes back to it. A hold that is over changes
	 * nothing
	 */
	record Reservation(String id, Instant at, Instant expires, OutputRange output, List<Demand> demands,
			@Nullable String within) {

		/**
		 * Creates a reservation that draws on no other one.
		 * @param id id of the hold, unique for ever
		 * @param at the time
		 * @param expires when the hold ends unless it is extended
		 * @param output how many output tokens may be asked for
		 * @param demands what is needed of each account; no account twice
		 */
		public Reservation(String id, Instant at, Instant expires, OutputRange output, List<Demand> demands) {
			this(id, at, expires, output, demands, null);
		}

	}

	/**
	 * What is needed of an account: a fixed part, and one for each output token that is
	 * asked for.
	 *
	 * @param account the account
	 * @param span its window
	 * @param limit the limit of the window
	 * @param carry most of what the window before left over that is added to it
	 * @param kept how much of the limit is kept for calls of others
	 * @param fixed the fixed part
	 * @param perToken the part of each output token
	 * @param onExpiry what is booked when the hold expires, or {@link #WHOLE}
	 * @param enforced whether the limit is kept, rather than only watched
	 */
	record Demand(BudgetAccount account, BudgetSpan span, long limit, long carry, long kept, long fixed, long perToken,
			long onExpiry, boolean enforced) {

		/** All that is held is booked when the hold expires. */
		public static final long WHOLE = -1;

		/**
		 * Returns what is held.
		 * @param outputCap the output tokens that are asked for
		 * @return the amount
		 */
		public long amount(int outputCap) {
			return this.fixed + this.perToken * outputCap;
		}

		/**
		 * Returns the most output tokens that an amount is enough for.
		 * @param amount the amount
		 * @param most most of them
		 * @return tokens, below zero when it is not enough for the fixed part
		 */
		public int tokens(long amount, int most) {
			if (this.perToken == 0) {
				return (amount >= this.fixed) ? most : -1;
			}
			return (int) Math.max(-1, Math.min(most, Math.floorDiv(amount - this.fixed, this.perToken)));
		}

	}

	/**
	 * How many output tokens may be asked for.
	 *
	 * @param least below which the answer would be of no use
	 * @param most above which nothing is gained; what the call uses without a cap
	 * @param safe above which only {@code most} may be asked for
	 * @param share of what is free this part may be held, 1 for all
	 * @param firm whether the least is known, rather than assumed: what is assumed makes
	 * no call too large for half of a limit, and what is only known of other calls, with
	 * a share above 1, none too large for a whole one
	 */
	record OutputRange(int least, int most, int safe, int share, boolean firm) {

		private static final int USEFUL = 16;

		/**
		 * Returns how many tokens are needed at least.
		 * @param demand what is needed of an account
		 * @param limit its limit
		 * @return tokens, at least 1
		 */
		public int least(Demand demand, long limit) {
			if (this.firm && (this.share == 1 || demand.tokens(limit, this.least) == this.least)) {
				return this.least;
			}
			int half = demand.tokens(limit / 2, this.least);
			return Math.max(1, (half >= USEFUL) ? half : demand.tokens(limit, this.least));
		}

		/**
		 * Returns how many tokens are asked for.
		 * @param demand what is needed of an account
		 * @param needed the tokens that are needed at least
		 * @param free what is free there, enough for them
		 * @return tokens, from those to the most
		 */
		public int within(Demand demand, int needed, long free) {
			int wide = (demand.perToken() == 0) ? this.most : demand.tokens(free / this.share, this.most);
			if (wide >= this.most) {
				return this.most;
			}
			return Math.max(needed, Math.min(wide, this.safe));
		}

	}

	/** Whether a call may be sent. */
	sealed interface Admission {

		/**
		 * It may.
		 *
		 * @param outputCap the output tokens that are held
		 * @param watched accounts that would have refused it if their limit was kept
		 */
		record Admitted(int outputCap, List<BudgetAccount> watched) implements Admission {

		}

		/**
		 * It may not.
		 *
		 * @param account the account that has no room
		 * @param refusal why
		 * @param needed what is needed at least
		 * @param state the account
		 * @param room when there may be room, or {@code null} when nobody knows
		 */
		record Denied(BudgetAccount account, BudgetRefusal refusal, long needed, BudgetState state,
				@Nullable Instant room) implements Admission {

		}

		/**
		 * The time of the store lies outside of a window that the reservation names; it
		 * may be tried again with that time.
		 *
		 * @param now the time of the store
		 */
		record Stale(Instant now) implements Admission {

		}

	}

	/**
	 * What a call used of an account.
	 *
	 * @param account the account
	 * @param span its window, where the call had no hold
	 * @param limit the limit of the window
	 * @param amount what it used
	 */
	record Spend(BudgetAccount account, BudgetSpan span, long limit, long amount) {

	}

	/**
	 * What was booked.
	 *
	 * @param state the account afterwards
	 * @param held what was held for the call
	 * @param spent what it used
	 */
	record Settled(BudgetState state, long held, long spent) {

	}

}
