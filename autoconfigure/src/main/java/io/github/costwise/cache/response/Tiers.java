package io.github.costwise.cache.response;

import io.github.costwise.Tier;

/** Which tiers may stand for which. */
final class Tiers {

	private Tiers() {
	}

	/**
	 * An answer of the client's own model is good for those who leave the choice open.
	 */
	static boolean satisfies(Tier answered, Tier asked) {
		return asked == Tier.AUTO || (answered != Tier.AUTO && answered.compareTo(asked) >= 0);
	}

}
