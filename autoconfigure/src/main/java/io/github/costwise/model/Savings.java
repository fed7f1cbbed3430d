package io.github.costwise.model;

import io.github.costwise.Money;

/**
 * What a turn would have cost more without Costwise, by what saved it. Immutable.
 *
 * @param cache what the response cache saved
 * @param routing what other models than the client's own saved, fallbacks and second
 * opinions included; negative when they cost more
 * @param own what calls cost that Costwise made for itself, such as those for vectors
 * @since 0.1.0
 */
public record Savings(Money cache, Money routing, Money own) {

	/** Nothing saved, and nothing spent for it. */
	public static final Savings NONE = new Savings(Money.ZERO, Money.ZERO, Money.ZERO);

	/**
	 * Returns what was saved in all, net of what it cost.
	 * @return the sum of both kinds without the own calls; negative when the turn cost
	 * more
	 */
	public Money total() {
		return Money.saturated(Money.saturated(this.cache.nanos(), this.routing.nanos()).nanos(), -this.own.nanos());
	}

	/**
	 * Returns the sum of this and another saving.
	 * @param other the other one
	 * @return the sum, kind by kind
	 */
	public Savings plus(Savings other) {
		return new Savings(Money.saturated(this.cache.nanos(), other.cache.nanos()),
				Money.saturated(this.routing.nanos(), other.routing.nanos()),
				Money.saturated(this.own.nanos(), other.own.nanos()));
	}

}
