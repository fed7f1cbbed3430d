package io.github.costwise.budget;

import java.time.Instant;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.BudgetChanges.RecordedChange;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.budget.BudgetOrder.BudgetChange;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.text.ShortText;
import io.github.costwise.time.Time;

/**
 * Does with budgets at run time what somebody asks for, one after another, and logs who
 * asked, when and why. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetActions {

	private static final Log logger = LogFactory.getLog(BudgetActions.class);

	private static final int LONGEST = 300;

	private final Budgets budgets;

	private final BudgetChanges changes;

	private final Time time;

	/**
	 * Creates an instance.
	 * @param budgets the budgets
	 * @param changes remembers what is done
	 * @param time tells the time
	 */
	public BudgetActions(Budgets budgets, BudgetChanges changes, Time time) {
		this.budgets = budgets;
		this.changes = changes;
		this.time = time;
	}

	/**
	 * Does what is asked for.
	 * @param order what is asked for
	 * @return what was done
	 * @throws IllegalArgumentException if it cannot be done; the message says why
	 */
	public synchronized BudgetChange act(BudgetOrder order) {
		String why = require(order);
		Instant now = this.time.now();
		BudgetChange change = order.verb().isOfAccount() ? change(order, why, now) : control(order, why, now);
		logger.info("Costwise: " + lower(order.verb()) + " of the budget '" + order.budget().id() + "'"
				+ ((order.owner() != null) ? " of '" + ShortText.ofLine(order.owner(), LONGEST) + "'" : "") + " by "
				+ ((order.who() != null) ? ShortText.ofLine(order.who(), LONGEST) : "somebody unknown") + " at " + now
				+ ", because: " + why + ". " + change.done());
		return change;
	}

	private static String require(BudgetOrder order) {
		String verb = "'" + lower(order.verb()) + "'";
		if (order.why() == null || order.why().isBlank()) {
			throw new IllegalArgumentException(
					"'why' is missing: it is logged, so that others understand what was done");
		}
		if (order.verb().needsAmount() == (order.amount() == null)) {
			throw new IllegalArgumentException(order.verb().needsAmount()
					? verb + " needs an 'amount' with its unit, such as '" + example(order.budget().unit()) + "'"
					: verb + " takes no 'amount'");
		}
		requireOwner(order, verb);
		if (order.verb().isOfAccount() && order.verb() != BudgetVerb.RAISE
				&& order.budget().unit() == BudgetUnit.IN_FLIGHT) {
			throw new IllegalArgumentException("The budget '" + order.budget().id()
					+ "' counts calls at the same time, so that nothing is ever spent of it");
		}
		return ShortText.ofLine(order.why().trim(), LONGEST);
	}

	private static void requireOwner(BudgetOrder order, String verb) {
		boolean given = order.owner() != null;
		boolean wanted = order.verb().isOfAccount() && !order.budget().per().isEmpty();
		if (given && !wanted) {
			throw new IllegalArgumentException(order.verb().isOfAccount()
					? "The budget '" + order.budget().id() + "' has one account of all calls; leave 'owner' out"
					: verb + " concerns the whole budget; leave 'owner' out");
		}
		if (!given && wanted) {
			throw new IllegalArgumentException("The budget '" + order.budget().id() + "' has an account for each "
					+ String.join("/", order.budget().per().stream().map(BudgetDimension::name).toList())
					+ "; name the 'owner' of one");
		}
	}

	private BudgetChange control(BudgetOrder order, String why, Instant now) {
		remember(order, why, now, 0);
		String id = "The budget '" + order.budget().id() + "' ";
		Control control = Control.by(order.verb());
		this.budgets.controls().set(order.budget().id(), control);
		this.budgets.waits().changed();
		return new BudgetChange(id + switch (control) {
			case SUSPENDED -> "counts nothing and refuses nothing until it is resumed.";
			case BLOCKED -> "refuses every call that it counts until it is resumed.";
			case AS_CONFIGURED -> "does what is configured.";
		}, null);
	}

	private BudgetChange change(BudgetOrder order, String why, Instant now) {
		Budget budget = order.budget();
		BudgetAccount account = new BudgetAccount(budget.id(), (order.owner() != null) ? order.owner() : "");
		BudgetSpan span = budget.span(now);
		BudgetState before = this.budgets.store().state(account, span, now);
		long spent = (before != null) ? before.spent() : 0;
		long limit = (before != null) ? before.limit() : budget.limit(account);
		if (order.verb() == BudgetVerb.RESET) {
			remember(order, why, now, -spent);
			return spent(adjusted(account, span, now, -spent), budget.unit(), spent);
		}
		long amount = amount(order);
		requireRoom(order, (order.verb() == BudgetVerb.RAISE) ? limit : spent, amount);
		remember(order, why, now, amount);
		if (order.verb() == BudgetVerb.RAISE) {
			BudgetState state = this.budgets.adjust(account, span, now, amount, 0);
			return new BudgetChange("The limit of " + account + " is " + budget.unit().format(limit + amount)
					+ until(span) + ", raised by " + budget.unit().format(amount) + unseen(before) + ".", state);
		}
		return spent(adjusted(account, span, now, amount), budget.unit(), spent);
	}

	private void remember(BudgetOrder order, String why, Instant now, long amount) {
		RecordedChange change = new RecordedChange(now, order.budget().id(), order.verb(), order.owner(), amount,
				order.budget().unit().label(), why, order.who());
		this.changes.add(change);
		this.budgets.decided(change);
	}

	private BudgetState adjusted(BudgetAccount account, BudgetSpan span, Instant now, long spent) {
		return this.budgets.adjust(account, span, now, 0, spent);
	}

	private static BudgetChange spent(BudgetState state, BudgetUnit unit, long before) {
		return new BudgetChange("What " + state.account() + " has spent is " + unit.format(state.spent()) + ", after "
				+ unit.format(before) + " before.", state);
	}

	private static String until(BudgetSpan span) {
		return span.until().equals(Instant.MAX) ? " from now on" : " until " + span.until();
	}

	private static String unseen(@Nullable BudgetState before) {
		return (before != null) ? "" : "; no call of it was seen in this window";
	}

	/** The sums of an account stay within what can be counted. */
	private static void requireRoom(BudgetOrder order, long before, long amount) {
		if (amount > Long.MAX_VALUE / 4 - Math.max(0, before) || amount < -(Long.MAX_VALUE / 4)) {
			throw new IllegalArgumentException("'" + order.amount() + "' is too large");
		}
	}

	private static long amount(BudgetOrder order) {
		String text = String.valueOf(order.amount()).trim();
		boolean less = text.startsWith("-");
		BudgetAmount amount = BudgetAmount.parse(less ? text.substring(1).trim() : text);
		BudgetUnit unit = order.budget().unit();
		if (amount.unit() != unit) {
			throw new IllegalArgumentException("'" + text + "' is not in " + unit.label() + ", which the budget '"
					+ order.budget().id() + "' counts");
		}
		if (amount.value() == 0 || (less && order.verb() == BudgetVerb.RAISE)) {
			throw new IllegalArgumentException(
					"'" + text + "' is not " + ((order.verb() == BudgetVerb.RAISE) ? "above zero" : "other than zero"));
		}
		return less ? -amount.value() : amount.value();
	}

	private static String example(BudgetUnit unit) {
		return ((unit == BudgetUnit.USD) ? "5 " : "100 ") + unit.label();
	}

	private static String lower(BudgetVerb verb) {
		return verb.name().toLowerCase(Locale.ROOT);
	}

}
