package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.PriceCatalog;

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

	private final DerivedPrices derived;

	private final Set<ModelId> warned = ConcurrentHashMap.newKeySet();

	private final Set<ModelId> disbelieved = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a calculator.
	 * @param catalog the prices
	 * @param policy what to do about a model that has none
	 * @param bounds which reported amounts are believed
	 */
	public CostCalculator(PriceCatalog catalog, UnknownModelPolicy policy, ReportedBounds bounds) {
		this(catalog, policy, bounds, List.of());
	}

	/**
	 * Creates a calculator with negotiated prices.
	 * @param catalog the prices
	 * @param policy what to do about a model that has none
	 * @param bounds which reported amounts are believed
	 * @param discounts the negotiated prices; the first that fits a call holds
	 */
	public CostCalculator(PriceCatalog catalog, UnknownModelPolicy policy, ReportedBounds bounds,
			List<Discount> discounts) {
		this.catalog = catalog;
		this.policy = policy;
		this.bounds = bounds;
		this.derived = new DerivedPrices(discounts);
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
		return price(new PriceRequest(model, at, tier), usage);
	}

	/**
	 * Prices one call.
	 * @param request what decides its rates
	 * @param usage what it used; never the sum of several calls
	 * @return the price, in state {@link PriceState#UNKNOWN} when the model has none and
	 * none may be assumed
	 * @throws ArithmeticException if the amount is beyond {@link Money}
	 */
	public Price price(PriceRequest request, TokenUsage usage) {
		return price(request, usage, Set.of());
	}

	/**
	 * Prices one call whose usage is not wholly known.
	 * @param request what decides its rates
	 * @param usage what it used; never the sum of several calls
	 * @param doubts what is not known of the usage; {@link PriceReason#DETAILS_DROPPED}
	 * does not count where the details would not change the price
	 * @return the price, not exact where there are doubts
	 * @throws ArithmeticException if the amount is beyond {@link Money}
	 */
	public Price price(PriceRequest request, TokenUsage usage, Set<PriceReason> doubts) {
		ModelPrice list = list(request);
		Discount discount = this.derived.discount(request, list);
		Price billed = (discount != null) ? negotiated(discount, request, list, usage) : listed(request, list, usage);
		Price doubted = billed.because(doubts.isEmpty() ? doubts : serious(doubts, list, discount));
		return request.regional() ? doubted.because(PriceReason.REGION_ASSUMED) : doubted;
	}

	private static Set<PriceReason> serious(Set<PriceReason> doubts, @Nullable ModelPrice list,
			@Nullable Discount discount) {
		PriceRow own = (discount != null) ? discount.rates() : null;
		PriceRow row = (list != null) ? ListedPrice.rowOf(list) : own;
		boolean byDetails = row == null || row.isPricedByDetails() || own != null && own.isPricedByDetails();
		if (byDetails || !doubts.contains(PriceReason.DETAILS_DROPPED)) {
			return doubts;
		}
		Set<PriceReason> serious = EnumSet.copyOf(doubts);
		serious.remove(PriceReason.DETAILS_DROPPED);
		return serious;
	}

	private @Nullable ModelPrice list(PriceRequest request) {
		ModelPrice list = this.catalog.find(request.model(), request.at());
		return (list != null && request.regional()) ? this.derived.regional(request.model(), list) : list;
	}

	private Price listed(PriceRequest request, @Nullable ModelPrice list, TokenUsage usage) {
		return (list != null) ? list.price(usage, request.tier()) : unknown(request, usage);
	}

	private Price negotiated(Discount discount, PriceRequest request, @Nullable ModelPrice list, TokenUsage usage) {
		ModelPrice own = this.derived.negotiated(discount, list, this.catalog.version());
		if (own == null) {
			Price assumed = unknown(request, usage);
			return assumed.times(Objects.requireNonNull(discount.factor())).withList(assumed.amount());
		}
		Price billed = own.price(usage, request.tier());
		if (list != null && !DerivedPrices.states(discount, ListedPrice.rowOf(list), usage)) {
			billed = billed.because(PriceReason.RATES_INCOMPLETE);
		}
		return (list != null) ? billed.withList(list.price(usage, request.tier()).amount()) : billed;
	}

	private Price unknown(PriceRequest request, TokenUsage usage) {
		ModelId model = request.model();
		warn(model);
		ModelPrice assumed = (this.policy == UnknownModelPolicy.ASSUME_MOST_EXPENSIVE)
				? this.catalog.mostExpensive(model.provider(), request.at()) : null;
		return (assumed != null) ? assumed.price(usage, request.tier()).because(PriceReason.MODEL_UNKNOWN)
				: Price.unknown(this.catalog.version(), PriceReason.MODEL_UNKNOWN);
	}

	private void warn(ModelId model) {
		if (this.warned.size() < WARNINGS && this.warned.add(model)) {
			logger.warn("Costwise: no price is known for "
					+ model + "; its calls are " + ((this.policy == UnknownModelPolicy.ASSUME_MOST_EXPENSIVE)
							? "priced at the most expensive rate" : "counted without a price")
					+ ". Give it one under costwise.pricing.models");
		}
	}

	/**
	 * Returns the price that the provider itself reported, which wins over the catalogue.
	 * It does not say what the amount is made of. An amount that is far above that of the
	 * catalogue is estimated, and told once for each model; one above a million US
	 * dollars is no amount of a call, and the catalogue's takes its place.
	 * @param usd US dollars, rounded half to even to a nano-dollar
	 * @param request what decides the rates of the catalogue
	 * @param usage what the call used
	 * @return the price, wholly in the part {@code other}; no discount applies to it
	 */
	public Price reported(BigDecimal usd, PriceRequest request, TokenUsage usage) {
		ModelPrice list = list(request);
		Price expected = (list != null) ? list.price(usage, request.tier()) : null;
		if (usd.signum() < 0) {
			return ((expected != null) ? expected : Price.unknown(this.catalog.version(), PriceReason.MODEL_UNKNOWN))
				.because(PriceReason.AMOUNT_INCOMPLETE);
		}
		boolean believed = this.bounds.believe(usd, expected);
		if (!believed) {
			warn(request.model(), usd, expected);
		}
		Set<PriceReason> doubts = believed ? Set.of() : Set.of(PriceReason.AMOUNT_DOUBTED);
		if (usd.compareTo(ReportedBounds.MOST) > 0) {
			return ((expected != null) ? expected : Price.unknown(this.catalog.version(), PriceReason.MODEL_UNKNOWN))
				.because(doubts);
		}
		Money amount = Money.ofUsd(usd.setScale(9, RoundingMode.HALF_EVEN));
		return new Price(amount, amount, Money.ZERO, Money.ZERO, Money.ZERO, amount, PriceState.EXACT, Set.of(),
				"provider", "provider")
			.because(doubts);
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
	 * @return whether the policy is {@link UnknownModelPolicy#BLOCK} and neither the
	 * catalogue nor a negotiated price knows the model
	 */
	public boolean blocks(ModelId model, Instant at) {
		return this.policy == UnknownModelPolicy.BLOCK && this.catalog.find(model, at) == null
				&& !isNegotiated(model, at);
	}

	private boolean isNegotiated(ModelId model, Instant at) {
		Discount discount = this.derived.discount(new PriceRequest(model, at, ServiceTier.STANDARD), null);
		return discount != null && discount.rates() != null;
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
