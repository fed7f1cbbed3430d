package io.github.costwise.encoding;

/**
 * What a text is written in, as far as that is known: evidence about texts of one group
 * says nothing about those of another. A group is a script, and within Latin English or
 * anything else. Immutable.
 *
 * @param kind how it may be compared
 * @param group names the group
 * @since 0.1.0
 */
public record TextLanguage(LanguageKind kind, String group) {

	/** The group of English texts. */
	public static final String ENGLISH = "en";

	static final TextLanguage UNSURE = new TextLanguage(LanguageKind.UNSURE, "unsure");

	private static final TextLanguage EN = new TextLanguage(LanguageKind.ENGLISH, ENGLISH);

	private static final TextLanguage LATIN = new TextLanguage(LanguageKind.LATIN, "latin");

	/**
	 * Judges a text by its scripts and, in Latin, by the letters and words that tell
	 * English from other languages. In doubt it says so. Takes time in proportion to the
	 * text.
	 * @param text the text
	 * @return what it is written in
	 */
	public static TextLanguage of(String text) {
		Scripts scripts = Scripts.of(text);
		if (scripts.isLatin()) {
			return switch (EnglishScore.of(text).verdict()) {
				case ENGLISH -> EN;
				case OTHER -> LATIN;
				case UNSURE -> UNSURE;
			};
		}
		String name = scripts.name();
		return (name != null) ? new TextLanguage(LanguageKind.SCRIPT, name) : UNSURE;
	}

	/**
	 * How a text may be compared.
	 *
	 * @since 0.1.0
	 */
	public enum LanguageKind {

		/** It is English. */
		ENGLISH,

		/** It is in Latin letters and not English. */
		LATIN,

		/** It is in another script, perhaps with Latin words in it. */
		SCRIPT,

		/** It is too short, mixed, or made of letters that no language uses. */
		UNSURE

	}

}
