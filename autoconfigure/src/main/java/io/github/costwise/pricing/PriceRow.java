package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ServiceTier;

/**
 * The price of one model as data: rates by unit, processing class and prompt size, and
 * the time they hold. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PriceRow {

	private final ModelId id;

	private final List<String> aliases;

	private final Instant from;

	private final Instant until;

	private final boolean free;

	private final boolean approximate;

	private final boolean searching;

	private final SortedMap<PriceBand, Map<BilledUnit, BigDecimal>> rates;

	private PriceRow(RowBuilder builder) {
		this.id = builder.id;
		this.aliases = builder.aliases;
		this.from = builder.from;
		this.until = builder.until;
		this.free = builder.free;
		this.approximate = builder.approximate;
		this.searching = builder.searching;
		this.rates = Collections.unmodifiableSortedMap(builder.rates);
	}

	/**
	 * Returns a builder of a row without rates that holds at any time.
	 * @param provider billing provider
	 * @param model the name of the model, or {@code *} for every model of the provider
	 * that has no row of its own
	 * @return the builder
	 */
	public static RowBuilder of(String provider, String model) {
		return new RowBuilder(provider, model);
	}

	/**
	 * Returns the model, in lower case.
	 * @return the model
	 */
	public ModelId id() {
		return this.id;
	}

	/**
	 * Returns the other names that have the same price, in lower case.
	 * @return the aliases
	 */
	public List<String> aliases() {
		return this.aliases;
	}

	/**
	 * Returns whether the model is free of charge.
	 * @return whether it is free
	 */
	public boolean isFree() {
		return this.free;
	}

	/**
	 * Returns the rate as the row states it, before any substitution.
	 * @param tier the processing class
	 * @param above the prompt size of the band, zero for the base
	 * @param unit the unit
	 * @return US dollars per million units, or {@code null} when the row has none
	 */
	public @Nullable BigDecimal rate(ServiceTier tier, long above, BilledUnit unit) {
		return rate(new PriceBand(tier, above), unit);
	}

	/**
	 * Returns the rate as the row states it, before any substitution.
	 * @param band the requests that it holds for
	 * @param unit the unit
	 * @return US dollars per million units, or {@code null} when the row has none
	 */
	public @Nullable BigDecimal rate(PriceBand band, BilledUnit unit) {
		Map<BilledUnit, BigDecimal> ofBand = this.rates.get(band);
		return (ofBand != null) ? ofBand.get(unit) : null;
	}

	/**
	 * Returns the rate of standard processing of any prompt.
	 * @param unit the unit
	 * @return US dollars per million units, zero when the row has none
	 */
	public BigDecimal base(BilledUnit unit) {
		BigDecimal rate = rate(PriceBand.BASE, unit);
		return (rate != null) ? rate : BigDecimal.ZERO;
	}

	/**
	 * Returns all rates as the row states them.
	 * @return US dollars per million units, by what they hold for
	 */
	public SortedMap<PriceBand, Map<BilledUnit, BigDecimal>> rates() {
		return this.rates;
	}

	/**
	 * Returns this row with what another one also knows of the model, processing classes
	 * and long prompts included, when both agree on the prices of input and output.
	 */
	PriceRow completedBy(PriceRow other) {
		boolean agree = base(BilledUnit.INPUT).compareTo(other.base(BilledUnit.INPUT)) == 0
				&& base(BilledUnit.OUTPUT).compareTo(other.base(BilledUnit.OUTPUT)) == 0;
		if (!agree || this.free || other.free) {
			return this;
		}
		RowBuilder builder = copy((unit, rate) -> rate);
		builder.approximate |= other.approximate;
		builder.searching |= other.searching;
		other.rates.forEach((band, rates) -> rates.forEach((unit, rate) -> builder.putIfAbsent(band, unit, rate)));
		return builder.build();
	}

	/**
	 * Returns since when the row holds.
	 * @return the first instant
	 */
	public Instant from() {
		return this.from;
	}

	/**
	 * Returns until when the row holds.
	 * @return the first instant at which it does not hold
	 */
	public Instant until() {
		return this.until;
	}

	boolean isApproximate() {
		return this.approximate;
	}

	/**
	 * Returns whether the model makes a web search in every call.
	 * @return whether the fee of one is billed where no search is reported
	 */
	public boolean isSearching() {
		return this.searching;
	}

	/**
	 * Whether some tokens have rates of their own, such as those of a cache or of audio.
	 */
	boolean isPricedByDetails() {
		return this.rates.values()
			.stream()
			.flatMap((rates) -> rates.keySet().stream())
			.anyMatch((unit) -> unit.isToken() && unit != BilledUnit.INPUT && unit != BilledUnit.OUTPUT);
	}

	/** A builder of the same row with rates that are made of those of this one. */
	RowBuilder copy(BiFunction<BilledUnit, BigDecimal, BigDecimal> rate) {
		RowBuilder builder = of(this.id.provider(), this.id.model()).aliases(this.aliases)
			.from(this.from)
			.until(this.until);
		builder.free = this.free;
		builder.approximate = this.approximate;
		builder.searching = this.searching;
		this.rates
			.forEach((band, rates) -> rates.forEach((unit, old) -> builder.put(band, unit, rate.apply(unit, old))));
		return builder;
	}

	@Override
	public String toString() {
		return this.id + " " + (this.free ? "free" : this.rates);
	}

	/** Collects a row. Not thread-safe. */
	public static final class RowBuilder {

		private final ModelId id;

		private final SortedMap<PriceBand, Map<BilledUnit, BigDecimal>> rates = new TreeMap<>();

		private List<String> aliases = List.of();

		private Instant from = Instant.MIN;

		private Instant until = Instant.MAX;

		private boolean free;

		private boolean approximate;

		private boolean searching;

		private RowBuilder(String provider, String model) {
			require(!provider.isBlank(), "a provider is missing");
			require(!model.isBlank(), "a model is missing");
			require(provider.length() <= ModelNames.LONGEST && model.length() <= ModelNames.LONGEST,
					"the name of its model or provider is longer than " + ModelNames.LONGEST + " characters");
			this.id = ModelNames.canonical(provider, model);
		}

		/**
		 * Sets other names that have the same price.
		 * @param aliases the names, without the provider
		 * @return this builder
		 */
		public RowBuilder aliases(List<String> aliases) {
			this.aliases = aliases.stream().map((alias) -> alias.toLowerCase(Locale.ROOT)).toList();
			return this;
		}

		/**
		 * Sets since when the row holds.
		 * @param from the first instant
		 * @return this builder
		 */
		public RowBuilder from(Instant from) {
			this.from = from;
			return this;
		}

		/**
		 * Sets until when the row holds.
		 * @param until the first instant at which it does not hold
		 * @return this builder
		 */
		public RowBuilder until(Instant until) {
			this.until = until;
			return this;
		}

		/**
		 * Declares the model free of charge.
		 * @return this builder
		 */
		public RowBuilder free() {
			this.free = true;
			return this;
		}

		/**
		 * Declares that the rates do not tell the whole price, so that every price made
		 * of them is {@linkplain io.github.costwise.model.PriceState#ESTIMATED
		 * estimated}.
		 * @return this builder
		 */
		public RowBuilder approximate() {
			this.approximate = true;
			return this;
		}

		/**
		 * Declares that the model makes a web search in every call, so that the fee of
		 * one is billed where no search is reported.
		 * @return this builder
		 */
		public RowBuilder searching() {
			this.searching = true;
			return this;
		}

		/**
		 * Sets the rate of standard processing.
		 * @param unit the unit
		 * @param usdPerMillion US dollars per million units
		 * @return this builder
		 * @throws IllegalArgumentException if the rate is negative, above 10,000 US
		 * dollars per million tokens (1,000 US dollars for a single search), or written
		 * with more than 24 decimal places or 40 digits
		 */
		public RowBuilder rate(BilledUnit unit, BigDecimal usdPerMillion) {
			return rate(PriceBand.BASE, unit, usdPerMillion);
		}

		/**
		 * Sets the rate of a processing class or of long prompts.
		 * @param tier the processing class
		 * @param above the number of prompt tokens that must be exceeded, zero for any
		 * @param unit the unit
		 * @param usdPerMillion US dollars per million units
		 * @return this builder
		 * @throws IllegalArgumentException if the rate is negative, above 10,000 US
		 * dollars per million tokens (1,000 US dollars for a single search), or written
		 * with more than 24 decimal places or 40 digits
		 */
		public RowBuilder rate(ServiceTier tier, long above, BilledUnit unit, BigDecimal usdPerMillion) {
			return rate(new PriceBand(tier, above), unit, usdPerMillion);
		}

		RowBuilder rate(PriceBand band, BilledUnit unit, BigDecimal usdPerMillion) {
			RateBounds.check(unit, usdPerMillion);
			require(band.above() >= 0, "the prompt size is negative: " + band.above());
			BigDecimal rate = (usdPerMillion.scale() < 0) ? usdPerMillion.setScale(0) : usdPerMillion;
			put(band, unit, rate);
			return this;
		}

		void putIfAbsent(PriceBand band, BilledUnit unit, BigDecimal rate) {
			this.rates.computeIfAbsent(band, (key) -> new EnumMap<>(BilledUnit.class)).putIfAbsent(unit, rate);
		}

		private void put(PriceBand band, BilledUnit unit, BigDecimal rate) {
			this.rates.computeIfAbsent(band, (key) -> new EnumMap<>(BilledUnit.class)).put(unit, rate);
		}

		/**
		 * Returns the row.
		 * @return the row
		 * @throws IllegalArgumentException if it is neither free nor has an input and an
		 * output rate, or if it never holds
		 */
		public PriceRow build() {
			require(this.from.isBefore(this.until), "it ends before it begins");
			Map<BilledUnit, BigDecimal> base = this.rates.getOrDefault(PriceBand.BASE, Map.of());
			BigDecimal input = base.get(BilledUnit.INPUT);
			require(this.free || (input != null && input.signum() > 0), "it is neither free nor has an input price");
			require(this.free || base.containsKey(BilledUnit.OUTPUT), "it has no output price (zero for embeddings)");
			require(!this.free || this.rates.isEmpty(), "it is declared free and has prices");
			return new PriceRow(this);
		}

		/** Returns a row made of another one, which was checked before. */
		PriceRow derived() {
			return new PriceRow(this);
		}

		private static void require(boolean condition, String problem) {
			if (!condition) {
				throw new IllegalArgumentException(problem);
			}
		}

	}

}
