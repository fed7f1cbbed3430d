package io.github.costwise.autoconfigure;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.Budget.BudgetNotices;
import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.budget.BudgetAmount;
import io.github.costwise.budget.BudgetDimension;
import io.github.costwise.budget.BudgetWeights;
import io.github.costwise.budget.BudgetWindow;
import io.github.costwise.budget.BudgetWindow.CalendarStart;
import io.github.costwise.budget.HoldSettings;
import io.github.costwise.budget.HoldSettings.OnExpiry;
import io.github.costwise.budget.queue.BudgetQueue;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.time.Time;

/**
 * Settings of budgets.
 *
 * @param limits Budgets by their ids, under which their spend is kept. A call must fit
 * into all that count it
 * @param holds What becomes of what calls in flight may still cost
 * @param output How long answers may become
 * @param queue How calls wait for room in budgets that have a 'max-wait'
 * @param store Where budgets are kept: in the memory of each instance, or in a place that
 * instances share
 * @param redis Budgets in Redis
 * @param jdbc Budgets in a database
 * @param changesFile File that remembers what was done with budgets at run time, so that
 * it survives a restart; one for each instance
 * @since 0.1.0
 */
@ConfigurationProperties(BudgetProperties.PREFIX)
public record BudgetProperties(Map<String, Limit> limits, @DefaultValue Holds holds, @DefaultValue Output output,
		@DefaultValue Queue queue, @DefaultValue("memory") BudgetStoreType store, @DefaultValue RedisBudgets redis,
		@DefaultValue JdbcBudgets jdbc, @Nullable String changesFile) {

	static final String PREFIX = CostwiseProperties.PREFIX + ".budgets";

	private static final int ASSUMED = 2048;

	@SuppressWarnings("ConstantValue")
	public BudgetProperties {
		limits = (limits != null) ? new LinkedHashMap<>(limits) : Map.of();
	}

	/** How long answers may become, where no budgets are configured either. */
	static Output output(@Nullable BudgetProperties properties) {
		Output output = (properties != null) ? properties.output() : new Output(ASSUMED, Map.of());
		requireLength("assumed", output.assumed());
		output.longest().forEach((model, most) -> requireLength("longest." + model, most));
		return output;
	}

	private static void requireLength(String setting, int tokens) {
		if (tokens < 1) {
			throw new CostwiseConfigurationException(
					"'" + PREFIX + ".output." + setting + "' is " + tokens + ", and no answer has less than one token.",
					"Give a number of tokens above zero, or leave it out.");
		}
	}

	List<Budget> toBudgets(boolean enforced) {
		List<Budget> budgets = new ArrayList<>();
		this.limits.forEach((id, limit) -> budgets.add(create(id, limit, enforced)));
		return budgets;
	}

	private static Budget create(String id, Limit limit, boolean enforced) {
		try {
			return limit.toBudget(id, enforced);
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException(
					"'" + PREFIX + ".limits." + id + "' is not usable: " + ex.getMessage() + ".",
					"Give a limit with its unit, such as '20 USD', '10000 tokens' or '5 in-flight', and a window "
							+ "such as 'day', 'month', 'total' or '10m'. See docs/budgets.md.",
					ex);
		}
	}

	/**
	 * One budget.
	 *
	 * @param limit Limit with its unit: USD, tokens, input-tokens, output-tokens, calls,
	 * turns or in-flight. Zero blocks all that is not free
	 * @param window When it begins again: 'total' for never, 'minute', 'hour', 'day',
	 * 'week', 'month', 'quarter', 'year', or a duration such as '10m' that reaches back
	 * from any time
	 * @param per What has a limit of its own: any of 'tenant', 'user', 'feature',
	 * 'policy', 'provider', 'model', 'target', 'tier' and 'tag:name'. Empty for one of
	 * all calls
	 * @param only Values that calls must have to be counted, by the same names
	 * @param overrides Limits that differ, by the value of 'per'; values of several are
	 * joined by '/', and '(unowned)' stands for none
	 * @param mode Whether the limit is kept, or only watched
	 * @param notifyAt Percents of the limit at which its spend is published as an event
	 * @param notifyForecast Whether an event is published when the limit will be used up
	 * before the window ends
	 * @param notifyBurnRate How many times faster than evenly the limit is spent lately,
	 * from which on an event is published
	 * @param degradeAt Percents of the limit from each of which on calls go one step
	 * down: to a cheaper tier of routing, and where there is none to answers of the usual
	 * length
	 * @param ownShare Percent of the limit that calls which Costwise makes for itself may
	 * use up to
	 * @param carryOver Most of what a window left over that the next one gets, with its
	 * unit
	 * @param overflow Budget that is tried where this one has no room
	 * @param maxWait How long a call may wait for room before it is refused; not at all
	 * without it
	 * @param whenUnavailable What happens to calls while the store of budgets does not
	 * answer
	 * @param estimate What calls hold: the 'most' that they can cost, or what is 'likely'
	 * with the share of their input that was cached lately; what they cost beyond is an
	 * overrun
	 * @param from Where the spend of the present window begins at start: at what the
	 * 'ledger' knows, or at zero 'now'
	 * @param cachedWeight Percents that a token counts which was read from a provider's
	 * cache
	 * @param reasoningWeight Percents that a token of reasoning counts which is billed
	 * apart
	 * @param zone Time zone of days, weeks and months
	 * @param weekStart First day of a week
	 * @param firstDay First day of a month, quarter or year, such as a billing day; the
	 * last one of shorter months
	 * @param startsAt Time of the day at which days and longer windows begin
	 */
	public record Limit(@Nullable String limit, @DefaultValue("total") String window, @DefaultValue List<String> per,
			@Nullable Map<String, Set<String>> only, @Nullable Map<String, String> overrides,
			@DefaultValue("enforce") BudgetMode mode, @DefaultValue( {
					"80", "100" }) List<Integer> notifyAt,
			@DefaultValue("false") boolean notifyForecast, @Nullable Integer notifyBurnRate,
			@DefaultValue List<Integer> degradeAt, @DefaultValue("90") int ownShare, @Nullable String carryOver,
			@Nullable String overflow, @Nullable Duration maxWait,
			@DefaultValue("refuse") WhenUnavailable whenUnavailable, @DefaultValue("most") HoldEstimate estimate,
			@DefaultValue("ledger") SpendBegin from, @DefaultValue("100") int cachedWeight,
			@DefaultValue("100") int reasoningWeight, @DefaultValue("UTC") ZoneId zone,
			@DefaultValue("monday") DayOfWeek weekStart, @DefaultValue("1") int firstDay,
			@DefaultValue("00:00") LocalTime startsAt){

		private Budget toBudget(String id, boolean enforced) {
			if (this.limit == null) {
				throw new IllegalArgumentException("'limit' is missing");
			}
			BudgetAmount amount = BudgetAmount.parse(this.limit);
			BudgetWindow parsed = BudgetWindow.parse(this.window,
					new CalendarStart(this.zone, this.weekStart, this.firstDay, this.startsAt), Limit::duration);
			long carry = (this.carryOver != null) ? carried(this.carryOver, amount, parsed) : 0;
			return new Budget(id, amount, parsed, this.per.stream().map(BudgetDimension::parse).toList(), counted(),
					overridden(),
					new BudgetRules(enforced && this.mode == BudgetMode.ENFORCE,
							new BudgetNotices(this.notifyAt, this.notifyForecast, this.notifyBurnRate), this.degradeAt,
							this.ownShare, carry, this.overflow, this.maxWait,
							this.whenUnavailable == WhenUnavailable.PASS),
					new BudgetWeights(this.cachedWeight, this.reasoningWeight, this.estimate == HoldEstimate.LIKELY,
							this.from == SpendBegin.LEDGER));
		}

		private static Duration duration(String text) {
			return DurationStyle.detectAndParse(text);
		}

		private static long carried(String text, BudgetAmount limit, BudgetWindow window) {
			if (!(window instanceof BudgetWindow.Calendar)) {
				throw new IllegalArgumentException("'carry-over' carries nothing, since there is no window before");
			}
			BudgetAmount amount = BudgetAmount.parse(text);
			if (amount.unit() != limit.unit()) {
				throw new IllegalArgumentException("'limit' and 'carry-over' count different things");
			}
			return amount.value();
		}

		private Map<BudgetDimension, Set<String>> counted() {
			Map<BudgetDimension, Set<String>> counted = new HashMap<>();
			if (this.only != null) {
				this.only.forEach((name, values) -> {
					BudgetDimension dimension = BudgetDimension.parse(name);
					counted.put(dimension, dimension.values(values));
				});
			}
			return counted;
		}

		private Map<String, BudgetAmount> overridden() {
			Map<String, BudgetAmount> overridden = new HashMap<>();
			if (this.overrides != null) {
				this.overrides.forEach((owner, text) -> overridden.put(owned(owner), BudgetAmount.parse(text)));
			}
			return overridden;
		}

		/** What no account is named would limit nobody. */
		private String owned(String owner) {
			long parts = owner.chars().filter((letter) -> letter == '/').count() + 1;
			if (this.per.isEmpty() || (this.per.size() > 1 && parts != this.per.size())) {
				throw new IllegalArgumentException("'overrides' has '" + owner + "', which is no value of 'per' ("
						+ String.join("/", this.per) + ")");
			}
			return owner;
		}

	}

	/** What calls hold. */
	public enum HoldEstimate {

		/** The most that they can cost. */
		MOST,

		/** What they are likely to cost. */
		LIKELY

	}

	/** Where the spend of the present window begins at start. */
	public enum SpendBegin {

		/** At what the ledger knows. */
		LEDGER,

		/** At zero. */
		NOW

	}

	/** How much a budget may do. */
	public enum BudgetMode {

		/** Calls that do not fit are not sent. */
		ENFORCE,

		/** Calls that do not fit are counted. */
		OBSERVE

	}

	/** Where budgets are kept. */
	public enum BudgetStoreType {

		/** In the memory of this instance. */
		MEMORY,

		/** In Redis or Valkey. */
		REDIS,

		/** In a database. */
		JDBC

	}

	/**
	 * Budgets in Redis.
	 *
	 * @param name First part of the names of keys; applications with the same name share
	 * budgets
	 * @param timeout How long each command is waited for, whatever the client of the
	 * application waits
	 * @param shardBy Whether the budgets of each tenant are kept apart in a cluster, for
	 * which no budget may span tenants
	 */
	public record RedisBudgets(@DefaultValue("costwise:budgets") String name, @DefaultValue("500ms") Duration timeout,
			@DefaultValue("none") ShardBy shardBy) {

	}

	/** What is kept in one place of a Redis cluster. */
	public enum ShardBy {

		/** All budgets. */
		NONE,

		/** Those of a tenant. */
		TENANT

	}

	/**
	 * Budgets in a database.
	 *
	 * @param dataSource Name of the DataSource bean. Without it, connections outside of
	 * any pool are made to the database of the application
	 * @param connections Most connections at a time
	 * @param connectionWait How long a connection is waited for
	 * @param timeout How long each answer of the database is waited for
	 * @param initializeSchema Whether to create and migrate the tables
	 */
	public record JdbcBudgets(@Nullable String dataSource, @DefaultValue("4") int connections,
			@DefaultValue("500ms") Duration connectionWait, @DefaultValue("2s") Duration timeout,
			@DefaultValue("embedded") SchemaMode initializeSchema) {

	}

	/** What happens while the store of budgets does not answer. */
	public enum WhenUnavailable {

		/** Calls are refused. */
		REFUSE,

		/** Calls are sent, and booked when the store answers again. */
		PASS

	}

	/**
	 * How calls wait for room.
	 *
	 * @param maxWaiting How many may wait at the same time; further ones are refused
	 * @param ageing How long a call waits until it goes before those of the next higher
	 * priority
	 */
	public record Queue(@DefaultValue("1000") int maxWaiting, @DefaultValue("10s") Duration ageing) {

		BudgetQueue toQueue(Time time) {
			if (this.maxWaiting < 1 || this.ageing.isNegative() || this.ageing.isZero()) {
				throw new CostwiseConfigurationException(
						"'" + PREFIX + ".queue' is not usable: 'max-waiting' is " + this.maxWaiting + " and 'ageing' "
								+ DurationStyle.SIMPLE.print(this.ageing) + ".",
						"Give both a value above zero, such as 1000 and 10s.");
			}
			return new BudgetQueue(this.maxWaiting, this.ageing, time);
		}

	}

	/**
	 * What becomes of what calls in flight may still cost.
	 *
	 * @param expiry How long it is held for an instance that is gone
	 * @param onExpiry What is booked then: 'all' that was held, its 'input', or 'nothing'
	 */
	public record Holds(@DefaultValue("2m") Duration expiry, @DefaultValue("input") OnExpiry onExpiry) {

		HoldSettings toSettings() {
			try {
				return new HoldSettings(this.expiry, this.onExpiry);
			}
			catch (IllegalArgumentException ex) {
				throw new CostwiseConfigurationException(
						"'" + PREFIX + ".holds.expiry' is not usable: " + ex.getMessage() + ".",
						"Give a duration of at least a second, such as 2m.", ex);
			}
		}

	}

	/**
	 * How long answers may become.
	 *
	 * @param assumed Output tokens that a call may need at least, where nobody limits it
	 * and less than 20 answers of its feature and model were seen
	 * @param longest Most output tokens of models, by their names, where targets of
	 * routing do not tell
	 */
	public record Output(@DefaultValue("" + ASSUMED) int assumed, @DefaultValue Map<String, Integer> longest) {

	}

}
