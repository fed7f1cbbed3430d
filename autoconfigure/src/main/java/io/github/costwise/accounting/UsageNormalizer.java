package io.github.costwise.accounting;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * Turns the usage that one provider's client reports for one call into disjoint buckets.
 * Implementations are stateless and thread-safe.
 *
 * @since 0.1.0
 */
public interface UsageNormalizer {

	/**
	 * Returns whether this normaliser knows the form of the given usage. Costly checks
	 * are not needed: the native usage type or the provider tells.
	 * @param usage the usage of one call, never a sum
	 * @param context what else is known of the call
	 * @return whether {@link #normalize} may be called
	 */
	boolean supports(Usage usage, UsageContext context);

	/**
	 * Normalises the usage.
	 * @param usage the usage of one call, never a sum
	 * @param context what else is known of the call
	 * @return the usage in disjoint buckets
	 */
	NormalizedUsage normalize(Usage usage, UsageContext context);

	/**
	 * What is known of a call besides its usage.
	 *
	 * @param provider who sends the bill
	 * @param model the model that answered
	 * @param streamed whether the usage came at the end of a stream
	 * @param oneHourCacheWrites whether the request asked for cache writes of one hour,
	 * for clients that do not report the lifetime
	 */
	record UsageContext(String provider, String model, boolean streamed, boolean oneHourCacheWrites) {

	}

	/**
	 * A usage in disjoint buckets.
	 *
	 * @param usage the buckets
	 * @param source whether all of it was reported
	 * @param serviceTier the processing class billed, or {@code null} when the usage does
	 * not say
	 * @param assumption what had to be assumed, or {@code null} for nothing
	 * @param providerCost the amount that the provider itself reports in US dollars, or
	 * {@code null}
	 */
	record NormalizedUsage(io.github.costwise.pricing.TokenUsage usage, CallRecord.UsageSource source,
			io.github.costwise.pricing.@Nullable ServiceTier serviceTier, @Nullable String assumption,
			java.math.@Nullable BigDecimal providerCost) {

	}

}
