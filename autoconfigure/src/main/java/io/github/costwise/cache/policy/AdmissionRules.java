package io.github.costwise.cache.policy;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Which turns may use the response cache. Immutable.
 *
 * @param maxTemperature above this temperature nothing is looked up or stored, or
 * {@code null} for any; a request without one passes
 * @param maxQuestionLength most characters of a question that is compared with similar
 * ones, from 1; longer ones are found by their exact text only
 * @param maxAnswerLength most characters of a stored answer, from 1
 * @param tools names of tools that may be offered, and may have run, without keeping a
 * turn from the cache; {@code *} for all
 * @param advisors names or class names of advisors that a hit may skip
 * @param liveWording whether questions about the present moment are kept out
 * @param personalWording whether questions about the asker's own data are kept out
 * @param acceptUnmarkedEnds whether answers are stored whose end the server did not mark
 * @since 0.1.0
 */
public record AdmissionRules(@Nullable Double maxTemperature, int maxQuestionLength, int maxAnswerLength,
		Set<String> tools, Set<String> advisors, boolean liveWording, boolean personalWording,
		boolean acceptUnmarkedEnds) {

	/** Stands for the provider's own search among the names of tools. */
	public static final String WEB_SEARCH = "web_search";

	private static final String ANY = "*";

	/**
	 * Creates rules that keep answers out whose end is not marked.
	 * @param maxTemperature above this temperature nothing is looked up or stored
	 * @param maxQuestionLength most characters of a question that is compared
	 * @param maxAnswerLength most characters of a stored answer
	 * @param tools names of tools that may be offered and may have run
	 * @param advisors names or class names of advisors that a hit may skip
	 * @param liveWording whether questions about the present moment are kept out
	 * @param personalWording whether questions about the asker's own data are kept out
	 */
	public AdmissionRules(@Nullable Double maxTemperature, int maxQuestionLength, int maxAnswerLength,
			Set<String> tools, Set<String> advisors, boolean liveWording, boolean personalWording) {
		this(maxTemperature, maxQuestionLength, maxAnswerLength, tools, advisors, liveWording, personalWording, false);
	}

	/**
	 * Copies the sets and checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public AdmissionRules {
		tools = Set.copyOf(tools);
		advisors = Set.copyOf(advisors);
		if (maxTemperature != null && !(maxTemperature >= 0)) {
			throw new CostwiseConfigurationException("The cache's 'max-temperature' is " + maxTemperature + ".",
					"Set it to 0 or more, or remove it to cache at any temperature.");
		}
		require("max-question-length", maxQuestionLength);
		require("max-answer-length", maxAnswerLength);
	}

	/**
	 * Returns the defaults: temperatures up to 1, questions up to 1,000 and answers up to
	 * 50,000 characters, no tools, no advisors, no live or personal wording.
	 * @return the defaults
	 */
	public static AdmissionRules defaults() {
		return new AdmissionRules(1.0, 1_000, 50_000, Set.of(), Set.of(), true, true);
	}

	/**
	 * Returns whether a tool keeps no turn from the cache.
	 * @param name the tool
	 * @return whether it is on the list
	 */
	public boolean allowsTool(String name) {
		return this.tools.contains(name) || this.tools.contains(ANY);
	}

	private static void require(String name, int value) {
		if (value < 1) {
			throw new CostwiseConfigurationException("The cache's '" + name + "' is " + value + ".",
					"Set it to 1 or more.");
		}
	}

}
