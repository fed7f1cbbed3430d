package io.github.costwise.accounting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallIdentity;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

/**
 * The table of calls.
 */
final class CallTable {

	static final String NAME = "costwise_call";

	static final Table<CallRecord> TABLE = table();

	private CallTable() {
	}

	private static Table<CallRecord> table() {
		Columns<CallRecord> columns = new Columns<CallRecord>().text("id", CallRecord::id)
			.text("turn_id", CallRecord::turnId)
			.number("round", (call) -> (long) call.identity().round())
			.moment((call) -> call.timing().startedAt())
			.number("latency_nanos", (call) -> call.timing().latency().toNanos())
			.number("first_token_nanos", CallTable::firstToken)
			.attribution(CallRecord::attribution);
		what(columns);
		for (BilledUnit unit : BilledUnit.values()) {
			columns.number(column(unit), (call) -> call.usage().tokens().get(unit));
		}
		price(columns);
		later(columns);
		return columns.of(NAME);
	}

	private static @Nullable Long firstToken(CallRecord call) {
		Duration timeToFirstToken = call.timing().timeToFirstToken();
		return (timeToFirstToken != null) ? timeToFirstToken.toNanos() : null;
	}

	private static void what(Columns<CallRecord> columns) {
		columns.text("policy", (call) -> call.versions().policy())
			.text("prompt_version", (call) -> call.versions().prompt())
			.text("routing_version", (call) -> call.versions().routing())
			.name("operation", (call) -> call.target().operation())
			.name("purpose", CallRecord::purpose)
			.text("provider", (call) -> call.target().provider())
			.text("requested_model", (call) -> call.target().requestedModel())
			.text("answered_model", (call) -> call.target().answeredModel())
			.name("service_tier", (call) -> call.target().serviceTier())
			.name("outcome", CallRecord::outcome)
			.text("error_type", (call) -> call.ending().errorType())
			.text("attempts", (call) -> RowJson.attempts(call.ending().attempts()))
			.flag("streamed", (call) -> call.timing().streamed())
			.name("coverage", (call) -> call.ending().coverage())
			.name("usage_source", (call) -> call.usage().source());
	}

	private static void price(Columns<CallRecord> columns) {
		columns.money("cost_nanos", (call) -> call.price().amount())
			.money("input_nanos", (call) -> call.price().input())
			.money("cached_nanos", (call) -> call.price().cached())
			.money("output_nanos", (call) -> call.price().output())
			.money("other_nanos", (call) -> call.price().other())
			.name("price_state", (call) -> call.price().state())
			.text("catalog_version", (call) -> call.price().catalogVersion())
			.text("price_tier", (call) -> call.price().priceTier())
			.flag("retry_spend", CallRecord::isRetrySpend)
			.flag("estimated", CallRecord::isEstimated);
	}

	/** Columns of later versions of the schema come last. */
	private static void later(Columns<CallRecord> columns) {
		columns.money("list_nanos", (call) -> call.price().list())
			.text("price_reasons", (call) -> PriceReason.write(call.price().reasons()))
			.text("deployment", CallRecord::deployment);
	}

	static String column(BilledUnit unit) {
		return "units_" + unit.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the sums of all unit columns for a select.
	 * @return {@code sum(column) as column}, separated by commas
	 */
	static String unitSums() {
		return Arrays.stream(BilledUnit.values())
			.map(CallTable::column)
			.map((column) -> "sum(" + column + ") as " + column)
			.collect(Collectors.joining(", "));
	}

	static TokenUsage usage(ResultSet row) throws SQLException {
		TokenUsage.UsageBuilder usage = TokenUsage.builder();
		for (BilledUnit unit : BilledUnit.values()) {
			usage.add(unit, row.getLong(column(unit)));
		}
		return usage.build();
	}

	static CallRecord read(ResultSet row) throws SQLException {
		return new CallRecord(
				new CallIdentity(row.getString("id"), row.getString("turn_id"), row.getInt("round"),
						Columns.name(row, "purpose", CallRecord.Purpose.OTHER)),
				new CallTiming(Columns.moment(row), Columns.duration(row, "latency_nanos"), firstToken(row),
						row.getBoolean("streamed")),
				target(row), new SourcedUsage(usage(row), Columns.name(row, "usage_source", UsageSource.OTHER)),
				price(row), ending(row), Columns.attribution(row), Columns.versions(row));
	}

	private static CallTarget target(ResultSet row) throws SQLException {
		return new CallTarget(Columns.name(row, "operation", CallRecord.Operation.OTHER), row.getString("provider"),
				row.getString("requested_model"), row.getString("answered_model"),
				Columns.name(row, "service_tier", ServiceTier.OTHER));
	}

	private static CallEnding ending(ResultSet row) throws SQLException {
		return new CallEnding(Columns.name(row, "outcome", CallRecord.Outcome.OTHER), row.getString("error_type"),
				RowJson.attempts(row.getString("attempts")), Columns.name(row, "coverage", CallRecord.Coverage.OTHER));
	}

	private static @Nullable Duration firstToken(ResultSet row) throws SQLException {
		Duration timeToFirstToken = Columns.duration(row, "first_token_nanos");
		return row.wasNull() ? null : timeToFirstToken;
	}

	private static Price price(ResultSet row) throws SQLException {
		Money amount = Columns.money(row, "cost_nanos");
		Money list = Columns.money(row, "list_nanos");
		return new Price(amount, row.wasNull() ? amount : list, Columns.money(row, "input_nanos"),
				Columns.money(row, "cached_nanos"), Columns.money(row, "output_nanos"),
				Columns.money(row, "other_nanos"), Columns.name(row, "price_state", PriceState.ESTIMATED),
				PriceReason.read(row.getString("price_reasons")), row.getString("catalog_version"),
				row.getString("price_tier"));
	}

}
