package io.github.costwise.cache.admission;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.answer.AnswerRecorder;
import io.github.costwise.answer.Recording;
import io.github.costwise.model.NonAnswer;
import io.github.costwise.answer.none.NonAnswers;
import io.github.costwise.cache.policy.AdmissionRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerAdmission}.
 */
@Tag("unit")
class AnswerAdmissionTests {

	private static final AdmissionRules RULES = AdmissionRules.defaults();

	private static final AnswerWording TEXT = new AnswerWording(NonAnswers.scored(), "", false);

	private static final AnswerWording JSON = new AnswerWording(NonAnswers.scored(), "", true);

	@ParameterizedTest
	@ValueSource(strings = { "stop", "STOP", "end_turn", "stop_sequence", "COMPLETE", "completed", "finished", "eos" })
	void answerThatCameToItsEndIsStored(String finishReason) {
		assertThat(check(generation("Paris", finishReason))).isNull();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "unknown", "_UNKNOWN" })
	void answerWhoseEndIsNotMarkedIsStoredOnlyWhereThatIsAccepted(@Nullable String finishReason) {
		assertThat(check(generation("Paris", finishReason))).isEqualTo(Refusal.UNMARKED);
		AdmissionRules accepting = new AdmissionRules(1.0, 1_000, 100, Set.of(), Set.of(), true, true, true);
		assertThat(AnswerAdmission.check(recording(generation("Paris", finishReason)), TEXT, Set.of(), accepting))
			.isNull();
		assertThat(AnswerAdmission.check(recording(generation("Paris", "length")), TEXT, Set.of(), accepting))
			.isEqualTo(Refusal.TRUNCATED);
	}

	@Test
	void thoughtsAloneAreNoAnswer() {
		assertThat(check(thought("Hm"))).isEqualTo(Refusal.EMPTY);
		assertThat(check(thought("Hm"), generation("Paris", "stop"))).isNull();
		assertThat(check(thought("I cannot help with this request."), generation("Paris", "stop"))).isNull();
	}

	@Test
	void valuesThatCannotBeGivenBackKeepAnAnswerOut() {
		assertThat(check(with(Map.of("raw", new Object())))).isEqualTo(Refusal.NOT_REPEATABLE);
		assertThat(check(with(Map.of("deep", List.of(Map.of("at", new StringBuilder("x")))))))
			.isEqualTo(Refusal.NOT_REPEATABLE);
		assertThat(check(with(Map.of("half", "\uD83D")))).isEqualTo(Refusal.NOT_REPEATABLE);
		for (Object value : new Object[] { 1.5f, (short) 1, 'c', Set.of("a"), new String[] { "a" }, new int[] { 1 },
				Optional.of("a"), Map.of(1, "a"), URI.create("urn:a"), Thread.State.NEW }) {
			assertThat(check(with(Map.of("field", value)))).as("%s", value.getClass())
				.isEqualTo(Refusal.NOT_REPEATABLE);
		}
		assertThat(check(with(Collections.singletonMap("field", null)))).isEqualTo(Refusal.NOT_REPEATABLE);
		assertThat(check(
				new Generation(new OwnMessage("Paris"), ChatGenerationMetadata.builder().finishReason("stop").build())))
			.isEqualTo(Refusal.NOT_REPEATABLE);
		assertThat(check(with(Map.of("plain", List.of(1, 2L, true, Map.of("a", 1.5)))))).isNull();
	}

	@Test
	void linkThatExpiresKeepsAnAnswerOut() {
		String link = "https://files.example.org/a.png?Expires=1767225600&Signature=aB3dE5fG7hJ9kL1mN3pQ";
		assertThat(check(generation("Here it is: " + link, "stop"))).isEqualTo(Refusal.EXPIRING_LINK);
		assertThat(check(with(Map.of("annotations", List.of(Map.of("url", link)))))).isEqualTo(Refusal.EXPIRING_LINK);
		assertThat(
				AnswerAdmission.check(recording(generation("{\"a\":\"" + link + "\"}", "stop")), JSON, Set.of(), RULES))
			.isEqualTo(Refusal.EXPIRING_LINK);
	}

	@ParameterizedTest
	@CsvSource({ "length, TRUNCATED", "MAX_TOKENS, TRUNCATED", "model_length, TRUNCATED", "something_new, TRUNCATED",
			"content_filter, REFUSED", "SAFETY, REFUSED", "refusal, REFUSED", "RECITATION, REFUSED",
			"guardrail_intervened, REFUSED", "tool_calls, NOT_TEXT", "tool_use, NOT_TEXT", "function_call, NOT_TEXT",
			"pause_turn, NOT_TEXT" })
	void answerThatEndedOtherwiseIsNot(String finishReason, Refusal refusal) {
		assertThat(check(generation("Paris", finishReason))).isEqualTo(refusal);
	}

	@Test
	void nothingIsNotStored() {
		assertThat(check()).isEqualTo(Refusal.EMPTY);
		assertThat(check(generation("", "stop"))).isEqualTo(Refusal.EMPTY);
		assertThat(check(generation(" \n\t", "stop"))).isEqualTo(Refusal.EMPTY);
		assertThat(check(generation(null, "stop"))).isEqualTo(Refusal.EMPTY);
	}

	@Test
	void oneBadAnswerOfSeveralIsEnough() {
		assertThat(check(generation("Paris", "stop"), generation("Lyon", "stop"))).isNull();
		assertThat(check(generation("Paris", "stop"), generation("Ly", "length"))).isEqualTo(Refusal.TRUNCATED);
		assertThat(check(generation("Paris", "stop"), generation("", "stop"))).isEqualTo(Refusal.EMPTY);
	}

	@Test
	void toolCallsAndMediaAreNotText() {
		AssistantMessage tool = AssistantMessage.builder()
			.content("Paris")
			.toolCalls(List.of(new ToolCall("1", "function", "look", "{}")))
			.build();
		AssistantMessage picture = AssistantMessage.builder()
			.content("Paris")
			.media(List.of(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("https://example.org/paris.png"))))
			.build();
		assertThat(check(new Generation(tool))).isEqualTo(Refusal.NOT_TEXT);
		assertThat(check(new Generation(picture))).isEqualTo(Refusal.NOT_TEXT);
	}

	@Test
	void toolsThatRanMustBeAllowed() {
		Recording answer = recording(generation("Paris", "stop"));
		AdmissionRules look = rules(100, Set.of("look"));
		assertThat(AnswerAdmission.check(answer, TEXT, Set.of("look"), RULES)).isEqualTo(Refusal.TOOL_RAN);
		assertThat(AnswerAdmission.check(answer, TEXT, Set.of("look"), look)).isNull();
		assertThat(AnswerAdmission.check(answer, TEXT, Set.of("look", "buy"), look)).isEqualTo(Refusal.TOOL_RAN);
		assertThat(AnswerAdmission.check(answer, TEXT, Set.of("look", "buy"), rules(100, Set.of("*")))).isNull();
	}

	@Test
	void lengthHasABound() {
		AdmissionRules ten = rules(10, Set.of());
		assertThat(AnswerAdmission.check(recording(generation("x".repeat(10), "stop")), TEXT, Set.of(), ten)).isNull();
		assertThat(AnswerAdmission.check(recording(generation("x".repeat(11), "stop")), TEXT, Set.of(), ten))
			.isEqualTo(Refusal.TOO_LONG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": 1}", "[1, 2]", "\"text\"", "7", "```json\n{\"a\": 1}\n```", "```\n[3]\n```",
			"{\"says\": \"I can't help with that.\", \"tone\": \"curt\"}" })
	void jsonIsStoredWhereItWasAskedFor(String text) {
		assertThat(checkJson(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": ", "Here it is: {\"a\": 1}", "Paris", "null", "```json\n{\"a\": 1", "``````",
			"{\"a\": 1} and more" })
	void somethingElseIsNot(String text) {
		assertThat(checkJson(text)).isEqualTo(Refusal.SCHEMA);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			I'm sorry, but I can't help with that.       | REFUSED
			I cannot assist with this request.           | REFUSED
			I\u2019m unable to share that.               | REFUSED
			I don't know.                                | NEGATIVE
			Unfortunately, I couldn't find any document. | NEGATIVE
			The context does not mention prices.         | NEGATIVE
			No results found.                            | NEGATIVE
			Something went wrong.                        | ERROR
			""")
	void refusalsAndNegativeAnswersAreNotStored(String text, Refusal refusal) {
		assertThat(check(generation(text, "stop"))).isEqualTo(refusal);
	}

	@Test
	void longAnswerThatBeginsWithAnApologyAnswers() {
		assertThat(check(
				generation("I cannot assist with refunds over the phone, but " + "this is how. ".repeat(60), "stop")))
			.isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                                             | EMPTY
			[]                                             | EMPTY
			{"name": null, "tags": [], "note": ""}         | EMPTY
			[{"name": null}]                               | EMPTY
			{"answer": "I don't know", "confidence": 0.0}  | NEGATIVE
			{"error": "rate limit exceeded"}               | ERROR
			{"status": 503, "message": "Try again later."} | ERROR
			""")
	void jsonWithoutAnAnswerIsNotStored(String text, Refusal refusal) {
		assertThat(checkJson(text)).isEqualTo(refusal);
		assertThat(check(generation(text, "stop"))).isEqualTo(refusal);
	}

	@Test
	void anotherRuleDecides() {
		AnswerWording strict = new AnswerWording(
				(question, answer) -> question.equals("Where?") ? NonAnswer.UNKNOWN : null, "Where?", false);
		assertThat(AnswerAdmission.check(recording(generation("Paris", "stop")), strict, Set.of(), RULES))
			.isEqualTo(Refusal.NEGATIVE);
	}

	private static @Nullable Refusal check(Generation... generations) {
		return AnswerAdmission.check(recording(generations), TEXT, Set.of(), RULES);
	}

	private static Recording recording(Generation... generations) {
		return AnswerRecorder.of(new ChatResponse(List.of(generations)));
	}

	private static Generation thought(String text) {
		return new Generation(AssistantMessage.builder().content(text).properties(Map.of("signature", "c2ln")).build(),
				ChatGenerationMetadata.builder().finishReason("stop").build());
	}

	private static Generation with(Map<String, Object> fields) {
		return new Generation(AssistantMessage.builder().content("Paris").properties(fields).build(),
				ChatGenerationMetadata.builder().finishReason("stop").build());
	}

	private static @Nullable Refusal checkJson(String text) {
		return AnswerAdmission.check(recording(generation(text, "stop")), JSON, Set.of(), RULES);
	}

	private static Generation generation(@Nullable String text, @Nullable String finishReason) {
		ChatGenerationMetadata metadata = (finishReason != null)
				? ChatGenerationMetadata.builder().finishReason(finishReason).build() : ChatGenerationMetadata.NULL;
		return new Generation(AssistantMessage.builder().content(text).build(), metadata);
	}

	private static AdmissionRules rules(int maxAnswerLength, Set<String> tools) {
		return new AdmissionRules(1.0, 1_000, maxAnswerLength, tools, Set.of(), true, true);
	}

	/** With fields that nobody knows of. */
	private static final class OwnMessage extends AssistantMessage {

		OwnMessage(String text) {
			super(text);
		}

	}

}
