package io.github.costwise.autoconfigure;

/** Matches where the application configures tiers. */
final class OnTiersCondition extends OnGroupCondition {

	static final String TIERS = RoutingProperties.PREFIX + ".tiers";

	OnTiersCondition() {
		super("Tiers", TIERS);
	}

}
