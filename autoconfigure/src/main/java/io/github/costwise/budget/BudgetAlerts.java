package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.budget.Budget.BudgetNotices;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetAlert.AlertCause;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.model.BudgetOverrun.OverrunCause;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.time.Time;

/**
 * Notifies once for each window when the spend of an account passes a threshold or is too
 * fast, and each time that more is booked than the limit. Remembers the latest 10,000
 * accounts. Thread-safe.
 */
final class BudgetAlerts {

	private static final Log logger = LogFactory.getLog(BudgetAlerts.class);

	private static final int REMEMBERED = 10_000;

	private static final int PERCENT = 100;

	private final Map<BudgetAccount, Notified> notified = new RecentMap<>(REMEMBERED);

	/** The window of the latest overrun that was logged as a warning. */
	private final Map<BudgetAccount, Instant> overrun = RecentMap.shared(REMEMBERED);

	private final Consumer<CostEvent> events;

	/** The window in which that was published. */
	private final Map<PaceNotice, Instant> paced = RecentMap.shared(REMEMBERED);

	private final SpendPaces paces;

	/** Whether no other instance has published the same. */
	private final BiPredicate<String, Instant> first;

	private final Time time;

	BudgetAlerts(Consumer<CostEvent> events, SpendPaces paces, BiPredicate<String, Instant> first, Time time) {
		this.events = events;
		this.first = first;
		this.paces = paces;
		this.time = time;
	}

	void settled(Budget budget, String callId, Settled settled) {
		BudgetState state = settled.state();
		if (budget.unit() == BudgetUnit.IN_FLIGHT) {
			return;
		}
		long beyond = Math.min(settled.spent() - settled.held(), -state.free());
		if (beyond > 0 && budget.rules().enforced()) {
			overrun(budget, callId, settled, beyond);
		}
		int passed = passed(budget, state);
		if (passed > 0 && isFirst(state, passed + " % of " + state.limit() + armed(state.account()))) {
			logger.warn("Costwise: the budget " + state.account() + " has spent " + state.percent() + " % of "
					+ budget.unit().format(state.limit()) + " (threshold " + passed + " %)");
			this.events.accept(new BudgetAlert(budget.unit(), state, AlertCause.SPENT, passed));
		}
		paced(budget, state);
	}

	private boolean isFirst(BudgetState state, String what) {
		return this.first.test(state.account() + " from " + state.span().from() + ": " + what, state.span().until());
	}

	/** What was changed here is published again, whoever published it before. */
	private String armed(BudgetAccount account) {
		synchronized (this.notified) {
			Notified known = this.notified.get(account);
			return (known != null) ? known.armed : "";
		}
	}

	private void paced(Budget budget, BudgetState state) {
		Instant now = this.time.now();
		SpendPace pace = this.paces.booked(state, now);
		if (pace == null || state.free() <= 0) {
			return;
		}
		BudgetNotices notices = budget.rules().notices();
		BudgetForecast forecast = notices.forecast() ? BudgetForecast.of(state, pace, now) : null;
		if (forecast != null && forecast.low() > state.limit()) {
			paced(budget, state, AlertCause.FORECAST, percent(forecast.expected(), state.limit()));
		}
		int burn = (notices.burnRate() != null)
				? pace.burn(state, now, Duration.between(state.span().from(), state.span().until())) : 0;
		if (notices.burnRate() != null && burn >= PERCENT * notices.burnRate()) {
			paced(budget, state, AlertCause.BURN_RATE, burn);
		}
	}

	private static int percent(long amount, long limit) {
		return (int) Math.min(Integer.MAX_VALUE, BudgetForecast.scaled(amount, PERCENT, limit));
	}

	private void paced(Budget budget, BudgetState state, AlertCause cause, int percent) {
		Instant from = state.span().from();
		if (from.equals(this.paced.put(new PaceNotice(state.account(), cause), from))
				|| !isFirst(state, cause.name())) {
			return;
		}
		logger.warn("Costwise: the budget " + state.account()
				+ ((cause == AlertCause.FORECAST) ? " will have spent " + percent + " % of "
						: " is spent at " + percent + " % of an even pace, which would be ")
				+ budget.unit().format(state.limit()) + " by " + state.span().until());
		this.events.accept(new BudgetAlert(budget.unit(), state, cause, percent));
	}

	private void overrun(Budget budget, String callId, Settled settled, long beyond) {
		OverrunCause cause = (settled.held() == 0) ? OverrunCause.NOT_ADMITTED : OverrunCause.ABOVE_HOLD;
		String line = "Costwise: the call " + callId + " was booked " + budget.unit().format(beyond)
				+ " past the limit of the budget " + settled.state().account() + " (" + cause + ")";
		Instant from = settled.state().span().from();
		if (from.equals(this.overrun.put(settled.state().account(), from))) {
			logger.debug(line);
		}
		else {
			logger.warn(line + "; later ones of this window are counted and published only");
		}
		this.events.accept(new BudgetOverrun(budget.unit(), settled.state(), callId, beyond, cause));
	}

	/** The highest threshold that is passed for the first time, or zero. */
	private int passed(Budget budget, BudgetState state) {
		int highest = highest(budget, state);
		synchronized (this.notified) {
			Notified before = this.notified.get(state.account());
			int already = (before == null) ? 0 : before.already(state, highest);
			if (before != null || highest > 0) {
				this.notified.put(state.account(), new Notified(state.span().from(), state.limit(),
						Math.max(already, highest), armedBefore(before, state)));
			}
			return (highest > already) ? highest : 0;
		}
	}

	private static String armedBefore(@Nullable Notified before, BudgetState state) {
		return (before != null && before.from.equals(state.span().from())) ? before.armed : "";
	}

	private static int highest(Budget budget, BudgetState state) {
		int highest = 0;
		for (int threshold : budget.rules().notices().at()) {
			highest = (state.percent() >= threshold) ? threshold : highest;
		}
		return highest;
	}

	/** Arms again what is passed no more, since somebody changed the account. */
	void adjusted(Budget budget, BudgetState state) {
		synchronized (this.notified) {
			this.notified.computeIfPresent(state.account(), (account, before) -> new Notified(state.span().from(),
					state.limit(), Math.min(before.percent, highest(budget, state)), " again " + UUID.randomUUID()));
		}
	}

	private record PaceNotice(BudgetAccount account, AlertCause cause) {

	}

	private record Notified(Instant from, long limit, int percent, String armed) {

		/** What threads tell late of the same limit arms nothing again. */
		private int already(BudgetState state, int highest) {
			if (!this.from.equals(state.span().from())) {
				return 0;
			}
			return (this.limit == state.limit()) ? this.percent : Math.min(this.percent, highest);
		}

	}

}
