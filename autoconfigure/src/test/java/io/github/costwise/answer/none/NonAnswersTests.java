package io.github.costwise.answer.none;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link NonAnswers}. The texts of {@code tuning.tsv} were seen while words,
 * weights and threshold were chosen. Those of {@code held-out.tsv} were written by
 * another hand and read once, when the rule was final; whoever changes the rule with them
 * in sight moves them to the first list.
 */
@Tag("unit")
class NonAnswersTests {

	private static final NonAnswers RULE = NonAnswers.scored();

	private static final List<LabelledText> TUNING = LabelledText.read("tuning.tsv");

	private static final List<LabelledText> HELD_OUT = LabelledText.read("held-out.tsv");

	@Test
	void listsAreLongEnough() {
		assertThat(LabelledText.languages(TUNING)).isEqualTo(LabelledText.languages(HELD_OUT));
		assertThat(LabelledText.languages(TUNING)).hasSizeGreaterThanOrEqualTo(10);
		for (boolean none : new boolean[] { true, false }) {
			assertThat(TUNING).filteredOn((text) -> text.none() == none).hasSizeGreaterThan(100);
			for (String language : LabelledText.languages(TUNING)) {
				assertThat(TUNING).filteredOn((text) -> text.none() == none && text.language().equals(language))
					.hasSizeGreaterThanOrEqualTo(10);
			}
		}
	}

	@Test
	void findsNonAnswersOfAnotherHand() {
		assertThat(share(HELD_OUT, true)).as(() -> report(HELD_OUT)).isGreaterThanOrEqualTo(.92);
		assertThat(share(HELD_OUT, false)).as(() -> report(HELD_OUT)).isLessThanOrEqualTo(.05);
	}

	@Test
	void findsThoseThatItWasMadeFor() {
		assertThat(share(TUNING, true)).as(() -> report(TUNING)).isGreaterThanOrEqualTo(.95);
		assertThat(share(TUNING, false)).as(() -> report(TUNING)).isLessThanOrEqualTo(.04);
	}

	/** Each fifth chooses by the other four: most found with at most 2 % kept out. */
	@Test
	void thresholdIsWhatCrossValidationChooses() {
		List<LabelledText> texts = TUNING.stream().filter((text) -> !Forms.isJson(text.text())).toList();
		double[] scores = texts.stream().mapToDouble(NonAnswersTests::score).toArray();
		double mean = IntStream.range(0, 5).mapToDouble((fold) -> {
			double[] answers = IntStream.range(0, scores.length)
				.filter((i) -> i % 5 != fold && !texts.get(i).none())
				.mapToDouble((i) -> scores[i])
				.sorted()
				.toArray();
			return answers[(int) Math.ceil(.98 * answers.length)];
		}).average().orElseThrow();
		assertThat(NonAnswers.THRESHOLD).isCloseTo(mean, within(.25));
	}

	private static double score(LabelledText text) {
		Signs signs = RULE.signs(text.question(), text.text());
		return signs.isEvident() ? signs.score() : -9;
	}

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
	void refusalsAndIgnoranceAreTold() {
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
	void kindsOfEvidenceAreTold(String text, NonAnswer kind) {
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

	private static boolean isOne(LabelledText text) {
		return RULE.judge(text.question(), text.text()) != null;
	}

	private static double share(List<LabelledText> texts, boolean none) {
		List<LabelledText> labelled = texts.stream().filter((text) -> text.none() == none).toList();
		return labelled.stream().filter(NonAnswersTests::isOne).count() / (double) labelled.size();
	}

	private static String report(List<LabelledText> texts) {
		Set<String> languages = new TreeSet<>(LabelledText.languages(texts));
		return languages.stream()
			.map((language) -> language + ": found " + count(texts, language, true, true) + " of "
					+ count(texts, language, true, null) + ", kept out " + count(texts, language, false, true) + " of "
					+ count(texts, language, false, null))
			.collect(Collectors.joining("\n", "\n", "\n"))
				+ texts.stream()
					.filter((text) -> isOne(text) != text.none())
					.map(LabelledText::toString)
					.collect(Collectors.joining("\n"));
	}

	private static long count(List<LabelledText> texts, String language, boolean none, @Nullable Boolean found) {
		return texts.stream()
			.filter((text) -> text.language().equals(language) && text.none() == none)
			.filter((text) -> found == null || isOne(text) == found)
			.count();
	}

}
