package io.github.costwise.cache.verify;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.github.costwise.CostwiseConfigurationException;

/**
 * How careful a cache is. Immutable.
 *
 * @param name the name: {@code default}, {@code strict}, {@code intent} or
 * {@code static:T}
 * @param threshold the least cosine, for {@code static} only, otherwise 0
 * @since 0.1.0
 */
public record VerifierProfile(String name, double threshold) {

	/** Guards object until traffic has shown that they are wrong. */
	public static final VerifierProfile DEFAULT = new VerifierProfile("default", 0);

	/** Guards always object, and only very sure answers are served. */
	public static final VerifierProfile STRICT = new VerifierProfile("strict", 0);

	/** For questions whose answers do not depend on numbers, names or wording. */
	public static final VerifierProfile INTENT = new VerifierProfile("intent", 0);

	private static final String STATIC = "static";

	/**
	 * Reads a profile.
	 * @param text {@code default}, {@code strict}, {@code intent}, or {@code static:} and
	 * a cosine above 0 and up to 1
	 * @return the profile
	 * @throws CostwiseConfigurationException if it is none of these
	 */
	public static VerifierProfile of(String text) {
		String name = text.strip().toLowerCase(Locale.ROOT);
		return switch (name) {
			case "default" -> DEFAULT;
			case "strict" -> STRICT;
			case "intent" -> INTENT;
			default -> fixed(name);
		};
	}

	/**
	 * Returns the profile that serves whatever is similar enough.
	 * @param threshold the least cosine, above 0 and up to 1
	 * @return the profile
	 * @throws CostwiseConfigurationException if it is out of range
	 */
	public static VerifierProfile fixed(double threshold) {
		if (!(threshold > 0 && threshold <= 1)) {
			throw unknown(STATIC + ":" + threshold);
		}
		return new VerifierProfile(STATIC + ":" + threshold, threshold);
	}

	private static VerifierProfile fixed(String name) {
		if (name.startsWith(STATIC + ":")) {
			try {
				return fixed(Double.parseDouble(name.substring(STATIC.length() + 1)));
			}
			catch (NumberFormatException ex) {
				throw unknown(name);
			}
		}
		throw unknown(name);
	}

	private static CostwiseConfigurationException unknown(String name) {
		return new CostwiseConfigurationException(
				"The cache's 'semantic.profile' is '" + name + "', which does not exist.",
				"Use default, strict, intent, or static: with a cosine above 0 and up to 1, such as static:0.95.");
	}

	boolean isFixed() {
		return this.threshold > 0;
	}

	boolean isStrict() {
		return equals(STRICT);
	}

	/** The guards that object at first. */
	Set<Guard> guards() {
		return equals(INTENT) ? EnumSet.of(Guard.NEGATION, Guard.ANTONYM, Guard.LITERAL, Guard.LENGTH)
				: EnumSet.allOf(Guard.class);
	}

}
