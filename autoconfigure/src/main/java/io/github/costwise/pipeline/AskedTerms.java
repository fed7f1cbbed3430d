package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ServiceTier;

/**
 * What the options of a request say of its bill, where the client does not report what
 * was billed.
 *
 * @param tier the processing class, or {@code null} when none is asked for
 * @param regional whether they name a region
 * @param searching whether the provider is to search the web and answers do not tell how
 * often it did
 * @param oneHourCache whether prompts are to be kept in the provider's cache for one hour
 * @since 0.1.0
 */
public record AskedTerms(@Nullable ServiceTier tier, boolean regional, boolean searching, boolean oneHourCache) {

	/** Nothing that changes the bill. */
	public static final AskedTerms NONE = new AskedTerms(null, false, false, false);

}
