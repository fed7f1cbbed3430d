package io.github.costwise.spi;

import java.math.BigDecimal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

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
	 * @param provider billing provider
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
	 * @param regional whether the answer says that it was made in a region of its own
	 * @param reasons what of it, or of its price, is not known; at least one when it was
	 * not wholly reported
	 * @param providerCost the amount that the provider itself reports in US dollars, or
	 * {@code null}
	 */
	record NormalizedUsage(TokenUsage usage, UsageSource source, @Nullable ServiceTier serviceTier, boolean regional,
			Set<PriceReason> reasons, @Nullable BigDecimal providerCost) {

		public NormalizedUsage {
			boolean counted = source == UsageSource.ESTIMATED;
			if (reasons.isEmpty() && (counted || source == UsageSource.PARTLY_ESTIMATED)) {
				reasons = Set.of(counted ? PriceReason.USAGE_COUNTED : PriceReason.USAGE_PARTIAL);
			}
			reasons = Set.copyOf(reasons);
		}

		/**
		 * Creates a usage of which nothing else is known.
		 * @param usage the buckets
		 * @param source whether all of it was reported
		 */
		public NormalizedUsage(TokenUsage usage, UsageSource source) {
			this(usage, source, null, false, Set.of(), null);
		}

	}

}
