package io.github.costwise.autoconfigure;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;

/** What a failed start tells its user. */
public final class FailureAnalyses {

	private FailureAnalyses() {
	}

	/**
	 * Analyses a failure.
	 * @param failure what ended the start
	 * @return what is wrong and what to do
	 */
	public static FailureAnalysis of(@Nullable Throwable failure) {
		return Objects.requireNonNull(new CostwiseConfigurationFailureAnalyzer().analyze(failure),
				"This failure has no analysis");
	}

}
