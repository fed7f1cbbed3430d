package io.github.costwise.pricing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.text.Parts;

/**
 * What a catalogue says of its own rows that look wrong and are not, each with the
 * reason. An exception that nothing needs is a finding itself, so that none outlives its
 * row. Not thread-safe.
 */
final class CatalogExceptions {

	/** The row that begins at the date states less than the one before. */
	static final String ENDED = "ended";

	/** The name has another price than the one it is a snapshot of. */
	static final String OWN = "own";

	/** A batch costs other than half. */
	static final String BATCH = "batch";

	/** Output costs less than input. */
	static final String OUTPUT = "output";

	private static final Set<String> WORDS = Set.of(ENDED, OWN, BATCH, OUTPUT);

	private final Map<String, String> reasons = new LinkedHashMap<>();

	private final Set<String> used = new LinkedHashSet<>();

	static boolean isWord(String word) {
		return WORDS.contains(word);
	}

	/**
	 * Takes an exception.
	 * @param word the kind
	 * @param text provider, model, a date where the kind has one, and the reason
	 * @return whether all of them are there
	 */
	boolean add(String word, String text) {
		int keys = word.equals(ENDED) ? 3 : 2;
		String[] parts = Parts.of(text.trim(), " ", keys + 1);
		if (parts.length <= keys || parts[keys].isBlank()) {
			return false;
		}
		this.reasons.put(key(word, List.of(parts).subList(0, keys)), parts[keys]);
		return true;
	}

	/**
	 * Returns whether something is an exception, and notes that it was needed.
	 * @param word the kind
	 * @param keys provider, model and, where the kind has one, the date
	 * @return whether it is
	 */
	boolean covers(String word, String... keys) {
		String key = key(word, List.of(keys));
		return this.reasons.containsKey(key) && (this.used.add(key) || true);
	}

	/** What was never needed. */
	Set<String> unused() {
		Set<String> rest = new LinkedHashSet<>(this.reasons.keySet());
		rest.removeAll(this.used);
		return rest;
	}

	private static String key(String word, List<String> keys) {
		return "#" + word + " " + String.join(" ", keys);
	}

}
