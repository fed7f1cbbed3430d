package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Where and how to read a LiteLLM price list.
 *
 * @param location an {@code http(s)} address, or a file by path or {@code file:} address
 * @param refreshInterval how often to read it again; zero for once at start
 * @param connectTimeout how long connecting may take
 * @param readTimeout how long the whole request may take
 * @param maxBytes how long the list may be
 * @param maxChange by what factor a price may change between two refreshes
 * @since 0.1.0
 */
public record LiteLlmSource(String location, Duration refreshInterval, Duration connectTimeout, Duration readTimeout,
		int maxBytes, BigDecimal maxChange) {

}
