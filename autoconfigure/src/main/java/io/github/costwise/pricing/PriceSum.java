package io.github.costwise.pricing;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.text.Parts;

/**
 * The price of a call that was billed in several rounds, each in a price tier of its own.
 *
 * @since 0.1.0
 */
public final class PriceSum {

	private static final List<PriceState> BY_DOUBT = List.of(PriceState.FREE, PriceState.EXACT, PriceState.ESTIMATED,
			PriceState.UNKNOWN);

	private PriceSum() {
	}

	/**
	 * Adds prices up.
	 * @param rounds the prices of the rounds, all by the same catalogue; at least one
	 * @return their sum, as doubtful as the most doubtful of them, with the reasons and
	 * the price tiers of all
	 * @throws ArithmeticException if the amount is beyond
	 * {@link io.github.costwise.Money}
	 */
	public static Price of(List<Price> rounds) {
		Price sum = rounds.get(0);
		for (Price round : rounds.subList(1, rounds.size())) {
			sum = plus(sum, round);
		}
		return sum;
	}

	private static Price plus(Price one, Price other) {
		Set<PriceReason> reasons = EnumSet.noneOf(PriceReason.class);
		reasons.addAll(one.reasons());
		reasons.addAll(other.reasons());
		return new Price(one.amount().plus(other.amount()), one.list().plus(other.list()),
				one.input().plus(other.input()), one.cached().plus(other.cached()), one.output().plus(other.output()),
				one.other().plus(other.other()), state(one.state(), other.state()), reasons, one.catalogVersion(),
				tiers(one.priceTier(), other.priceTier()));
	}

	private static PriceState state(PriceState one, PriceState other) {
		return (BY_DOUBT.indexOf(one) > BY_DOUBT.indexOf(other)) ? one : other;
	}

	private static String tiers(String one, String other) {
		Set<String> tiers = new TreeSet<>(List.of(Parts.of(one, "+")));
		tiers.add(other);
		return String.join("+", tiers);
	}

}
