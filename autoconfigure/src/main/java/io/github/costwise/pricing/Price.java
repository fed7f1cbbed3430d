package io.github.costwise.pricing;

/**
 * What one call cost, and how that was found. The four parts add up to the amount.
 *
 * @param amount the whole amount, rounded once to a nano-dollar, half to even
 * @param input the part of prompt tokens at the full rate
 * @param cached the part of prompt tokens read from or written to a provider's cache
 * @param output the part of generated tokens
 * @param other the part of units that are not tokens
 * @param state how far the amount can be trusted
 * @param catalogVersion the version of the catalogue, or {@code provider} when the
 * provider reported the amount itself
 * @param priceTier the price tier that applied, such as {@code standard},
 * {@code standard>200k} or {@code batch}
 * @since 0.1.0
 */
public record Price(Money amount, Money input, Money cached, Money output, Money other, PriceState state,
		String catalogVersion, String priceTier) {

	/**
	 * Returns the price of something that has none.
	 * @param catalogVersion the catalogue that was asked
	 * @return a price of zero in state {@link PriceState#UNKNOWN}
	 */
	public static Price unknown(String catalogVersion) {
		return zero(PriceState.UNKNOWN, catalogVersion);
	}

	/**
	 * Returns a price of zero.
	 * @param state why it is zero
	 * @param catalogVersion the catalogue that was asked
	 * @return the price
	 */
	public static Price zero(PriceState state, String catalogVersion) {
		return new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, state, catalogVersion, "none");
	}

	/**
	 * Returns this price marked as estimated, when it is exact.
	 * @return the price in state {@link PriceState#ESTIMATED}, or this price when it is
	 * free or unknown
	 */
	public Price asEstimated() {
		return (this.state != PriceState.EXACT) ? this : new Price(this.amount, this.input, this.cached, this.output,
				this.other, PriceState.ESTIMATED, this.catalogVersion, this.priceTier);
	}

}
