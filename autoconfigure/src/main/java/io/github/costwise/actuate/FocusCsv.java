package io.github.costwise.actuate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TokenUsage;

/**
 * The columns of FOCUS 1.2 (FinOps Open Cost and Usage Specification, focus.finops.org):
 * every mandatory one, those conditional ones that apply to tokens, and columns of our
 * own under the prefix {@code x_}. One row per call and share of the bill (input, cache
 * read and write, output, other), since each has a price of its own; a call that used
 * nothing has none. Unit prices are the share divided by its quantity, to 18 places, and
 * empty for a model without a price. The amount at list rates is known of the whole call;
 * its shares are in the proportion of those that are billed.
 */
final class FocusCsv implements CsvFormat {

	private static final String[] COLUMNS = { "BilledCost", "BillingAccountId", "BillingAccountName",
			"BillingAccountType", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
			"ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
			"ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId",
			"InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingCategory", "PricingQuantity", "PricingUnit",
			"ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType",
			"ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceId", "SubAccountId",
			"SubAccountName", "Tags", "x_CallId", "x_CatalogVersion", "x_Coverage", "x_Feature", "x_Outcome",
			"x_PriceReasons", "x_PriceState", "x_PriceTier", "x_Tenant", "x_TurnId", "x_UsageSource", "x_User" };

	private static final Map<String, String> PROVIDERS = Map.ofEntries(Map.entry("openai", "OpenAI"),
			Map.entry("anthropic", "Anthropic"), Map.entry("google", "Google"), Map.entry("bedrock", "AWS"),
			Map.entry("azure", "Microsoft"), Map.entry("deepseek", "DeepSeek"), Map.entry("mistral", "Mistral AI"),
			Map.entry("groq", "Groq"), Map.entry("xai", "xAI"), Map.entry("cohere", "Cohere"));

	private static final String CURRENCY = "USD";

	private static final int PRICE_PLACES = 18;

	private final String billingAccountId;

	FocusCsv(String billingAccountId) {
		this.billingAccountId = billingAccountId;
	}

	@Override
	public String header() {
		return new CsvRow().header(COLUMNS).end();
	}

	@Override
	public void write(CallRecord call, Consumer<String> lines) {
		TokenUsage usage = call.usage().tokens();
		Price price = call.price();
		long cached = usage.cacheReadTokens() + usage.cacheWriteTokens();
		ListShares list = new ListShares(price);
		write(call, new Charge("Input Tokens", "Tokens", usage.promptTokens() - cached, price.input(), list), lines);
		write(call, new Charge("Cached Input Tokens", "Tokens", cached, price.cached(), list), lines);
		write(call, new Charge("Output Tokens", "Tokens", usage.outputTokens(), price.output(), list), lines);
		write(call, new Charge("Web Searches", "Requests", usage.get(BilledUnit.WEB_SEARCH), price.other(), list),
				lines);
	}

	private void write(CallRecord call, Charge charge, Consumer<String> lines) {
		if (charge.quantity() == 0 && charge.cost().nanos() == 0 && charge.listCost().nanos() == 0) {
			return;
		}
		CsvRow row = new CsvRow();
		billing(row, call, charge);
		pricing(row, call, charge);
		service(row, call, charge);
		own(row, call);
		lines.accept(row.end());
	}

	private void billing(CsvRow row, CallRecord call, Charge charge) {
		Instant startedAt = call.timing().startedAt();
		OffsetDateTime month = startedAt.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
		Instant begin = startedAt.truncatedTo(ChronoUnit.SECONDS);
		Instant end = startedAt.plus(call.timing().latency())
			.truncatedTo(ChronoUnit.SECONDS)
			.plus(Duration.ofSeconds(1));
		row.number(charge.usd()).text(this.billingAccountId).text(null).text("Account").text(CURRENCY);
		row.text(month.plusMonths(1).toInstant()).text(month.toInstant()).text("Usage").text(null);
		row.text(charge.meter() + " of " + call.target().answeredModel() + ", " + call.price().priceTier());
		row.text("Usage-Based").text(end).text(begin).number(charge.quantity()).text(charge.unit());
	}

	private static void pricing(CsvRow row, CallRecord call, Charge charge) {
		String provider = providerName(call);
		boolean priced = call.price().state() != PriceState.UNKNOWN;
		row.number(charge.usd()).number(priced ? charge.unitPrice(charge.cost()) : null).number(charge.usd());
		row.text(null).text(provider).number(CostReport.usd(charge.listCost()));
		row.number(priced ? charge.unitPrice(charge.listCost()) : null).text("Standard");
		row.number(charge.pricedQuantity()).text(charge.unit()).text(provider).text(provider);
	}

	private static void service(CsvRow row, CallRecord call, Charge charge) {
		String model = call.target().answeredModel();
		String sku = call.target().provider() + "/" + model;
		row.text(null).text(null).text(sku).text(model).text("Model");
		row.text("AI and Machine Learning").text(providerName(call) + " API").text("Generative AI");
		row.text(sku).text(charge.meter()).text(sku + "/" + call.price().priceTier() + "/" + charge.meter());
		row.text(null).text(null);
	}

	private static void own(CsvRow row, CallRecord call) {
		Attribution whose = call.attribution();
		row.text(FlatJson.object(tags(whose))).text(call.id()).text(call.price().catalogVersion());
		row.text(call.ending().coverage()).text(whose.feature()).text(call.outcome());
		row.text(PriceReason.write(call.price().reasons())).text(call.price().state());
		row.text(call.price().priceTier()).text(whose.tenant()).text(call.turnId());
		row.text(call.usage().source()).text(whose.user());
	}

	/** Feature and tenant win over tags of the same name. */
	private static Map<String, String> tags(Attribution whose) {
		Map<String, String> tags = new TreeMap<>(whose.tags());
		if (whose.feature() != null) {
			tags.put("feature", whose.feature());
		}
		if (whose.tenant() != null) {
			tags.put("tenant", whose.tenant());
		}
		return tags;
	}

	private static String providerName(CallRecord call) {
		String provider = call.target().provider();
		return PROVIDERS.getOrDefault(provider, provider);
	}

	/**
	 * A share of what one call costs. A cost without a count, as some providers report
	 * it, is priced as one unit.
	 */
	private record Charge(String meter, String unit, long quantity, Money cost, Money listCost) {

		Charge(String meter, String unit, long quantity, Money cost, ListShares list) {
			this(meter, unit, quantity, cost, list.of(cost));
		}

		String usd() {
			return CostReport.usd(this.cost);
		}

		long pricedQuantity() {
			return Math.max(1, this.quantity);
		}

		String unitPrice(Money amount) {
			BigDecimal price = amount.toUsd()
				.divide(BigDecimal.valueOf(pricedQuantity()), PRICE_PLACES, RoundingMode.HALF_EVEN);
			return price.stripTrailingZeros().toPlainString();
		}

	}

	/** The list amount by shares, of which the last takes what rounding leaves. */
	private static final class ListShares {

		private final Price price;

		private long billedLeft;

		private long listLeft;

		ListShares(Price price) {
			this.price = price;
			this.billedLeft = price.amount().nanos();
			this.listLeft = price.list().nanos();
		}

		Money of(Money billed) {
			boolean last = billed.nanos() == this.billedLeft;
			long share = last ? this.listLeft : proportion(billed.nanos());
			this.billedLeft -= billed.nanos();
			this.listLeft -= share;
			return Money.ofNanos(share);
		}

		private long proportion(long billed) {
			return BigDecimal.valueOf(this.price.list().nanos())
				.multiply(BigDecimal.valueOf(billed))
				.divide(BigDecimal.valueOf(this.price.amount().nanos()), 0, RoundingMode.HALF_EVEN)
				.longValue();
		}

	}

}
