package io.github.costwise.answer.none;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.model.NonAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NonAnswers}.
 */
@Tag("unit")
class NonAnswersTests {

	private static final NonAnswers RULE = NonAnswers.scored();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			I'm sorry, but I can't share that.                | REFUSED
			As an AI, I must decline this request.            | REFUSED
			Dabei kann ich leider nicht helfen.               | REFUSED
			The documents do not mention a price.             | UNKNOWN
			Je ne sais pas.                                   | UNKNOWN
			Oops, something went wrong. Please try again.     | ERROR
			{"error": {"message": "Overloaded"}}              | ERROR
			<html><title>502 Bad Gateway</title></html>       | ERROR
			"[ ]"                                             | EMPTY
			N/A                                               | EMPTY
			""")
	void saysWhy(String text, NonAnswer kind) {
		assertThat(RULE.judge("How much is it?", text)).isEqualTo(kind);
	}

	@Test
	void refusalsAndIgnoranceAreRecognised() {
		assertThat(List.of("I'm sorry, but I can't help with that.", "I\u2019m unable to discuss this.",
				"As an AI language model, I have no opinion.", "I don't know.", "The context does not mention it.",
				"No results were found.", "Unfortunately, there is no information on this."))
			.allMatch((answer) -> RULE.judge("", answer) != null);
		assertThat(List.of("Paris is the capital.", "Sorry seems to be the hardest word is a song by Elton John."))
			.allMatch((answer) -> RULE.judge("", answer) == null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			I can't help with that, because it would be illegal; I can instead show you how to lock it. | REFUSED
			That is off limits for me.                                      | REFUSED
			I can only answer questions about your account.                 | REFUSED
			Each chat starts fresh for me.                                  | UNKNOWN
			java.net.SocketTimeoutException: Read timed out                 | ERROR
			502 Bad Gateway nginx/1.24.0                                    | ERROR
			Your search returned 0 results.                                 | UNKNOWN
			Answer: [insert answer here]                                    | EMPTY
			""")
	void kindsOfEvidenceAreDistinguished(String text, NonAnswer kind) {
		assertThat(RULE.judge("How do I open a lock?", text)).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			How many moons does Mercury have? | None
			What value does an empty column have? | NULL
			What does HTTP 503 mean? | A 503 means that the server is overloaded, so that it cannot answer now.
			Co oznacza b\u0142\u0105d 404? | B\u0142\u0105d 404 oznacza, \u017ce strona nie istnieje.
			What did HAL say? | HAL answers calmly that he is sorry but can't do that, and Dave is left outside.
			""")
	void questionsAskForSuchTexts(String question, String text) {
		assertThat(RULE.judge(question, text)).isNull();
	}

	@Test
	void questionTellsWhatAnswers() {
		assertThat(RULE.judge("What is printed for an empty list?", "[]")).isEqualTo(NonAnswer.EMPTY);
		assertThat(RULE.judge("Does str([]) print [] or nothing?", "[]")).isNull();
		assertThat(RULE.judge("Translate: Das wei\u00df ich nicht.", "I do not know that.")).isNull();
		assertThat(RULE.judge("How high is it?", "I do not know that.")).isEqualTo(NonAnswer.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "I can't help with that. ", "{\"a\": [", "<b>", "\u0301", "no not never ", "\n", "I ",
			"\u4e0d" })
	void hostileTextsAreReadInBoundedTime(String piece) {
		for (int length : new int[] { 0, 1, 1_199, 1_201, 4_001, 80_000 }) {
			String text = piece.repeat(length / piece.length() + 1).substring(0, length);
			RULE.judge(text, text);
		}
		assertThat(RULE.judge("", "I can't help with that. ".repeat(4_000))).isNull();
	}

	@Test
	void accentsAndCaseDoNotMatter() {
		assertThat(RULE.judge("", "I CAN\u2019T HELP WITH THAT")).isEqualTo(NonAnswer.REFUSED);
		assertThat(RULE.judge("", "De\u0301sole\u0301, je ne peux pas vous aider.")).isEqualTo(NonAnswer.REFUSED);
	}

}
