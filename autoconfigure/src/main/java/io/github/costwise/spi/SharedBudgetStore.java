package io.github.costwise.spi;

import java.time.Instant;
import java.util.List;

import io.github.costwise.BudgetRefusal;

/**
 * A store of budgets that several instances share, and that outlives each of them. Its
 * own clock decides which window is the present one. Where it has lost what it kept,
 * {@link #reserve} and {@link #settle} fail with {@link BudgetStateLostException} until
 * it is restored; an empty one has lost everything. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface SharedBudgetStore extends BudgetStore {

	/**
	 * Books what is known from elsewhere into a store that has lost what it kept; after
	 * that it admits calls. Does nothing where another instance was first.
	 * @param spends what was spent
	 * @return whether it was this instance that restored it
	 */
	boolean restore(List<Restored> spends);

	/**
	 * Returns whether nobody did something before, on any instance.
	 * @param what what is to be done once
	 * @param until how long that is remembered
	 * @return whether this is the first time
	 */
	boolean isFirst(String what, Instant until);

	/**
	 * Remembers what was done at run time, for all instances.
	 * @param change what was done, in one line
	 */
	void remember(String change);

	/**
	 * Returns what was done at run time.
	 * @param from how many of the oldest changes are known already
	 * @return the others, oldest first
	 */
	List<String> remembered(int from);

	/**
	 * Notices room: that a call ended, or a limit was raised, on any instance.
	 * @param room runs soon after, at the latest after a quarter of a second, on a thread
	 * of the store; it must be short
	 * @return ends it
	 */
	AutoCloseable onRoom(Runnable room);

	/**
	 * What was spent before.
	 *
	 * @param at when
	 * @param spend what
	 */
	record Restored(Instant at, Spend spend) {

	}

	/**
	 * The store has lost what it kept. Calls are refused with
	 * {@link BudgetRefusal#UNAVAILABLE}, unless their budgets let them pass.
	 */
	class BudgetStateLostException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates an exception.
		 * @param message what is lost
		 */
		public BudgetStateLostException(String message) {
			super(message);
		}

	}

}
