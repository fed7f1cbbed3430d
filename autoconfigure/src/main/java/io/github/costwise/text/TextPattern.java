package io.github.costwise.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A regular expression that may be used on any text. The JDK's engine backtracks and
 * recurses, so expressions that let it do so without bound are refused when they are
 * created: a group that is repeated without bound holds no alternatives and is
 * possessive, and words are bounded by {@code (?<!\w)} and {@code (?!\w)}. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class TextPattern {

	private final Pattern pattern;

	private final boolean searchable;

	private TextPattern(String expression, int flags, boolean searchable) {
		ExpressionCheck.check(expression);
		this.pattern = Pattern.compile(expression, flags);
		this.searchable = searchable;
	}

	/**
	 * Creates a pattern.
	 * @param expression a regular expression of the JDK
	 * @return the pattern
	 * @throws IllegalArgumentException if the expression repeats a group without bound
	 * that holds alternatives or gives back what it took, or asks for word boundaries
	 */
	public static TextPattern of(String expression) {
		return new TextPattern(expression, 0, true);
	}

	/**
	 * Creates a pattern that only whole texts are compared with. It is not searched for,
	 * since each place of a text would have to be tried up to the end of the text.
	 * @param expression a regular expression of the JDK
	 * @return the pattern
	 * @throws IllegalArgumentException as in {@link #of}
	 */
	public static TextPattern ofWhole(String expression) {
		return new TextPattern(expression, 0, false);
	}

	/**
	 * Creates a pattern that takes the letters A to Z in upper and lower case alike.
	 * @param expression a regular expression of the JDK
	 * @return the pattern
	 * @throws IllegalArgumentException as in {@link #of}
	 */
	public static TextPattern ofAnyCase(String expression) {
		return new TextPattern(expression, Pattern.CASE_INSENSITIVE, true);
	}

	/**
	 * Creates a pattern whose classes such as {@code \w} know the letters of all scripts.
	 * @param expression a regular expression of the JDK
	 * @return the pattern
	 * @throws IllegalArgumentException as in {@link #of}
	 */
	public static TextPattern ofAllScripts(String expression) {
		return new TextPattern(expression, Pattern.UNICODE_CHARACTER_CLASS, true);
	}

	/**
	 * Returns whether the whole of a text fits.
	 * @param text the text
	 * @return whether it does
	 */
	public boolean matches(CharSequence text) {
		return this.pattern.matcher(text).matches();
	}

	/**
	 * Returns whether a part of a text fits.
	 * @param text the text
	 * @return whether there is one
	 */
	public boolean isIn(CharSequence text) {
		return searcher(text).find();
	}

	/**
	 * Returns whether what stands at a place of a text fits. What stands before the place
	 * is not looked at.
	 * @param text the text
	 * @param from the place, from 0 to the length of the text
	 * @return whether something that begins there does
	 */
	public boolean isAt(CharSequence text, int from) {
		return this.pattern.matcher(text).region(from, text.length()).lookingAt();
	}

	/**
	 * Returns whether some text that begins so fits, or begins with what fits.
	 * @param beginning the beginning of a text
	 * @return whether there may be one
	 */
	public boolean mayBegin(CharSequence beginning) {
		Matcher matcher = this.pattern.matcher(beginning);
		return matcher.lookingAt() || matcher.hitEnd();
	}

	/**
	 * Returns the parts of a text if the whole of it fits.
	 * @param text the text
	 * @return the match, or {@code null} if there is none
	 */
	public @Nullable TextMatch whole(CharSequence text) {
		Matcher matcher = this.pattern.matcher(text);
		return matcher.matches() ? new TextMatch(matcher) : null;
	}

	/**
	 * Returns the first part of a text that fits and begins at a place or behind it.
	 * @param text the text
	 * @param from the place, from 0 to the length of the text
	 * @return the match, or {@code null} if there is none
	 */
	public @Nullable TextMatch next(CharSequence text, int from) {
		Matcher matcher = searcher(text);
		return matcher.find(from) ? new TextMatch(matcher) : null;
	}

	/**
	 * Returns every part of a text that fits.
	 * @param text the text
	 * @return the matches in their order, none of which overlap
	 */
	public List<TextMatch> all(CharSequence text) {
		List<TextMatch> all = new ArrayList<>();
		Matcher matcher = searcher(text);
		while (matcher.find()) {
			all.add(new TextMatch(matcher.toMatchResult()));
		}
		return all;
	}

	/**
	 * Replaces every part of a text that fits.
	 * @param text the text
	 * @param replacement what stands for it, in which {@code $1} is the first group
	 * @return the text with the replacements
	 */
	public String replaceAll(CharSequence text, String replacement) {
		return searcher(text).replaceAll(replacement);
	}

	/**
	 * Replaces every part of a text that fits.
	 * @param text the text
	 * @param replacement makes of a match what stands for it, taken as it is
	 * @return the text with the replacements
	 */
	public String replaceAll(CharSequence text, Function<TextMatch, String> replacement) {
		return searcher(text)
			.replaceAll((MatchResult found) -> Matcher.quoteReplacement(replacement.apply(new TextMatch(found))));
	}

	/**
	 * Replaces the first part of a text that fits.
	 * @param text the text
	 * @param replacement what stands for it, in which {@code $1} is the first group
	 * @return the text with the replacement
	 */
	public String replaceFirst(CharSequence text, String replacement) {
		return searcher(text).replaceFirst(replacement);
	}

	/**
	 * Cuts a text wherever a part of it fits.
	 * @param text the text
	 * @return what stands between those parts, without empty ones at the end
	 */
	public String[] split(CharSequence text) {
		requireSearchable();
		return this.pattern.split(text);
	}

	private Matcher searcher(CharSequence text) {
		requireSearchable();
		return this.pattern.matcher(text);
	}

	private void requireSearchable() {
		if (!this.searchable) {
			throw new IllegalStateException("Only whole texts are compared with " + this);
		}
	}

	/**
	 * Returns whether parts of a text may be looked for.
	 * @return whether the pattern was not made for whole texts alone
	 */
	public boolean isSearchable() {
		return this.searchable;
	}

	/**
	 * Returns the expression.
	 */
	@Override
	public String toString() {
		return this.pattern.pattern();
	}

}
