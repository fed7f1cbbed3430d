package io.github.costwise.benchmarks.eval.catalog;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.spi.CatalogFormatException;
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

	/**
	 * Reads the exceptions of a catalogue.
	 * @param name the name of the file, for messages
	 * @param text the catalogue
	 * @return its exceptions
	 * @throws CatalogFormatException if one of them is not whole
	 */
	static CatalogExceptions read(String name, String text) {
		CatalogExceptions exceptions = new CatalogExceptions();
		int number = 0;
		for (String line : Parts.of(text, "\n")) {
			number++;
			int blank = line.indexOf(' ');
			String word = (blank > 1) ? line.substring(1, blank) : "";
			if (line.startsWith("#") && WORDS.contains(word) && !exceptions.add(word, line.substring(blank))) {
				throw new CatalogFormatException(name, number, "#" + word + " must state a provider, a model"
						+ (word.equals(ENDED) ? ", a date" : "") + " and a reason", null);
			}
		}
		return exceptions;
	}

	private boolean add(String word, String text) {
		int keys = word.equals(ENDED) ? 3 : 2;
		String[] parts = Parts.of(text.trim(), " ", keys + 1);
		boolean whole = parts.length > keys && !parts[keys].isBlank();
		if (whole) {
			this.reasons.put(key(word, List.of(parts).subList(0, keys)), parts[keys]);
		}
		return whole;
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
