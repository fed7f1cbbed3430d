package io.github.costwise.cache.learning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.TextPattern;

/**
 * What an answer says, taken apart.
 *
 * @param words its words and quantities in order, lower case, without code
 * @param quantities its numbers, dates and times in the order of their first mention
 * @param literals its code, addresses and quoted strings
 * @param names its names
 */
record AnswerText(List<String> words, Set<String> quantities, Set<String> literals, Set<String> names) {

	private static final TextPattern FENCE = TextPattern.of("```[^\\n`]*+\\n?((?s:.*?))(?:```|\\z)");

	/** Blanks before the end of a line, and empty lines. */
	private static final TextPattern LINE_END = TextPattern.of("(?<![ \\t])[ \\t]++(?=\\n|\\z)|\\n(?=\\n)");

	private static final TextPattern LITERAL = TextPattern
		.of("`([^`\\n]{1,400}+)`|\"([^\"\\n]{1,400}+)\"|“([^“”\\n]{1,400}+)”|«([^«»\\n]{1,400}+)»"
				+ "|((?<!\\w)https?://[^\\s)\\]>\"]++)");

	private static final TextPattern LIST_MARK = TextPattern
		.of("(?m)^[\\s&&[^\\n\\r\\u0085\\u2028\\u2029]]*+(?:\\d{1,2}[.)]|[-*•+]|#{1,6})\\s++");

	private static final TextPattern NAME = TextPattern.of("(?<![.!?:\\n\"“*#]\\s{0,3})(?<!^)(?<![\\p{L}\\p{N}.'’])"
			+ "(\\p{Lu}[\\p{L}\\p{N}]*+)|(?<![\\p{L}\\p{N}])(\\p{L}\\p{Ll}*\\p{Lu}[\\p{L}\\p{N}]*+)");

	private static final TextPattern WORD = TextPattern.of(Quantities.MARK + "[^" + Quantities.MARK + "]*+"
			+ Quantities.MARK
			+ "|[\\p{L}\\p{M}\\p{N}]++(?:[.'’_@/\\\\&-][\\p{L}\\p{M}\\p{N}]++)*+(?:\\+\\+|#)?+|[-+*/^<>=≤≥≠&|~%](?=\\s*+["
			+ Quantities.MARK + "\\p{L}\\p{N}(=])");

	static AnswerText of(String text) {
		Set<String> literals = new HashSet<>();
		String prose = withoutCode(text, literals);
		collect(prose, literals);
		String plain = LIST_MARK.replaceAll(prose, " ").replace("**", "").replace("__", "");
		Quantities quantities = Quantities.of(plain);
		List<String> words = words(quantities.text());
		Set<String> names = names(plain);
		names.retainAll(new HashSet<>(words));
		return new AnswerText(words, new LinkedHashSet<>(quantities.values()), Set.copyOf(literals), names);
	}

	private static String withoutCode(String text, Set<String> literals) {
		return FENCE.replaceAll(text, (fence) -> {
			literals.add(LINE_END.replaceAll(fence.get(1), "").strip());
			return " ";
		});
	}

	private static void collect(String text, Set<String> literals) {
		LITERAL.all(text).forEach((found) -> literals.add(found.firstGroup().strip()));
	}

	private static Set<String> names(String text) {
		Set<String> names = new HashSet<>();
		NAME.all(text).forEach((found) -> names.add(found.firstGroup().toLowerCase(Locale.ROOT)));
		names.remove("i");
		return names;
	}

	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		WORD.all(text).forEach((found) -> addTo(words, found.text().replace('’', '\'')));
		return List.copyOf(words);
	}

	private static void addTo(List<String> words, String word) {
		int apostrophe = word.indexOf('\'');
		@Nullable String ending = (apostrophe > 0) ? WordLists.CONTRACTIONS.get(word.substring(apostrophe)) : null;
		if (word.equals("cannot") || word.equals("can't")) {
			words.addAll(List.of("can", "not"));
		}
		else if (word.length() > 3 && word.endsWith("n't")) {
			words.addAll(List.of(word.equals("won't") ? "will" : word.substring(0, word.length() - 3), "not"));
		}
		else if (ending != null) {
			words.addAll(List.of(word.substring(0, apostrophe), ending));
		}
		else {
			words.add(word);
		}
	}

	/**
	 * Returns the words that say something about the matter.
	 * @return the words and quantities in order, without function words and politeness
	 */
	List<String> content() {
		return this.words.stream().filter(WordLists::isContent).toList();
	}

	/**
	 * Returns the words that say something in a short answer.
	 * @return the words without articles, politeness and an opening such as "the answer
	 * is"; all of them when nothing would be left
	 */
	List<String> essence() {
		List<String> essence = new ArrayList<>();
		for (int i = 0; i < this.words.size(); i++) {
			String word = this.words.get(i);
			boolean article = word.equals("a") && i + 1 < this.words.size();
			boolean lead = essence.isEmpty() && WordLists.LEADS.contains(word) && i + 1 < this.words.size();
			if (!article && !lead && !WordLists.FILLERS.contains(word)) {
				essence.add(word);
			}
		}
		return essence.isEmpty() ? this.words : essence;
	}

	/**
	 * Counts what turns a statement round.
	 * @return how many negations there are
	 */
	int negations() {
		int count = 0;
		for (String word : this.words) {
			count += WordLists.NEGATIONS.contains(word) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Returns whether the answer begins with a yes or a no.
	 * @return {@code true} for a yes, {@code false} for a no, {@code null} for neither
	 */
	@Nullable Boolean polarity() {
		return this.words.isEmpty() ? null : WordLists.POLARITIES.get(this.words.get(0));
	}

}
