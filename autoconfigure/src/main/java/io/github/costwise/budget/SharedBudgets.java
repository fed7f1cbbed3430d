package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.BudgetChanges.RecordedChange;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.SharedBudgetStore;
import io.github.costwise.text.ShortText;

/**
 * What instances do together that share a store: what is decided on one holds on all, and
 * they find out when they count with other limits. Thread-safe.
 */
final class SharedBudgets {

	private static final Log logger = LogFactory.getLog(SharedBudgets.class);

	/** How long it is remembered that something was done in a window without an end. */
	private static final Duration LONG = Duration.ofDays(400);

	private static final String CHANGE = "change ";

	private static final String LIMIT = "limit ";

	private final @Nullable SharedBudgetStore store;

	private final BudgetParts parts;

	private final Map<String, String> limits = new ConcurrentHashMap<>();

	/** The latest decision on each budget. */
	private final Map<String, String> decisions = new ConcurrentHashMap<>();

	private int known;

	SharedBudgets(BudgetParts parts) {
		this.parts = parts;
		this.store = (parts.store() instanceof SharedBudgetStore shared) ? shared : null;
	}

	/** Whether nobody did something before; where nobody can tell, somebody should. */
	boolean isFirst(String what, Instant until) {
		SharedBudgetStore shared = this.store;
		if (shared == null) {
			return true;
		}
		try {
			Instant now = this.parts.time().now();
			return shared.isFirst(what, until.isAfter(now.plus(LONG)) ? now.plus(LONG) : until);
		}
		catch (RuntimeException ex) {
			this.parts.faults().report(Faults.Kind.BUDGET, ex);
			return true;
		}
	}

	/** Lets all instances know what was decided. */
	void decided(RecordedChange change) {
		if (this.store != null && !change.verb().isOfAccount()) {
			String line = CHANGE + ChangeLine.write(change);
			this.decisions.put(change.budget(), line);
			this.store.remember(line);
		}
	}

	/** Lets others know the limits of this instance. */
	void announce() {
		SharedBudgetStore shared = this.store;
		if (shared != null) {
			poll();
			for (Budget budget : this.parts.budgets()) {
				String line = line(budget);
				if (!line.equals(this.limits.get(budget.id()))) {
					shared.remember(LIMIT + budget.id() + " " + line);
				}
			}
			poll();
		}
	}

	private static String line(Budget budget) {
		return budget.unit().format(budget.limit().value()) + " " + budget.window();
	}

	/** Takes over what was decided elsewhere, and repeats what the store has lost. */
	synchronized void poll() {
		SharedBudgetStore shared = this.store;
		if (shared != null) {
			List<String> lines = shared.remembered(0);
			if (lines.size() < this.known) {
				this.known = 0;
				this.decisions.values().forEach(shared::remember);
				lines = shared.remembered(0);
			}
			lines.subList(this.known, lines.size()).forEach(this::take);
			this.known = lines.size();
		}
	}

	private void take(String line) {
		if (line.startsWith(CHANGE)) {
			RecordedChange change = ChangeLine.read(line.substring(CHANGE.length()));
			if (change != null) {
				this.decisions.put(change.budget(), line);
				take(change);
			}
		}
		else if (line.startsWith(LIMIT)) {
			int end = line.indexOf(' ', LIMIT.length());
			String id = line.substring(LIMIT.length(), end);
			String limit = line.substring(end + 1);
			this.limits.put(id, limit);
			this.parts.budgets()
				.stream()
				.filter((budget) -> budget.id().equals(id) && !line(budget).equals(limit))
				.forEach((budget) -> logger.warn("Costwise: another instance counts the budget '" + id + "' with "
						+ ShortText.ofLine(limit, 200) + ", this one with " + line(budget)
						+ "; they share what is spent, and each keeps its own limit"));
		}
	}

	private void take(RecordedChange change) {
		Control control = Control.by(change.verb());
		if (this.parts.controls().of(change.budget()) != control) {
			logger.info("Costwise: " + change.verb() + " of the budget '" + ShortText.ofLine(change.budget(), 200)
					+ "', as it was decided at " + change.at() + " for all instances");
			this.parts.controls().set(change.budget(), control);
		}
	}

}
