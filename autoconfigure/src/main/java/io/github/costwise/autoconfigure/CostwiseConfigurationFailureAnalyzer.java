package io.github.costwise.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Shows a {@link CostwiseConfigurationException} as a problem and what to change.
 */
class CostwiseConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<CostwiseConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CostwiseConfigurationException cause) {
		return new FailureAnalysis(cause.problem(), cause.action(), cause);
	}

}
