package io.github.costwise.sample.demo;

import java.util.Locale;

/** What the simulated provider can do wrong on request. */
enum Fault {

	/** Nothing. */
	NONE(200, ""),

	/** Answers that too many requests came. The provider's client tries again. */
	RATE_LIMIT(429, "rate_limit_error"),

	/** Answers that it is broken. The provider's client tries again. */
	SERVER_ERROR(500, "api_error"),

	/** Waits three seconds before it answers. */
	SLOW(200, ""),

	/** Closes the connection in the middle of the answer. */
	CUT(200, "");

	private final int status;

	private final String errorType;

	Fault(int status, String errorType) {
		this.status = status;
		this.errorType = errorType;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	int status() {
		return this.status;
	}

	String errorType() {
		return this.errorType;
	}

}
