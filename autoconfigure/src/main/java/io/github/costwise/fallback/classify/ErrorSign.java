package io.github.costwise.fallback.classify;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.costwise.fallback.classify.ErrorWords.ErrorWord;
import io.github.costwise.fallback.classify.ErrorWords.WordKind;

/** What a sentence of an error speaks of. */
enum ErrorSign {

	/** The context window, or the longest sequence of a model. */
	CONTEXT,

	/** A prompt, or what it consists of. */
	INPUT,

	/** The request as a whole. */
	REQUEST,

	/** Tokens. */
	TOKENS,

	/** A length in something else. */
	LENGTH,

	/** That something is too much, or should be less. */
	EXCESS,

	/** That there is a limit. */
	BOUND,

	/** A number. */
	NUMBER,

	/** Two numbers that differ. */
	TWO_NUMBERS;

	private static final Set<String> SIZES = Set.of("length", "len", "window", "size", "limit", "capacity", "budget");

	private static final Set<String> CONTENTS = Set.of("content", "text", "prompt", "input", "inputs", "messages",
			"instructions", "system");

	private static final Set<String> BOUNDS = Set.of("maximum", "max", "limit", "limits", "limited", "allowed",
			"supports", "supported", "only", "just", "range", "most", "up", "fewer", "less", "under", "within");

	private static final Set<String> MORE = Set.of("longer", "larger", "greater", "more", "bigger", "higher");

	private static final Set<String> REDUCE = Set.of("reduce", "shorten", "shorter", "decrease", "truncate", "trim");

	private static final Set<String> REDUCED = Set.of("prompt", "input", "inputs", "messages", "message", "context",
			"conversation");

	/** Returns the signs of a sentence. */
	static Set<ErrorSign> in(List<ErrorWord> sentence) {
		Set<ErrorSign> signs = EnumSet.noneOf(ErrorSign.class);
		String before = null;
		for (int i = 0; i < sentence.size(); i++) {
			ErrorWord word = sentence.get(i);
			if (word.kind() == WordKind.NUMBER && !isValue(sentence, i)) {
				signs.add(NUMBER);
				addIf(signs, TWO_NUMBERS, before != null && !before.equals(word.text()));
				before = word.text();
			}
			add(signs, sentence, i, word);
		}
		if (!signs.contains(INPUT) && !signs.contains(CONTEXT)) {
			signs.remove(LENGTH);
		}
		return signs;
	}

	/** The value of a field is a status or a code, more often than not. */
	private static boolean isValue(List<ErrorWord> sentence, int i) {
		return i > 0 && sentence.get(i - 1).kind() == WordKind.KEY;
	}

	private static void add(Set<ErrorSign> signs, List<ErrorWord> sentence, int i, ErrorWord word) {
		switch (word.kind()) {
			case NAME -> addName(signs, word.parts());
			case PATH -> addIf(signs, INPUT, CONTENTS.contains(word.text()));
			case SIGN -> addIf(signs, BOUND,
					word.is("<") && i + 1 < sentence.size() && sentence.get(i + 1).kind() == WordKind.NUMBER);
			case WORD -> addWord(signs, sentence, i, word);
			default -> {
			}
		}
	}

	/** A name such as {@code max_model_len} or {@code input_tokens}. */
	private static void addName(Set<ErrorSign> signs, List<String> parts) {
		boolean size = parts.stream().anyMatch(SIZES::contains);
		boolean tokens = parts.contains("tokens") || parts.contains("token");
		addIf(signs, CONTEXT, parts.contains("ctx")
				|| (size && (parts.contains("context") || parts.contains("model") || parts.contains("seq"))));
		addIf(signs, INPUT, (tokens || size) && parts.stream().anyMatch(ContextOverflow::isInput));
		addIf(signs, LENGTH, size);
		addIf(signs, BOUND, size && (parts.contains("max") || parts.contains("maximum")));
	}

	private static void addWord(Set<ErrorSign> signs, List<ErrorWord> sentence, int i, ErrorWord word) {
		addIf(signs, INPUT, ContextOverflow.isInput(word.text()));
		addIf(signs, REQUEST, word.startsWith("request"));
		addIf(signs, TOKENS, word.is("token", "tokens"));
		addIf(signs, LENGTH, word.is("length", "characters", "words"));
		addIf(signs, BOUND, BOUNDS.contains(word.text()));
		addIf(signs, CONTEXT, isContext(sentence, i, word));
		addIf(signs, EXCESS, isExcess(sentence, i, word));
		if (word.text().charAt(0) >= '\u2e80') {
			addChinese(signs, word.text());
		}
	}

	private static boolean isContext(List<ErrorWord> sentence, int i, ErrorWord word) {
		if (word.is("context", "ctx")) {
			return ahead(sentence, i, 2, SIZES)
					|| ahead(sentence, i, 1, Set.of("overflow", "overflows", "exceeded", "tokens"))
					|| behind(sentence, i, 4, "exceed", "overflow", "enough", "insufficient");
		}
		return word.is("model", "sequence", "seq") && ahead(sentence, i, 1, Set.of("length", "len"));
	}

	private static boolean isExcess(List<ErrorWord> sentence, int i, ErrorWord word) {
		if (word.is("too")) {
			return ahead(sentence, i, 1, Set.of("long", "large", "big", "lengthy"))
					|| (ahead(sentence, i, 1, Set.of("many", "much")) && ahead(sentence, i, 4, Set.of("tokens")));
		}
		if (REDUCE.contains(word.text())) {
			return ahead(sentence, i, 5, REDUCED);
		}
		if (word.is("above", "beyond", "over")) {
			return ahead(sentence, i, 2, Set.of("limit", "maximum", "max"));
		}
		if (word.is("fit")) {
			return behind(sentence, i, 3, "not", "t", "long", "large", "cannot");
		}
		if (word.is("enough", "sufficient")) {
			return behind(sentence, i, 2, "not", "t");
		}
		boolean more = MORE.contains(word.text()) && ahead(sentence, i, 1, Set.of("than"))
				&& !behind(sentence, i, 1, "be");
		return more || word.startsWith("exceed") || word.startsWith("overflow") || word.is("insufficient");
	}

	/** A script without spaces: one run of letters holds all of it. */
	private static void addChinese(Set<ErrorSign> signs, String run) {
		addIf(signs, CONTEXT, run.contains("上下文"));
		addIf(signs, INPUT, run.contains("输入") || run.contains("提示"));
		addIf(signs, EXCESS, run.contains("超") || run.contains("过长") || run.contains("过大"));
		addIf(signs, LENGTH, run.contains("长度"));
	}

	private static boolean ahead(List<ErrorWord> sentence, int i, int distance, Set<String> words) {
		return sentence.subList(i + 1, Math.min(sentence.size(), i + 1 + distance))
			.stream()
			.anyMatch((word) -> words.contains(word.text()));
	}

	private static boolean behind(List<ErrorWord> sentence, int i, int distance, String... starts) {
		return sentence.subList(Math.max(0, i - distance), i)
			.stream()
			.anyMatch((word) -> Arrays.stream(starts).anyMatch(word::startsWith));
	}

	private static void addIf(Set<ErrorSign> signs, ErrorSign sign, boolean condition) {
		if (condition) {
			signs.add(sign);
		}
	}

}
