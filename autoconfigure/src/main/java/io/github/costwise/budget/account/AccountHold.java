package io.github.costwise.budget.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.text.Parts;

/**
 * What one call holds. Its stage changes while somebody holds the locks of its accounts;
 * when it expires and its stage may be read by anybody.
 *
 * @param <A> its accounts
 * @since 0.1.0
 */
public final class AccountHold<A extends AccountWindows> {

	private final Instant at;

	private final int outputCap;

	private final A[] accounts;

	private final HeldPart[] parts;

	private final @Nullable AccountHold<A> within;

	private volatile Instant expires;

	private volatile HoldStage stage = HoldStage.HELD;

	AccountHold(Reservation reservation, int outputCap, A[] accounts, HeldPart[] parts,
			@Nullable AccountHold<A> within) {
		this(reservation.at(), reservation.expires(), outputCap, accounts, parts, within);
	}

	private AccountHold(Instant at, Instant expires, int outputCap, A[] accounts, HeldPart[] parts,
			@Nullable AccountHold<A> within) {
		this.at = at;
		this.expires = expires;
		this.outputCap = outputCap;
		this.accounts = accounts;
		this.parts = parts;
		this.within = within;
	}

	/**
	 * Returns what a call without a hold leaves once it is booked.
	 * @param at when it began
	 * @param none no accounts
	 * @return a hold that is over
	 */
	public static <A extends AccountWindows> AccountHold<A> none(Instant at, A[] none) {
		AccountHold<A> over = new AccountHold<>(at, at, 0, none, new HeldPart[0], null);
		over.stage = HoldStage.OVER;
		return over;
	}

	/**
	 * Returns a hold that was written.
	 * @param stored what is known of it
	 * @param accounts its accounts, in the order of {@link #keys}
	 * @param within the hold that it drew on, or {@code null} where that is over
	 * @return the hold
	 */
	public static <A extends AccountWindows> AccountHold<A> read(StoredHold stored, A[] accounts,
			@Nullable AccountHold<A> within) {
		String[] lines = lines(stored.parts());
		HeldPart[] parts = new HeldPart[lines.length];
		for (int i = 0; i < parts.length; i++) {
			parts[i] = new HeldPart(accounts[i], new Fields(lines[i]), stored.stage() == HoldStage.HELD);
		}
		AccountHold<A> hold = new AccountHold<>(stored.at(), stored.expires(), stored.outputCap(), accounts, parts,
				within);
		hold.stage = stored.stage();
		return hold;
	}

	/**
	 * Returns which accounts a hold has that was written.
	 * @param stored what is known of it
	 * @return their keys, as {@link #stored} was given them
	 */
	public static List<String> keys(StoredHold stored) {
		List<String> keys = new ArrayList<>();
		for (String line : lines(stored.parts())) {
			String key = new Fields(line).text("account");
			keys.add((key != null) ? key : "");
		}
		return keys;
	}

	private static String[] lines(String parts) {
		return parts.isEmpty() ? new String[0] : Parts.of(parts, "\n");
	}

	/**
	 * Writes down what is known of it.
	 * @param key the key of an account, without white space
	 * @return what {@link #read} takes
	 */
	public StoredHold stored(Function<A, String> key) {
		FieldsText text = new FieldsText();
		for (int i = 0; i < this.parts.length; i++) {
			if (i > 0) {
				text.line();
			}
			this.parts[i].write(key.apply(this.accounts[i]), text);
		}
		return new StoredHold(this.stage, this.at, this.expires, this.outputCap, text.toString());
	}

	/**
	 * Returns how many output tokens it is enough for.
	 * @return tokens
	 */
	public int outputCap() {
		return this.outputCap;
	}

	/**
	 * Returns its accounts.
	 * @return the accounts, in the order of its parts
	 */
	public A[] accounts() {
		return this.accounts;
	}

	/**
	 * Returns the hold that it draws on.
	 * @return the hold, or {@code null}
	 */
	public @Nullable AccountHold<A> within() {
		return this.within;
	}

	/**
	 * Returns whether it has to be extended, or expires.
	 * @param now the time
	 * @return whether its time is up
	 */
	public boolean isDue(Instant now) {
		return this.stage == HoldStage.HELD && !this.expires.isAfter(now);
	}

	/**
	 * Keeps it from expiring.
	 * @param until how long
	 */
	public void extend(Instant until) {
		this.expires = until;
	}

	/**
	 * Returns what has become of it.
	 * @return its stage
	 */
	public HoldStage stage() {
		return this.stage;
	}

	/** What it holds of an account, or {@code null} when that is nothing any more. */
	@Nullable HeldPart live(AccountWindows account) {
		for (int i = 0; i < this.accounts.length; i++) {
			if (this.accounts[i] == account && this.stage == HoldStage.HELD) {
				return this.parts[i];
			}
		}
		return null;
	}

	/** Begins to hold. */
	public void begin() {
		for (int i = 0; i < this.parts.length; i++) {
			HeldPart part = this.parts[i];
			part.window().hold(part.amount());
			HeldPart around = (this.within != null) ? this.within.live(this.accounts[i]) : null;
			if (around != null) {
				part.draw();
				around.change(-part.amount());
			}
		}
	}

	/**
	 * Ends it, and books what was used. Of what was booked when it expired, the
	 * difference is booked.
	 * @param spends what was used; nothing of an account that is not among them
	 * @return each account afterwards; empty when it was over before
	 */
	public List<Settled> settle(List<Spend> spends) {
		HoldStage before = this.stage;
		if (before == HoldStage.OVER) {
			return List.of();
		}
		become(HoldStage.OVER);
		boolean late = before == HoldStage.EXPIRED;
		List<Settled> settled = new ArrayList<>(this.parts.length);
		for (int i = 0; i < this.parts.length; i++) {
			HeldPart part = this.parts[i];
			long spent = spent(this.accounts[i], spends, i);
			part.window().book(this.at, spent - (late ? part.onExpiry() : 0));
			giveBack(i, (late ? part.onExpiry() : part.amount()) - spent);
			settled.add(new Settled(this.accounts[i].state(part.window()), part.amount(), spent));
		}
		return settled;
	}

	private static long spent(AccountWindows account, List<Spend> spends, int likely) {
		if (likely < spends.size() && spends.get(likely).account().equals(account.account())) {
			return spends.get(likely).amount();
		}
		for (Spend spend : spends) {
			if (spend.account().equals(account.account())) {
				return spend.amount();
			}
		}
		return 0;
	}

	/**
	 * Ends it, if nobody extended it, and books what it says.
	 * @param now the time
	 * @return whether it expired
	 */
	public boolean expire(Instant now) {
		if (!isDue(now)) {
			return false;
		}
		become(HoldStage.EXPIRED);
		for (int i = 0; i < this.parts.length; i++) {
			HeldPart part = this.parts[i];
			part.window().book(this.at, part.onExpiry());
			giveBack(i, part.amount() - part.onExpiry());
		}
		return true;
	}

	/** It is settled late no more. */
	public void forget() {
		become(HoldStage.OVER);
	}

	/** Goes on to a later stage; what is held is free when it is held no more. */
	private void become(HoldStage next) {
		for (HeldPart part : this.parts) {
			if (this.stage == HoldStage.HELD) {
				part.window().free(part.amount());
			}
			part.window().await(((next == HoldStage.EXPIRED) ? 1 : 0) - ((this.stage == HoldStage.EXPIRED) ? 1 : 0));
		}
		this.stage = next;
	}

	/** What was drawn and not spent goes back; what is missing is drawn as well. */
	private void giveBack(int place, long rest) {
		AccountHold<A> other = this.parts[place].isDrawn() ? this.within : null;
		HeldPart around = (other != null) ? other.live(this.accounts[place]) : null;
		if (around != null) {
			around.change(Math.max(-around.amount(), rest));
		}
	}

	/** What has become of a hold. */
	public enum HoldStage {

		/** It holds what a call may cost. */
		HELD,

		/** Nobody extended it; a late bill may come. */
		EXPIRED,

		/** It was settled or released. */
		OVER

	}

	/**
	 * A hold as it is written.
	 *
	 * @param stage what has become of it
	 * @param at when the call began
	 * @param expires when it expires
	 * @param outputCap how many output tokens it is enough for
	 * @param parts what it holds of each account: lines of values by their names
	 */
	public record StoredHold(HoldStage stage, Instant at, Instant expires, int outputCap, String parts) {

	}

}
