package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Tells amounts in US dollars from others. A body may name the currency beside the amount
 * or within its parts, under a name of its own, or say the amount once more under the
 * name of another currency, such as {@code cost_rub}.
 */
final class Currencies {

	private static final String DOLLAR = "usd";

	private static final Set<String> OTHERS = Currency.getAvailableCurrencies()
		.stream()
		.map((currency) -> currency.getCurrencyCode().toLowerCase(Locale.ROOT))
		.filter((code) -> !code.equals(DOLLAR))
		.collect(Collectors.toUnmodifiableSet());

	private static final Set<String> UNITS = Set.of("unit", "units");

	private static final Set<String> AMOUNTS = Set.of("cost", "costs", "price", "amount", "charge", "billing");

	private Currencies() {
	}

	/**
	 * Returns whether nothing says that an amount is in another currency.
	 * @param amount the amount
	 * @param bodies the body that tells it, and the bodies of its parts
	 */
	static boolean areDollars(BigDecimal amount, UsageFields... bodies) {
		for (UsageFields body : bodies) {
			boolean told = isDollar(body.text(Field.CURRENCY));
			for (Map.Entry<String, Object> field : body.untyped().entrySet()) {
				told &= !isOther(NameWords.of(field.getKey()), field.getValue(), amount);
			}
			if (!told) {
				return false;
			}
		}
		return true;
	}

	private static boolean isOther(List<String> words, Object value, BigDecimal amount) {
		if (words.contains("currency") || isAny(words, UNITS) && isAny(words, AMOUNTS)) {
			return !isDollar(value.toString());
		}
		return amount.signum() != 0 && isAny(words, OTHERS) && isSame(value, amount);
	}

	private static boolean isSame(Object value, BigDecimal amount) {
		BigDecimal number = (value instanceof Number || value instanceof String) ? UsageNumbers.of(value.toString())
				: null;
		return number != null && number.compareTo(amount) == 0;
	}

	private static boolean isAny(List<String> words, Set<String> known) {
		return words.stream().anyMatch(known::contains);
	}

	private static boolean isDollar(@Nullable String currency) {
		return currency == null || currency.isBlank() || currency.strip().equalsIgnoreCase(DOLLAR);
	}

}
