package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.PricingProperties.Model;
import io.github.costwise.autoconfigure.PricingProperties.PriceTier;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.pricing.PriceRow;

/**
 * Makes price rows of properties, or says what is wrong with them.
 */
final class PriceRowMapper {

	private static final Log logger = LogFactory.getLog(PriceRowMapper.class);

	private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

	private PriceRowMapper() {
	}

	static List<PriceRow> rows(List<Model> models) {
		List<PriceRow> rows = new ArrayList<>();
		for (int i = 0; i < models.size(); i++) {
			rows.add(row("costwise.pricing.models[" + i + "]", models.get(i)));
		}
		return rows;
	}

	private static PriceRow row(String property, Model model) {
		try {
			PriceRow row = row(model);
			warnOfDearReads(property, model);
			return row;
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException(
					"The price at " + property + " (" + model.provider() + "/" + model.model() + ") is wrong: "
							+ ex.getMessage() + ".",
					"Give 'provider' and 'model' and either 'free: true' or 'input' and 'output' in US dollars per"
							+ " million tokens.",
					ex);
		}
	}

	private static PriceRow row(Model model) {
		PriceRow.RowBuilder row = PriceRow.of(text(model.provider()), text(model.model())).aliases(model.aliases());
		BandRates rates = new BandRates(row, ServiceTier.STANDARD, 0);
		rates.set(BilledUnit.INPUT, model.input());
		rates.set(BilledUnit.OUTPUT, model.output());
		rates.set(BilledUnit.CACHE_READ, model.cacheRead());
		rates.set(BilledUnit.CACHE_WRITE_5M, model.cacheWrite());
		rates.set(BilledUnit.CACHE_WRITE_1H, model.cacheWriteOneHour());
		rates.set(BilledUnit.WEB_SEARCH, (model.webSearch() != null) ? model.webSearch().multiply(THOUSAND) : null);
		model.rates().forEach(rates::set);
		model.tiers().forEach((tier) -> tier(row, tier));
		if (model.from() != null) {
			row.from(start(model.from()));
		}
		if (model.until() != null) {
			row.until(start(model.until()));
		}
		if (model.alwaysSearches()) {
			row.searching();
		}
		return (model.free() ? row.free() : row).build();
	}

	private static void tier(PriceRow.RowBuilder row, PriceTier tier) {
		if (tier.service() == ServiceTier.STANDARD && tier.above() == 0) {
			throw new IllegalArgumentException("a tier has neither 'service' nor 'above'");
		}
		BandRates rates = new BandRates(row, tier.service(), tier.above());
		rates.set(BilledUnit.INPUT, tier.input());
		rates.set(BilledUnit.OUTPUT, tier.output());
		rates.set(BilledUnit.CACHE_READ, tier.cacheRead());
		rates.set(BilledUnit.CACHE_WRITE_5M, tier.cacheWrite());
		rates.set(BilledUnit.CACHE_WRITE_1H, tier.cacheWriteOneHour());
		tier.rates().forEach(rates::set);
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

	static Instant start(LocalDate day) {
		return day.atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	private static void warnOfDearReads(String property, Model model) {
		if (model.cacheRead() != null && model.input() != null && model.cacheRead().compareTo(model.input()) > 0) {
			logger.warn("Costwise: " + property + ".cache-read is more expensive than " + property
					+ ".input; cached input should be the cheaper one");
		}
	}

	/** Sets the rates of one band. */
	private record BandRates(PriceRow.RowBuilder row, ServiceTier tier, long above) {

		void set(BilledUnit unit, @Nullable BigDecimal rate) {
			if (rate != null) {
				this.row.rate(this.tier, this.above, unit, rate);
			}
		}

	}

}
