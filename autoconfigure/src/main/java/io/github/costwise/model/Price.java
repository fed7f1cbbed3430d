package io.github.costwise.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

import io.github.costwise.Money;

/**
 * What one call cost, and how that was found. The four parts add up to the amount.
 *
 * @param amount the amount billed, rounded once to a nano-dollar, half to even
 * @param list the amount at list rates, before any negotiated discount
 * @param input the billed part of prompt tokens at the full rate
 * @param cached the billed part of prompt tokens read from or written to a provider's
 * cache
 * @param output the billed part of generated tokens
 * @param other the billed part of units that are not tokens
 * @param state how far the amount can be trusted
 * @param reasons why it is not exact; none for an exact price
 * @param catalogVersion the version of the catalogue, or {@code provider} when the
 * provider reported the amount itself
 * @param priceTier the price tier that applied, such as {@code standard},
 * {@code standard>200k} or {@code batch}
 * @since 0.1.0
 */
public record Price(Money amount, Money list, Money input, Money cached, Money output, Money other, PriceState state,
		Set<PriceReason> reasons, String catalogVersion, String priceTier) {

	public Price {
		reasons = Set.copyOf(reasons);
		if (state == PriceState.EXACT && !reasons.isEmpty()) {
			throw new IllegalArgumentException("An exact price has no reasons not to be: " + reasons);
		}
	}

	/**
	 * Returns the price of something that has none.
	 * @param catalogVersion the catalogue that was asked
	 * @param reason why
	 * @return a price of zero in state {@link PriceState#UNKNOWN}
	 */
	public static Price unknown(String catalogVersion, PriceReason reason) {
		return zero(PriceState.UNKNOWN, Set.of(reason), catalogVersion);
	}

	/**
	 * Returns the price of something that is free of charge.
	 * @param catalogVersion the catalogue that was asked
	 * @return a price of zero in state {@link PriceState#FREE}
	 */
	public static Price free(String catalogVersion) {
		return zero(PriceState.FREE, Set.of(), catalogVersion);
	}

	private static Price zero(PriceState state, Set<PriceReason> reasons, String catalogVersion) {
		return new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, state, reasons,
				catalogVersion, "none");
	}

	/**
	 * Returns this price with reasons not to be exact.
	 * @param further the reasons, possibly none
	 * @return the price, {@linkplain PriceState#ESTIMATED estimated} where it was exact;
	 * this one when there is no new reason, or it is free
	 */
	public Price because(Set<PriceReason> further) {
		Set<PriceReason> all = PriceReason.both(this.reasons, further);
		if (all == this.reasons || this.state == PriceState.FREE) {
			return this;
		}
		return new Price(this.amount, this.list, this.input, this.cached, this.output, this.other,
				(this.state == PriceState.EXACT) ? PriceState.ESTIMATED : this.state, all, this.catalogVersion,
				this.priceTier);
	}

	/**
	 * Returns this price with a reason not to be exact.
	 * @param reason the reason
	 * @return the price, as by {@link #because(Set)}
	 */
	public Price because(PriceReason reason) {
		return because(Set.of(reason));
	}

	/**
	 * Returns this price as one of another amount at list rates.
	 * @param amount the amount at list rates
	 * @return the price, billed as before
	 */
	public Price withList(Money amount) {
		return new Price(this.amount, amount, this.input, this.cached, this.output, this.other, this.state,
				this.reasons, this.catalogVersion, this.priceTier);
	}

	/**
	 * Returns a multiple of this price; each part is rounded, and the amount is their
	 * sum.
	 * @param factor zero or more
	 * @return the price
	 * @throws ArithmeticException if the amount is beyond {@link Money}
	 */
	public Price times(BigDecimal factor) {
		Money newInput = times(this.input, factor);
		Money newCached = times(this.cached, factor);
		Money newOutput = times(this.output, factor);
		Money newOther = times(this.other, factor);
		Money sum = newInput.plus(newCached).plus(newOutput).plus(newOther);
		return new Price(sum, sum, newInput, newCached, newOutput, newOther, this.state, this.reasons,
				this.catalogVersion, this.priceTier);
	}

	private static Money times(Money money, BigDecimal factor) {
		return Money.ofNanos(factor.multiply(BigDecimal.valueOf(money.nanos()))
			.setScale(0, RoundingMode.HALF_EVEN)
			.longValueExact());
	}

}
