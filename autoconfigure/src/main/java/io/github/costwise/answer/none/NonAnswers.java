package io.github.costwise.answer.none;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.NonAnswer;
import io.github.costwise.spi.NonAnswerRule;

/**
 * The built-in rule: weighs {@link Sign}s in the words of twelve languages, in the form
 * of the text and in the question. A text without any such words answers. Reads a bounded
 * part of the text once for each language. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class NonAnswers implements NonAnswerRule {

	/** From this score on a text is no answer; chosen by cross-validation. */
	static final double THRESHOLD = .25;

	/** What is longer says more than that there is no answer. */
	private static final int LONGEST = 800;

	private static final int QUESTION = 600;

	private static final NonAnswers SCORED = new NonAnswers(Words.shipped());

	private final List<Words> languages;

	private NonAnswers(List<Words> languages) {
		this.languages = languages;
	}

	/**
	 * Returns the built-in rule.
	 * @return the rule
	 */
	public static NonAnswers scored() {
		return SCORED;
	}

	@Override
	public @Nullable NonAnswer judge(String question, String answer) {
		String text = Forms.unfenced(answer);
		if (Forms.isPlaceholder(text) || Forms.isBlank(text)) {
			return (Forms.isNamed(text, question) || (Forms.isValue(text) && asked(question).value())) ? null
					: NonAnswer.EMPTY;
		}
		if (Forms.isJson(text)) {
			return json(question, text);
		}
		String words = Forms.isMarkup(text) ? Forms.heading(text) : text;
		return words(question, words);
	}

	private @Nullable NonAnswer json(String question, String text) {
		JsonForm form = new JsonForm(() -> asked(question).failure(), (leaf) -> words(question, leaf));
		return form.judge(text);
	}

	private @Nullable NonAnswer words(String question, String text) {
		if (text.length() > LONGEST) {
			return null;
		}
		AnswerSigns signs = signs(question, text);
		return (signs.isEvident() && signs.score() >= THRESHOLD) ? signs.kind() : null;
	}

	AnswerSigns signs(String question, String text) {
		List<Token> tokens = Token.of(Letters.fold(text, LONGEST));
		long codes = tokens.stream().filter((token) -> token.kind() == Token.TokenKind.CODE).count();
		Reading reading = Reading.of(tokens, this.languages);
		boolean reported = Report.is(text, tokens);
		AnswerSigns signs = new AnswerSigns(reading, (int) codes, reported, Asked.NOTHING);
		return signs.isEvident() ? new AnswerSigns(reading, (int) codes, reported, asked(question)) : signs;
	}

	private Asked asked(String question) {
		return Asked.of(Token.of(Letters.fold(question, QUESTION)), this.languages);
	}

}
