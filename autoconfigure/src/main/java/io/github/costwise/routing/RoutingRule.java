package io.github.costwise.routing;

import java.util.Map;
import java.util.Set;

import io.github.costwise.model.RoutingRequest;

/**
 * A rule of the user: requests that it fits go to a tier or a target, whatever their
 * score. Immutable and thread-safe.
 *
 * @param name what decisions call it
 * @param attributes attributes and their values that a request must have, or empty
 * @param words words of which the text must contain one, compared without regard to case,
 * or empty
 * @param destination name of a tier or target of the table
 * @since 0.1.0
 */
public record RoutingRule(String name, Map<String, String> attributes, Set<String> words, String destination) {

	/**
	 * Creates a rule.
	 * @throws IllegalArgumentException if it would fit every request
	 */
	public RoutingRule {
		if (attributes.isEmpty() && words.isEmpty()) {
			throw new IllegalArgumentException("Rule " + name + " needs attributes or words");
		}
		attributes = Map.copyOf(attributes);
		words = Set.copyOf(words);
	}

	boolean fits(RoutingRequest request) {
		return request.context().attributes().entrySet().containsAll(this.attributes.entrySet())
				&& (this.words.isEmpty() || this.words.stream().anyMatch((word) -> contains(request.text(), word)));
	}

	/** Only whole words count. */
	private static boolean contains(String text, String word) {
		for (int at = 0; at <= text.length() - word.length(); at++) {
			if (text.regionMatches(true, at, word, 0, word.length()) && boundary(text, at - 1)
					&& boundary(text, at + word.length())) {
				return true;
			}
		}
		return false;
	}

	private static boolean boundary(String text, int at) {
		return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
	}

}
