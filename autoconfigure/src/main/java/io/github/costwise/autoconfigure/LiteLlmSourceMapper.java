package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.PricingProperties.LiteLlm;
import io.github.costwise.pricing.LiteLlmSource;
import io.github.costwise.text.TextPattern;

/**
 * Makes the source of a price list of properties, or says what is wrong with them.
 */
final class LiteLlmSourceMapper {

	private static final TextPattern SCHEME = TextPattern.of("\\A[a-z]++:");

	private static final String PREFIX = "costwise.pricing.litellm.";

	private LiteLlmSourceMapper() {
	}

	static LiteLlmSource source(LiteLlm litellm) {
		check(!litellm.refreshInterval().isNegative(), "refresh-interval", "a duration of zero or more");
		check(isPositive(litellm.connectTimeout()), "connect-timeout", "a positive duration");
		check(isPositive(litellm.readTimeout()), "read-timeout", "a positive duration");
		long size = litellm.maxSize().toBytes();
		check(size > 0 && size < Integer.MAX_VALUE, "max-size", "a size between one byte and 2 GB");
		check(litellm.maxChange().compareTo(BigDecimal.ONE) > 0, "max-change", "a factor above one");
		return new LiteLlmSource(location(litellm.location()), litellm.refreshInterval(), litellm.connectTimeout(),
				litellm.readTimeout(), (int) size, litellm.maxChange());
	}

	private static String location(@Nullable String location) {
		String trimmed = (location != null) ? location.trim() : "";
		check(StringUtils.hasText(trimmed) && isReadable(trimmed), "location",
				"an http, https or file address or a path");
		return trimmed;
	}

	private static boolean isReadable(String location) {
		try {
			if (location.startsWith("http:") || location.startsWith("https:")) {
				return URI.create(location).getHost() != null;
			}
			Path path = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
			return !SCHEME.isIn(path.toString());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

	private static void check(boolean condition, String property, String expected) {
		if (!condition) {
			throw new CostwiseConfigurationException("The value of " + PREFIX + property + " cannot be used.",
					"Set " + PREFIX + property + " to " + expected + ".");
		}
	}

}
