package io.github.costwise.budget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;

/**
 * Books what calls used, and passes on what comes of it. What the store does not take is
 * booked later. Thread-safe.
 */
final class BudgetBooks {

	private final BudgetParts parts;

	private final BudgetAlerts alerts;

	private final BudgetWaits waits;

	private final BudgetOutages outages;

	private final LatestStates latest;

	BudgetBooks(BudgetParts parts, BudgetAlerts alerts, BudgetWaits waits, BudgetOutages outages, LatestStates latest) {
		this.parts = parts;
		this.alerts = alerts;
		this.waits = waits;
		this.outages = outages;
		this.latest = latest;
	}

	void settle(BudgetTicket ticket, UsedUp used) {
		this.parts.live().remove(ticket.id());
		List<Spend> spends = spends(ticket.counted(), ticket.subject(), used, ticket.bound().firstOfTurn(),
				ticket.at());
		this.outages.end(() -> ticket.settled(book(ticket.id(), ticket.at(), spends)));
	}

	void release(BudgetTicket ticket) {
		this.parts.live().remove(ticket.id());
		this.outages.end(() -> {
			this.parts.store().release(ticket.id());
			this.waits.released(ticket.counted(), ticket.subject());
		});
	}

	/** Books a call that was not admitted. */
	void book(String id, Instant at, BudgetSubject subject, List<Budget> counting, UsedUp used) {
		if (!counting.isEmpty()) {
			List<Spend> spends = spends(counting, subject, used, false, at);
			this.outages.end(() -> book(id, at, spends));
		}
	}

	/** May be done again: what is booked already is nothing then. */
	private List<Settled> book(String id, Instant at, List<Spend> spends) {
		List<Settled> settled = this.parts.store().settle(id, at, spends);
		this.latest.took(settled);
		this.waits.settled(settled);
		for (Settled one : settled) {
			this.alerts.settled(this.parts.budget(one.state().account().budget()), id, one);
		}
		return settled;
	}

	private List<Spend> spends(List<Budget> counted, BudgetSubject subject, UsedUp used, boolean firstOfTurn,
			Instant at) {
		List<Spend> spends = new ArrayList<>(counted.size());
		for (Budget budget : counted) {
			BudgetAccount account = budget.account(subject);
			if (!used.priced() && budget.unit() == BudgetUnit.USD) {
				this.parts.counts().withoutPrice(budget.id());
			}
			spends.add(new Spend(account, budget.span(at), budget.limit(account),
					budget.of(used, !subject.own(), firstOfTurn)));
		}
		return spends;
	}

}
