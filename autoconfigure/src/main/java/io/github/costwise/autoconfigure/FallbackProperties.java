package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Properties of fallback from one target to another.
 *
 * @param providerRetries Number of times that the client of a provider repeats a failed
 * request before another target is asked. Applies to chat models that Spring AI
 * configures, except where their own property is set. Without it, clients keep their own
 * number: 3 for OpenAI, 2 for Anthropic, 10 for others.
 * @since 0.1.0
 */
@ConfigurationProperties(FallbackProperties.PREFIX)
public record FallbackProperties(@Nullable Integer providerRetries) {

	static final String PREFIX = "costwise.fallback";

	/**
	 * Returns how often clients may repeat a failed request.
	 * @return the number of times, 0 or more, or {@code null} when nothing is said
	 * @throws CostwiseConfigurationException if the number is negative
	 */
	public @Nullable Integer allowedRetries() {
		if (this.providerRetries != null && this.providerRetries < 0) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.fallback.provider-retries' is " + this.providerRetries + ".",
					"Set it to the number of times that clients may repeat a failed request, or to 0 so that they "
							+ "leave that to the fallback.");
		}
		return this.providerRetries;
	}

}
