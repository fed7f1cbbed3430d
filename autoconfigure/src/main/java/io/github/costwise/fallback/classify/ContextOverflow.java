package io.github.costwise.fallback.classify;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.costwise.fallback.classify.ErrorWords.ErrorWord;
import io.github.costwise.fallback.classify.ErrorWords.WordKind;

/**
 * Decides whether an error says that prompt and answer do not fit into the context window
 * of the model. Servers word it differently, so no phrases are looked for: what the words
 * speak of (a context, a prompt, tokens), that it is too much, and a limit count, and
 * they have to come to {@value #ENOUGH}. Sentences about anything else that may be too
 * much (images, bytes, time, the limit of the answer) do not count, and errors about
 * rates are none of this kind.
 */
final class ContextOverflow {

	private static final int ENOUGH = 4;

	private static final Set<String> INPUTS = Set.of("prompt", "prompts", "input", "inputs", "messages", "conversation",
			"history", "instructions");

	private static final Set<String> FOREIGN = Set.of("image", "images", "pixel", "pixels", "dimension", "dimensions",
			"file", "files", "pdf", "page", "pages", "audio", "video", "byte", "bytes", "kb", "mb", "gb", "kib", "mib",
			"megabytes", "array", "items", "base64", "url", "tools", "functions", "attachments", "documents", "seconds",
			"minutes", "milliseconds", "timeout", "timed", "deadline", "choices", "candidates");

	private static final Set<String> OUTPUTS = Set.of("output", "outputs", "completion", "completions", "generated",
			"generation", "thinking", "reasoning");

	private static final Set<String> RATES = Set.of("tpm", "rpm", "tpd", "rpd", "rate", "quota", "throttling",
			"throttled", "daily", "weekly", "monthly", "credit", "credits", "billing", "wait", "concurrency",
			"concurrent", "spend", "spending", "usd");

	private static final Set<String> TIMES = Set.of("second", "minute", "hour", "day", "week", "month");

	private ContextOverflow() {
	}

	/**
	 * Returns whether the error is one of this kind.
	 * @param text the body of the error, or what is known of it
	 */
	static boolean isIn(String text) {
		List<List<ErrorWord>> sentences = ErrorWords.of(text).sentences();
		if (sentences.stream().anyMatch(ContextOverflow::isOfRate)) {
			return false;
		}
		if (sentences.stream().flatMap(List::stream).anyMatch(ContextOverflow::isCode)) {
			return true;
		}
		return score(signs(sentences)) >= ENOUGH;
	}

	/**
	 * Returns whether the error says that the request is too large in bytes, or something
	 * in it that is no text.
	 * @param text the body of the error, or what is known of it
	 */
	static boolean isOfOther(String text) {
		return !isIn(text) && ErrorWords.of(text)
			.sentences()
			.stream()
			.flatMap(List::stream)
			.anyMatch((word) -> word.kind() != WordKind.KEY
					&& (FOREIGN.contains(word.text()) || word.is("body", "payload", "entity")));
	}

	private static Set<ErrorSign> signs(List<List<ErrorWord>> sentences) {
		Set<ErrorSign> all = EnumSet.noneOf(ErrorSign.class);
		int counts = 0;
		for (List<ErrorWord> sentence : sentences) {
			Set<ErrorSign> signs = ErrorSign.in(sentence);
			if (!isForeign(sentence, signs)) {
				all.addAll(signs);
				counts += (signs.contains(ErrorSign.TOKENS) && signs.contains(ErrorSign.NUMBER)) ? 1 : 0;
			}
		}
		if (counts > 1) {
			all.add(ErrorSign.TWO_NUMBERS);
		}
		return all;
	}

	private static boolean isOfRate(List<ErrorWord> sentence) {
		for (int i = 0; i < sentence.size(); i++) {
			ErrorWord word = sentence.get(i);
			boolean timed = TIMES.contains(word.text()) && i > 0 && sentence.get(i - 1).is("per", "each", "a", "this");
			if (word.kind() == WordKind.WORD && (timed || RATES.contains(word.text()))) {
				return true;
			}
		}
		return false;
	}

	/** A code such as {@code context_length_exceeded} says it all. */
	private static boolean isCode(ErrorWord word) {
		List<String> parts = word.parts();
		return word.kind() == WordKind.NAME && isTooMuch(parts) && isOfPrompt(parts) && parts.stream()
			.noneMatch((part) -> OUTPUTS.contains(part) || RATES.contains(part) || FOREIGN.contains(part));
	}

	private static boolean isTooMuch(List<String> parts) {
		return parts.stream().anyMatch((part) -> part.startsWith("exceed") || part.equals("overflow"))
				|| (parts.contains("too") && (parts.contains("long") || parts.contains("large")))
				|| (parts.contains("limit") && parts.contains("reached"));
	}

	private static boolean isOfPrompt(List<String> parts) {
		boolean tokens = parts.contains("token") || parts.contains("tokens");
		return parts.contains("context") || parts.stream().anyMatch(INPUTS::contains)
				|| (tokens && parts.contains("limit"));
	}

	/** Whether a sentence says that something else is too much. */
	private static boolean isForeign(List<ErrorWord> sentence, Set<ErrorSign> signs) {
		if (signs.contains(ErrorSign.CONTEXT)) {
			return false;
		}
		boolean ofTokens = signs.contains(ErrorSign.TOKENS)
				&& (signs.contains(ErrorSign.INPUT) || signs.contains(ErrorSign.EXCESS));
		boolean foreign = sentence.stream()
			.anyMatch((word) -> word.kind() != WordKind.KEY && FOREIGN.contains(word.text()));
		return (foreign && !ofTokens)
				|| (!signs.contains(ErrorSign.INPUT) && sentence.stream().anyMatch(ContextOverflow::isOfOutput));
	}

	private static boolean isOfOutput(ErrorWord word) {
		if (word.kind() == WordKind.NAME) {
			List<String> parts = word.parts();
			return parts.contains("tokens") && parts.stream().noneMatch(INPUTS::contains);
		}
		return word.kind() == WordKind.WORD && OUTPUTS.contains(word.text());
	}

	private static int score(Set<ErrorSign> signs) {
		int subject = weight(signs, ErrorSign.CONTEXT, 3) + weight(signs, ErrorSign.INPUT, 2)
				+ weight(signs, ErrorSign.REQUEST, 1);
		boolean tokens = signs.contains(ErrorSign.TOKENS);
		boolean measured = tokens || (signs.contains(ErrorSign.LENGTH) && signs.contains(ErrorSign.INPUT));
		boolean named = measured || signs.contains(ErrorSign.CONTEXT) || signs.contains(ErrorSign.INPUT);
		boolean limited = signs.contains(ErrorSign.BOUND) && signs.contains(ErrorSign.NUMBER);
		int compared = weight(signs, ErrorSign.EXCESS, 2) + (limited ? 1 : 0)
				+ (tokens ? weight(signs, ErrorSign.TWO_NUMBERS, 1) : 0);
		return (compared == 0 || !named) ? 0 : subject + compared + (measured ? 1 : 0);
	}

	private static int weight(Set<ErrorSign> signs, ErrorSign sign, int weight) {
		return signs.contains(sign) ? weight : 0;
	}

	static boolean isInput(String word) {
		return INPUTS.contains(word);
	}

}
