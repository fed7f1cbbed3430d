package io.github.costwise.accounting.usage;

import java.util.Set;

/** Whose word counts for the amount of a call. */
final class ReportedCosts {

	/** Neither OpenAI nor a server that nobody knows sells calls for nothing. */
	private static final Set<String> NEVER_ZERO = Set.of("openai", "azure", Providers.UNKNOWN);

	private ReportedCosts() {
	}

	static boolean mayBeZero(String provider) {
		return !NEVER_ZERO.contains(provider);
	}

}
