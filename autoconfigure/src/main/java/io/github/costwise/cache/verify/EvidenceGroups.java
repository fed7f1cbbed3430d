package io.github.costwise.cache.verify;

import org.jspecify.annotations.Nullable;

import io.github.costwise.encoding.TextLanguage;
import io.github.costwise.spi.TextEncoder;

/**
 * Which texts may be compared with similar ones, and whose labels count for them: labels
 * of one language say nothing about another. Thread-safe if the encoder is.
 *
 * @since 0.1.0
 */
public final class EvidenceGroups {

	/** A vector of text that is read letter by letter says little. */
	private static final double LEAST_KNOWN = .7;

	private final TextEncoder encoder;

	/**
	 * Creates an instance.
	 * @param encoder the encoder that compares
	 */
	public EvidenceGroups(TextEncoder encoder) {
		this.encoder = encoder;
	}

	/**
	 * Returns the group that a text belongs to.
	 * @param text the text
	 * @return the group, or {@code null} when the text is only compared by its exact
	 * form: the encoder does not read enough of it, or was made for English and the text
	 * may be in any language, or in another script
	 * @throws io.github.costwise.spi.TextEncodingException if the encoder is not
	 * available
	 */
	public @Nullable String of(String text) {
		TextLanguage language = TextLanguage.of(text);
		boolean latin = language.kind() == TextLanguage.LanguageKind.ENGLISH
				|| language.kind() == TextLanguage.LanguageKind.LATIN;
		return ((latin || this.encoder.isMultilingual()) && this.encoder.known(text) >= LEAST_KNOWN) ? language.group()
				: null;
	}

	/**
	 * Returns whether a text belongs to a group. Quicker than asking for its group, as it
	 * does not ask the encoder: what is stored to be compared was read by it.
	 * @param text the text
	 * @param group the group
	 * @return whether it does
	 */
	public static boolean contains(String group, String text) {
		return TextLanguage.of(text).group().equals(group);
	}

}
