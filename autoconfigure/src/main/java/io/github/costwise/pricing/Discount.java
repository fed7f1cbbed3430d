package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ServiceTier;

/**
 * A negotiated price: a factor on the list rates, or rates of one's own in their place.
 * Immutable.
 *
 * @param provider billing provider
 * @param model name of the model, the beginning of names followed by {@code *}, or
 * {@code *} alone for every model of the provider
 * @param tier the processing class that it is for, or {@code null} for all
 * @param from the first instant at which calls that begin have it
 * @param until the first instant at which they no longer have it
 * @param factor what list rates are multiplied by, from 0 to 10 with six decimal places
 * at the most, or {@code null}
 * @param rates the rates that hold instead, or {@code null}
 * @since 0.1.0
 */
public record Discount(String provider, String model, @Nullable ServiceTier tier, Instant from, Instant until,
		@Nullable BigDecimal factor, @Nullable PriceRow rates) {

	private static final int PLACES = 6;

	/**
	 * Creates a discount.
	 * @throws IllegalArgumentException if provider or model are blank, it never holds, it
	 * has not exactly one of factor and rates, or the factor is out of its range
	 */
	public Discount {
		require(!provider.isBlank() && !model.isBlank(), "a provider or a model is missing");
		require(model.indexOf('*') < 0 || model.indexOf('*') == model.length() - 1, "only the end of a model may be *");
		require(from.isBefore(until), "it ends before it begins");
		require((factor != null) != (rates != null), "it needs either a factor or rates of its own");
		require(factor == null || (factor.signum() >= 0 && factor.compareTo(BigDecimal.TEN) <= 0),
				"the factor is not from 0 to 10");
		require(factor == null || factor.stripTrailingZeros().scale() <= PLACES,
				"the factor has more than " + PLACES + " decimal places");
		provider = ModelNames.canonical(provider, model).provider();
		model = model.trim().toLowerCase(Locale.ROOT);
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new IllegalArgumentException(problem);
		}
	}

	/**
	 * Returns whether a call has it.
	 * @param request what decides the rates of the call
	 * @param row the list's row of the model, all names of which count, or {@code null}
	 * @return whether provider, model, processing class and time fit
	 */
	boolean concerns(PriceRequest request, @Nullable PriceRow row) {
		return (this.tier == null || this.tier == request.tier()) && !request.at().isBefore(this.from)
				&& request.at().isBefore(this.until)
				&& ModelNames.canonical(request.model().provider(), "").provider().equals(this.provider)
				&& (isName(request.model().model().toLowerCase(Locale.ROOT)) || (row != null && isNameOf(row)));
	}

	private boolean isNameOf(PriceRow row) {
		List<String> others = row.aliases();
		return isName(row.id().model()) || others.stream().anyMatch(this::isName);
	}

	private boolean isName(String name) {
		return this.model.endsWith("*") ? name.startsWith(this.model.substring(0, this.model.length() - 1))
				: name.equals(this.model);
	}

}
