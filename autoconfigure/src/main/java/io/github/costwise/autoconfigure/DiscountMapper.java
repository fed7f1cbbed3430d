package io.github.costwise.autoconfigure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.PricingProperties.Agreed;
import io.github.costwise.pricing.Discount;
import io.github.costwise.pricing.PriceRow;

/**
 * Makes discounts of properties, or says what is wrong with them.
 */
final class DiscountMapper {

	private DiscountMapper() {
	}

	static List<Discount> discounts(List<Agreed> agreed) {
		List<Discount> discounts = new ArrayList<>();
		for (int i = 0; i < agreed.size(); i++) {
			discounts.add(discount("costwise.pricing.discounts[" + i + "]", agreed.get(i)));
		}
		return discounts;
	}

	private static Discount discount(String property, Agreed agreed) {
		try {
			return new Discount(text(agreed.provider()), text(agreed.model()), agreed.service(),
					start(agreed.from(), Instant.MIN), start(agreed.until(), Instant.MAX), agreed.factor(),
					agreed.rates().isEmpty() ? null : row(agreed));
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException(
					"The discount at " + property + " (" + agreed.provider() + "/" + agreed.model() + ") is wrong: "
							+ ex.getMessage() + ".",
					"Give 'provider', 'model' and either 'factor' (0.85 for 15 percent off) or 'rates' with 'input' and"
							+ " 'output' in US dollars per million tokens.",
					ex);
		}
	}

	private static PriceRow row(Agreed agreed) {
		PriceRow.RowBuilder row = PriceRow.of(text(agreed.provider()), text(agreed.model()));
		agreed.rates().forEach(row::rate);
		if (agreed.service() != null) {
			agreed.rates().forEach((unit, rate) -> row.rate(agreed.service(), 0, unit, rate));
		}
		return row.build();
	}

	private static Instant start(@Nullable LocalDate day, Instant otherwise) {
		return (day != null) ? PriceRowMapper.start(day) : otherwise;
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
