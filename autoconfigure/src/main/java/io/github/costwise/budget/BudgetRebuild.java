package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.spi.UsageLedger;

/**
 * Books what the ledger knows of the present windows into a store that has lost it. Money
 * and tokens of owners are summed up by the ledger; for what only calls tell, such as
 * their number or the model, each call of the window is read. Not thread-safe.
 */
final class BudgetRebuild {

	private static final int MOST_ROWS = 1_000_000;

	/** Into so many parts a time that reaches back is taken apart. */
	private static final int SLICES = 64;

	/** Of what overflowed, so many earlier windows are known at the most. */
	private static final int MOST_WINDOWS = 400;

	private final List<Budget> budgets;

	private final BudgetOverflows overflows;

	private final UsageLedger ledger;

	private final Function<CallRecord, BudgetSubject> subjects;

	/**
	 * Creates an instance.
	 * @param budgets the budgets
	 * @param ledger knows what was spent
	 * @param subjects tells what a call belonged to
	 */
	BudgetRebuild(List<Budget> budgets, UsageLedger ledger, Function<CallRecord, BudgetSubject> subjects) {
		this.budgets = List.copyOf(budgets);
		this.overflows = new BudgetOverflows(this.budgets);
		this.ledger = ledger;
		this.subjects = subjects;
	}

	/**
	 * Returns what is to be booked.
	 * @param now the time
	 * @return what was spent of each account, with its window
	 */
	List<Booked> spent(Instant now) {
		List<Booked> all = new ArrayList<>();
		for (Budget budget : this.budgets) {
			if (budget.weights().fromLedger() && budget.unit() != BudgetUnit.IN_FLIGHT && !isOfRoutes(budget)) {
				add(budget, now, all);
			}
		}
		return all;
	}

	/** What a window that reaches back loses bit by bit is booked bit by bit. */
	private void add(Budget budget, Instant now, List<Booked> all) {
		BudgetSpan span = budget.span(now);
		int slices = (span.rolling() != null && !this.overflows.takesOnly(budget)) ? SLICES : 1;
		boolean overflowing = this.overflows.after(budget) != null;
		Map<BudgetAccount, Long> booked = new HashMap<>();
		Instant from = from(span, now);
		Duration slice = Duration.between(from, now).dividedBy(slices);
		Set<String> turns = new HashSet<>();
		for (int i = 1; i <= slices; i++) {
			Instant to = (i < slices) ? from.plus(slice) : now;
			sums(budget, from, to, turns).forEach((account, sum) -> {
				long before = booked.getOrDefault(account, 0L);
				long most = Math.max(0, budget.limit(account) - before);
				long amount = overflowing ? Math.min(most, sum.amount()) : sum.amount();
				booked.put(account, before + amount);
				all.add(new Booked(account, span, to, amount));
			});
			from = to;
		}
	}

	/** What other budgets had no room for, in each of their windows. */
	private Map<BudgetAccount, OwnedSum> overflown(Budget budget, Instant from, Instant now) {
		Map<BudgetAccount, OwnedSum> sums = new HashMap<>();
		for (Budget source : this.budgets) {
			if (!budget.equals(this.overflows.after(source)) || isOfRoutes(source) || !source.weights().fromLedger()) {
				continue;
			}
			Instant end = now;
			for (int i = 0; i < MOST_WINDOWS && end.isAfter(from); i++) {
				Instant begin = begin(source, end, from);
				sums(source, begin, end, new HashSet<>()).forEach((account, sum) -> {
					long beyond = sum.amount() - source.limit(account);
					if (beyond > 0 && budget.concerns(sum.subject())) {
						sums.merge(budget.account(sum.subject()), new OwnedSum(sum.subject(), beyond), OwnedSum::plus);
					}
				});
				end = begin;
			}
		}
		return sums;
	}

	/** The begin of the window in which a moment is the last one. */
	private static Instant begin(Budget budget, Instant end, Instant earliest) {
		BudgetSpan span = budget.span(end.minusNanos(1));
		Instant begin = (span.rolling() != null) ? earliest : span.from();
		return begin.isBefore(earliest) ? earliest : begin;
	}

	/** The ledger does not know targets. */
	private static boolean isOfRoutes(Budget budget) {
		return budget.dimensions()
			.stream()
			.anyMatch((dimension) -> dimension.name().equals("target") || dimension.name().equals("tier"));
	}

	private static Instant from(BudgetSpan span, Instant now) {
		if (span.rolling() != null) {
			return now.minus(span.rolling());
		}
		return span.from().equals(Instant.MIN) ? Instant.EPOCH : span.from();
	}

	private Map<BudgetAccount, OwnedSum> sums(Budget budget, Instant from, Instant now, Set<String> turns) {
		if (this.overflows.takesOnly(budget)) {
			return overflown(budget, from, now);
		}
		List<CostDimension> by = new ArrayList<>();
		for (BudgetDimension dimension : budget.dimensions()) {
			CostDimension known = dimension.ofOwners();
			if (known == null) {
				return ofCalls(budget, from, now, turns);
			}
			by.add(known);
		}
		return budget.isSized() ? ofOwners(budget, by, from, now) : ofCalls(budget, from, now, turns);
	}

	private Map<BudgetAccount, OwnedSum> ofOwners(Budget budget, List<CostDimension> by, Instant from, Instant now) {
		Map<BudgetAccount, OwnedSum> sums = new HashMap<>();
		CostQuery query = CostQuery.between(from, now).by(by.toArray(CostDimension[]::new)).limit(MOST_ROWS);
		for (CostAnswer.Row row : this.ledger.query(query).rows()) {
			BudgetSubject subject = subject(by, row.values());
			if (budget.concerns(subject)) {
				sums.merge(budget.account(subject), new OwnedSum(subject, budget.of(used(row.sums()), true, false)),
						OwnedSum::plus);
			}
		}
		return sums;
	}

	private static UsedUp used(CostSummary sums) {
		return new UsedUp(sums.cost().nanos(), sums.usage(), true);
	}

	private static BudgetSubject subject(List<CostDimension> by, List<@Nullable String> values) {
		Map<String, String> tags = new HashMap<>();
		Map<CostDimension, @Nullable String> known = new HashMap<>();
		for (int i = 0; i < by.size(); i++) {
			String tag = by.get(i).tag();
			String value = values.get(i);
			known.put(by.get(i), value);
			if (tag != null && value != null) {
				tags.put(tag, value);
			}
		}
		String policy = known.get(CostDimension.POLICY);
		return new BudgetSubject(
				new Attribution(known.get(CostDimension.FEATURE), known.get(CostDimension.TENANT),
						known.get(CostDimension.USER), tags),
				(policy != null) ? policy : "", "", "", null, null, false);
	}

	private Map<BudgetAccount, OwnedSum> ofCalls(Budget budget, Instant from, Instant now, Set<String> turns) {
		Map<BudgetAccount, OwnedSum> sums = new HashMap<>();
		this.ledger.forEachCall(from, now, (call) -> {
			BudgetSubject subject = this.subjects.apply(call);
			if (budget.concerns(subject)) {
				boolean first = budget.unit() == BudgetUnit.TURNS && !subject.own() && turns.add(call.turnId());
				sums.merge(budget.account(subject),
						new OwnedSum(subject, budget.of(UsedUp.of(call), !subject.own(), first)), OwnedSum::plus);
			}
		});
		return sums;
	}

	private record OwnedSum(BudgetSubject subject, long amount) {

		private OwnedSum plus(OwnedSum other) {
			return new OwnedSum(this.subject, Math.addExact(this.amount, other.amount));
		}

	}

	/**
	 * What was spent of an account.
	 *
	 * @param account the account
	 * @param span its window
	 * @param at when it is taken to be spent
	 * @param amount the amount
	 */
	record Booked(BudgetAccount account, BudgetSpan span, Instant at, long amount) {

	}

}
