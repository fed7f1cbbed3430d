package io.github.costwise.benchmarks.eval;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.costwise.Money;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.ListedPrice;
import io.github.costwise.pricing.PriceRequest;
import io.github.costwise.pricing.PriceRow;
import io.github.costwise.spi.PriceCatalog;

/** Counts what is wrong with tokens and amounts. Not thread-safe. */
final class UsageReport {

	private static final int EXAMPLES = 8;

	/** The difference up to which two amounts are the same, in nano-dollars. */
	private static final BigDecimal SAME = BigDecimal.ONE;

	/** The difference that rounding explains at the most, in nano-dollars. */
	private static final BigDecimal ROUNDING = BigDecimal.valueOf(2);

	private final PriceCatalog catalog;

	private final CostCalculator calculator;

	private final Instant at = Instant.now();

	private final Map<String, Integer> counts = new LinkedHashMap<>();

	private final Map<String, Integer> peerDifferences = new TreeMap<>();

	private final Map<String, Integer> reasons = new TreeMap<>();

	private int priced;

	private int exact;

	private final TreeSet<String> unknown = new TreeSet<>();

	private final TreeSet<String> notCompared = new TreeSet<>();

	private final List<String> examples = new ArrayList<>();

	private final List<String> peerExamples = new ArrayList<>();

	UsageReport(ManagedContext context) {
		this.catalog = context.bean(PriceCatalog.class);
		this.calculator = context.bean(CostCalculator.class);
		for (String key : List.of("rows", "overHttp", "direct", "tokenMismatches", "arithmeticMismatches",
				"estimatedRows")) {
			this.counts.put(key, 0);
		}
	}

	/**
	 * Checks what the normalisers made of a row.
	 * @param row the row
	 * @param checked the result
	 */
	void add(UsageRow row, Checked checked) {
		count("rows");
		count("direct");
		Price amount = this.calculator.price(
				new PriceRequest(new ModelId(row.provider(), row.model()), this.at, checked.tier(), checked.regional()),
				checked.usage(), checked.reasons());
		check(row, checked, amount);
		comparePeer(row, amount, checked.usage());
	}

	/**
	 * Checks what the ledger has of a row served to a client in one piece.
	 * @param row the row
	 * @param record the call
	 */
	void add(UsageRow row, CallRecord record) {
		count("rows");
		count("overHttp");
		check(row, Checked.of("call", record), record.price());
		comparePeer(row, record.price(), record.usage().tokens());
	}

	/**
	 * Checks what the ledger has of a row served to a client as a stream.
	 * @param row the row
	 * @param record the call
	 */
	void addStreamed(UsageRow row, CallRecord record) {
		check(row, Checked.of("stream", record), record.price());
		if (record.usage().source() != CallRecord.UsageSource.REPORTED) {
			count("estimatedRows");
		}
	}

	Map<String, Object> toResult() {
		Map<String, Object> result = new LinkedHashMap<>(this.counts);
		result.put("exactShare", this.priced == 0 ? 0 : Math.round(10_000d * this.exact / this.priced) / 10_000d);
		result.put("reasons", this.reasons);
		result.put("unknownModels", this.unknown);
		result.put("peerPriceDifferences", this.peerDifferences);
		result.put("countsNotCompared", this.notCompared);
		result.put("examples", this.examples);
		result.put("peerExamples", this.peerExamples);
		return result;
	}

	private void check(UsageRow row, Checked checked, Price price) {
		row.tokens()
			.keySet()
			.stream()
			.filter((name) -> !ExpectedCounts.isCompared(name))
			.forEach(this.notCompared::add);
		state(price);
		Map<String, Long> wrong = ExpectedCounts.differences(row.tokens(), checked.usage());
		if (!wrong.isEmpty()) {
			count("tokenMismatches");
			example(this.examples, row, checked.form() + " counts " + wrong + ", expected " + row.tokens());
		}
		if (price.state() == PriceState.UNKNOWN) {
			this.unknown.add(row.provider() + "/" + row.model());
		}
		else if (price.amount().nanos() != plainNanos(row, price, checked.usage())) {
			count("arithmeticMismatches");
			example(this.examples, row, checked.form() + " of " + checked.usage() + " costs " + price
					+ ", by plain arithmetic " + Money.ofNanos(plainNanos(row, price, checked.usage())));
		}
	}

	private void state(Price price) {
		if (price.state() != PriceState.UNKNOWN) {
			this.priced++;
			this.exact += (price.state() == PriceState.ESTIMATED) ? 0 : 1;
		}
		price.reasons().forEach((reason) -> this.reasons.merge(reason.id(), 1, Integer::sum));
	}

	private long plainNanos(UsageRow row, Price price, TokenUsage usage) {
		if (price.state() == PriceState.FREE) {
			return 0;
		}
		ModelPrice found = this.catalog.find(new ModelId(row.provider(), row.model()), this.at);
		PriceRow data = ListedPrice.rowOf(found);
		if (data == null) {
			throw new IllegalStateException("No price row for " + row.provider() + "/" + row.model());
		}
		return PlainPrice.of(data, price.priceTier(), price.reasons().contains(PriceReason.REGION_ASSUMED))
			.nanos(usage);
	}

	/**
	 * Compares an amount with the peer's. When ours follows from the counts that the peer
	 * expects too, then it is the prices that differ.
	 */
	private void comparePeer(UsageRow row, Price price, TokenUsage usage) {
		if (row.peerPrice() == null || price.state() == PriceState.UNKNOWN) {
			return;
		}
		BigDecimal off = BigDecimal.valueOf(price.amount().nanos()).subtract(row.peerPrice().movePointRight(9)).abs();
		if (off.compareTo(SAME) <= 0) {
			return;
		}
		String reason = reason(row, price, usage, off);
		this.peerDifferences.merge(reason, 1, Integer::sum);
		if (!reason.equals("rounding")) {
			example(this.peerExamples, row, reason + ": " + price.amount() + " (" + price.priceTier()
					+ "), peer expects " + row.peerPrice().toPlainString());
		}
	}

	private String reason(UsageRow row, Price price, TokenUsage usage, BigDecimal off) {
		if (off.compareTo(ROUNDING) <= 0) {
			return "rounding";
		}
		boolean ours = !ExpectedCounts.differences(row.tokens(), usage).isEmpty()
				|| price.amount().nanos() != plainNanos(row, price, usage);
		if (ours) {
			return "oursWrong";
		}
		if (!price.priceTier().equals("standard")) {
			return "tierNotInPeer";
		}
		return (price.other().nanos() != 0) ? "searchesNotInPeer" : "pricesChanged";
	}

	private void count(String key) {
		this.counts.merge(key, 1, Integer::sum);
	}

	private static void example(List<String> examples, UsageRow row, String text) {
		if (examples.size() < EXAMPLES) {
			examples.add("line " + row.line() + " (" + row.model() + "): " + text);
		}
	}

	/**
	 * What became of a row.
	 *
	 * @param form how it went
	 * @param usage the buckets
	 * @param tier the processing class
	 * @param regional whether it was made in a region of its own
	 * @param reasons what is not known of it
	 */
	record Checked(String form, TokenUsage usage, ServiceTier tier, boolean regional, Set<PriceReason> reasons) {

		static Checked of(String form, CallRecord record) {
			return new Checked(form, record.usage().tokens(), record.target().serviceTier(), false,
					record.price().reasons());
		}

	}

}
