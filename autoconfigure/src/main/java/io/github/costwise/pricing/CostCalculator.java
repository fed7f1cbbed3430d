package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Prices calls by a catalogue and a policy for models it does not know. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostCalculator {

	private static final Log logger = LogFactory.getLog(CostCalculator.class);

	private static final int WARNINGS = 256;

	private final PriceCatalog catalog;

	private final UnknownModelPolicy policy;

	private final ReportedBounds bounds;

	private final Set<ModelId> warned = ConcurrentHashMap.newKeySet();

	private final Set<ModelId> disbelieved = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a calculator.
	 * @param catalog the prices
	 * @param policy what to do about a model that has none
	 * @param bounds which reported amounts are believed
	 */
	public CostCalculator(PriceCatalog catalog, UnknownModelPolicy policy, ReportedBounds bounds) {
		this.catalog = catalog;
		this.policy = policy;
		this.bounds = bounds;
	}

	/**
	 * Prices one call.
	 * @param model the model that answered
	 * @param at the time of the call
	 * @param usage what it used; never the sum of several calls
	 * @param tier the processing class
	 * @return the price, in state {@link PriceState#UNKNOWN} when the model has none and
	 * none may be assumed
	 * @throws ArithmeticException if the amount is beyond {@link Money}
	 */
	public Price price(ModelId model, Instant at, TokenUsage usage, ServiceTier tier) {
		ModelPrice price = this.catalog.find(model, at);
		return (price != null) ? price.price(usage, tier) : unknown(model, at, usage, tier);
	}

	private Price unknown(ModelId model, Instant at, TokenUsage usage, ServiceTier tier) {
		warn(model);
		ModelPrice assumed = assumed(model, at);
		return (assumed != null) ? assumed.price(usage, tier).asEstimated() : Price.unknown(this.catalog.version());
	}

	private @Nullable ModelPrice assumed(ModelId model, Instant at) {
		return (this.policy == UnknownModelPolicy.ASSUME_DEAREST) ? this.catalog.dearest(model.provider(), at) : null;
	}

	private void warn(ModelId model) {
		if (this.warned.size() < WARNINGS && this.warned.add(model)) {
			logger.warn("Costwise: no price is known for "
					+ model + "; its calls are " + ((this.policy == UnknownModelPolicy.ASSUME_DEAREST)
							? "priced at the dearest rate" : "counted without a price")
					+ ". Give it one under costwise.pricing.models");
		}
	}

	/**
	 * Returns the price that the provider itself reported, which wins over the catalogue.
	 * It does not say what the amount is made of. An amount that is far above that of the
	 * catalogue is estimated, and told once for each model; one above a million US
	 * dollars is no amount of a call, and the catalogue's takes its place.
	 * @param usd US dollars, rounded half to even to a nano-dollar
	 * @param model the model that answered
	 * @param at the time of the call
	 * @param usage what it used
	 * @param tier the processing class
	 * @return the price, wholly in the part {@code other}
	 */
	public Price reported(BigDecimal usd, ModelId model, Instant at, TokenUsage usage, ServiceTier tier) {
		ModelPrice own = this.catalog.find(model, at);
		Price expected = (own != null) ? own.price(usage, tier) : null;
		boolean believed = this.bounds.believe(usd, expected);
		if (!believed) {
			warn(model, usd, expected);
		}
		if (usd.compareTo(ReportedBounds.MOST) > 0) {
			return (expected != null) ? expected.asEstimated() : Price.unknown(this.catalog.version());
		}
		Money amount = Money.ofUsd(usd.setScale(9, RoundingMode.HALF_EVEN));
		Price price = new Price(amount, Money.ZERO, Money.ZERO, Money.ZERO, amount, PriceState.EXACT, "provider",
				"provider");
		return believed ? price : price.asEstimated();
	}

	private void warn(ModelId model, BigDecimal usd, @Nullable Price expected) {
		if (this.disbelieved.size() < WARNINGS && this.disbelieved.add(model)) {
			logger.warn("Costwise: " + usd.toPlainString() + " USD were reported for a call of " + model + ", which "
					+ ((expected != null) ? "costs " + expected.amount() + " by the catalogue" : "has no price")
					+ "; such amounts are estimated. What is believed is set by costwise.pricing.reported");
		}
	}

	/**
	 * Returns whether a call must be refused before it is made, since its model has no
	 * price.
	 * @param model the model asked for
	 * @param at the present time
	 * @return whether the policy is {@link UnknownModelPolicy#BLOCK} and the model is
	 * unknown
	 */
	public boolean blocks(ModelId model, Instant at) {
		return this.policy == UnknownModelPolicy.BLOCK && this.catalog.find(model, at) == null;
	}

	/**
	 * Returns the prices used.
	 * @return the catalogue
	 */
	public PriceCatalog catalog() {
		return this.catalog;
	}

	/**
	 * Returns the policy for models without a price.
	 * @return the policy
	 */
	public UnknownModelPolicy policy() {
		return this.policy;
	}

}
