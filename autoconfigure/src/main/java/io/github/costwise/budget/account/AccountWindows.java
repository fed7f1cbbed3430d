package io.github.costwise.budget.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.text.Parts;

/**
 * One account, with its latest windows: so a clock that goes back, or a call that was
 * slow to come here, finds what was spent in the window before. Not thread-safe.
 *
 * @since 0.1.0
 */
public class AccountWindows {

	private static final int WINDOWS = 4;

	/** Of what is written; a later one may only add names. */
	private static final long VERSION = 1;

	private final BudgetAccount account;

	/** The earliest first. */
	private final List<AccountWindow> windows = new ArrayList<>(1);

	private AccountWindow current;

	private Instant forgotten = Instant.MIN;

	/**
	 * Creates an account of which nothing is known.
	 * @param account what it is called
	 * @param span its first window
	 */
	public AccountWindows(BudgetAccount account, BudgetSpan span) {
		this.account = account;
		this.current = new AccountWindow(span);
		this.windows.add(this.current);
	}

	/**
	 * Creates an account of what was written.
	 * @param account what it is called
	 * @param text what {@link #text()} gave, on any release; or an empty text
	 * @param span its first window, where nothing was written
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public AccountWindows(BudgetAccount account, String text, BudgetSpan span) {
		this(account, span);
		if (!text.isEmpty()) {
			read(Parts.of(text, "\n"));
		}
	}

	private void read(String[] lines) {
		Fields head = new Fields(lines[0]);
		if (head.number("v", 0) != VERSION || lines.length < 2) {
			throw new IllegalArgumentException("The account " + this.account + " is not of a form that is known here");
		}
		this.forgotten = head.time("forgotten", Instant.MIN);
		this.windows.clear();
		for (int i = 1; i < lines.length; i++) {
			Fields fields = new Fields(lines[i]);
			AccountWindow window = new AccountWindow(fields);
			AccountWindow before = known(fields.time("before", Instant.MAX));
			if (before != null) {
				window.link(before);
			}
			this.windows.add(window);
		}
		AccountWindow last = known(head.time("current", Instant.MIN));
		this.current = (last != null) ? last : this.windows.get(this.windows.size() - 1);
	}

	/**
	 * Writes down what is known, by name.
	 * @return lines of ASCII characters
	 */
	public String text() {
		FieldsText text = new FieldsText();
		text.number("v", VERSION);
		text.time("current", this.current.span().from(), Instant.MIN);
		text.time("forgotten", this.forgotten, Instant.MIN);
		for (AccountWindow window : this.windows) {
			text.line();
			window.write(text);
		}
		return text.toString();
	}

	/**
	 * Returns what it is called.
	 * @return the account
	 */
	public BudgetAccount account() {
		return this.account;
	}

	/**
	 * Returns whether nothing would be lost with it, as far as it is known here.
	 * @param now the time
	 * @return whether it may be forgotten
	 */
	protected final boolean isNothing(Instant now) {
		for (AccountWindow window : this.windows) {
			if (!window.isNothing(now)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns how much of the limit was spent in the window that was used last.
	 * @return whole percents
	 */
	public int usedPercent() {
		return state(this.current).percent();
	}

	/**
	 * Returns when nothing would be lost with it if nothing is done to it any more.
	 * @return the moment, or {@link Instant#MAX} for never
	 */
	public Instant idle() {
		Instant idle = Instant.MIN;
		for (AccountWindow window : this.windows) {
			Instant one = window.idle();
			idle = one.isAfter(idle) ? one : idle;
		}
		return idle;
	}

	/**
	 * Goes with the configuration, where the window that begins so has another end now,
	 * or reaches back further. What was spent in it is kept.
	 * @param span a window as it is configured now
	 */
	public void conform(BudgetSpan span) {
		AccountWindow known = known(span.from());
		if (known != null) {
			known.become(span);
		}
	}

	/**
	 * Returns whether a window is known with the limit that it has.
	 * @param demand what is needed of the account
	 * @return whether nothing about it is new
	 */
	public boolean allows(Demand demand) {
		AccountWindow known = known(demand.span().from());
		return known != null && known.allows(demand.limit(), demand.carry());
	}

	/** Returns the window of a span, which may begin so. */
	AccountWindow window(BudgetSpan span) {
		if (!this.current.span().from().equals(span.from())) {
			AccountWindow known = known(span.from());
			this.current = (known != null) ? known : begin(span);
		}
		return this.current;
	}

	/**
	 * Returns the window of a hold that was written; where that is known no more, one
	 * that counts for nobody.
	 */
	AccountWindow held(Instant from, long amount, boolean live) {
		AccountWindow known = known(from);
		if (known != null) {
			return known;
		}
		AccountWindow lost = new AccountWindow(this.current.span());
		lost.replace(this.current);
		if (live) {
			lost.hold(amount);
		}
		return lost;
	}

	/** Returns the window of a span, or {@code null} for one that is known no more. */
	private @Nullable AccountWindow open(BudgetSpan span) {
		AccountWindow known = known(span.from());
		return (known != null || isForgotten(span)) ? known : begin(span);
	}

	private boolean isForgotten(BudgetSpan span) {
		return !span.from().isAfter(this.forgotten);
	}

	private @Nullable AccountWindow known(Instant from) {
		for (AccountWindow window : this.windows) {
			if (window.span().from().equals(from)) {
				return window;
			}
		}
		return null;
	}

	private AccountWindow begin(BudgetSpan span) {
		AccountWindow window = new AccountWindow(span);
		int place = this.windows.size();
		while (place > 0 && this.windows.get(place - 1).span().from().isAfter(span.from())) {
			place--;
		}
		if (isForgotten(span)) {
			window.replace(this.current);
		}
		else if (place > 0) {
			window.follow(this.windows.get(place - 1));
		}
		this.windows.add(place, window);
		if (this.windows.size() > WINDOWS) {
			forget(this.windows.remove((place == 0) ? 1 : 0));
		}
		return window;
	}

	private void forget(AccountWindow gone) {
		Instant earliest = gone.span().from();
		this.forgotten = earliest.isAfter(this.forgotten) ? earliest : this.forgotten;
		for (AccountWindow window : this.windows) {
			window.lose(gone);
		}
		if (this.current == gone) {
			this.current = this.windows.get(this.windows.size() - 1);
		}
	}

	BudgetState state(AccountWindow window) {
		return window.state(this.account);
	}

	private @Nullable BudgetState state(AccountWindow window, Instant now) {
		window.move(now);
		return window.isUsed() ? state(window) : null;
	}

	/**
	 * Books in a window that is known, or begins; one that is long over is let be.
	 * @param spend what was spent
	 * @param at when
	 * @return the account in that window
	 */
	public BudgetState book(Spend spend, Instant at) {
		AccountWindow window = open(spend.span());
		if (window == null) {
			return state(this.current);
		}
		if (!window.isAllowed()) {
			window.allow(spend.limit(), 0);
		}
		window.book(at, spend.amount());
		return state(window);
	}

	/**
	 * Changes what is allowed or what was spent, unless the window is long over.
	 * @param span the window
	 * @param now the time
	 * @param limit how much more is allowed
	 * @param spent how much more was spent
	 * @return the account in that window
	 */
	public BudgetState adjust(BudgetSpan span, Instant now, long limit, long spent) {
		AccountWindow window = open(span);
		if (window == null) {
			return state(this.current);
		}
		window.move(now);
		window.raise(now, limit);
		window.book(now, spent);
		return state(window);
	}

	/**
	 * Returns the latest window that is not over, or of which calls are in flight.
	 * @param now the time
	 * @return the account in it, or {@code null} where there is none that was used
	 */
	public @Nullable BudgetState present(Instant now) {
		for (int i = this.windows.size() - 1; i >= 0; i--) {
			if (!this.windows.get(i).isPast(now)) {
				return state(this.windows.get(i), now);
			}
		}
		return null;
	}

	/**
	 * Returns a window.
	 * @param span the window
	 * @param now the time
	 * @return the account in it, or {@code null} when nothing is known of it
	 */
	public @Nullable BudgetState state(BudgetSpan span, Instant now) {
		AccountWindow window = known(span.from());
		return (window != null) ? state(window, now) : null;
	}

}
