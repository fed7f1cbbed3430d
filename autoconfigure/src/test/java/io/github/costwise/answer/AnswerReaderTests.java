package io.github.costwise.answer;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.PartKind;
import io.github.costwise.testsupport.AnswerBodies;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.SpringAi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the reader finds in answers of the real clients.
 */
@Tag("chain")
class AnswerReaderTests {

	private static final String ANTHROPIC = """
			[{"type":"thinking","thinking":"Hm, let me see","signature":"c2ln"},
			 {"type":"redacted_thinking","data":"eHg="},
			 {"type":"text","text":"{\\"city\\":\\"Paris\\"}","citations":[{"type":"char_location","cited_text":"ct",
			  "document_index":0,"document_title":"D","start_char_index":0,"end_char_index":2,"file_id":null}]}]""";

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void anthropicThoughtsAreApartFromTheText() {
		ChatModel model = LoopbackModels.anthropic(this.provider);
		List<Answer> answers = both(model, AnswerBodies.anthropic(ANTHROPIC, "end_turn"),
				AnswerBodies.anthropicStream(ANTHROPIC, "end_turn"));
		for (Answer answer : answers) {
			assertThat(answer.text()).isEqualTo("{\"city\":\"Paris\"}");
			assertThat(answer.parts()).extracting(AnswerPart::kind)
				.containsExactly(PartKind.THOUGHT, PartKind.TEXT, PartKind.CITATION);
			assertThat(answer.ending()).isEqualTo(Ending.END);
		}
		String thought = "Hm, let me see";
		assertThat(answers).extracting((answer) -> answer.parts().get(0).text())
			.containsExactly(thought, SpringAi.showsThoughtsOfAnthropic() ? thought : "");
	}

	@Test
	void thoughtThatEachDeltaRepeatsIsReadOnce() {
		String delta = "{\"index\":0,\"delta\":{\"%s\":\"%s\"},\"finish_reason\":null}";
		String stream = AnswerBodies.openAiStream(delta.formatted("reasoning_content", "Hm, "),
				delta.formatted("reasoning_content", "Hm, "), delta.formatted("content", "Par"),
				delta.formatted("content", "is"), choice("delta", "{}", "stop"));
		Answer answer = stream(LoopbackModels.openAi(this.provider), stream);
		AnswerPart text = new AnswerPart(PartKind.TEXT, 0, "Paris", null);
		assertThat(answer.parts()).isEqualTo(SpringAi.showsThoughtsOfOpenAi()
				? List.of(new AnswerPart(PartKind.THOUGHT, 0, "Hm, Hm, ", null), text) : List.of(text));
	}

	@Test
	void toolCallsAreSeenBehindThoughts() {
		String content = "[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"s\"},"
				+ "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"look\",\"input\":{\"at\":1}}]";
		ChatModel model = LoopbackModels.anthropic(this.provider);
		for (Answer answer : both(model, AnswerBodies.anthropic(content, "tool_use"),
				AnswerBodies.anthropicStream(content, "tool_use"))) {
			assertThat(answer.text()).isEmpty();
			assertThat(answer.toolCalls()).extracting(ToolCall::name).containsExactly("look");
			assertThat(answer.hasContent()).isTrue();
			assertThat(answer.ending()).isEqualTo(Ending.TOOLS);
		}
	}

	@Test
	void anthropicWithoutItsEndIsUnmarked() {
		String content = "[{\"type\":\"text\",\"text\":\"Half a sent\"}]";
		ChatModel model = LoopbackModels.anthropic(this.provider);
		assertThat(both(model, AnswerBodies.anthropic(content, null), AnswerBodies.anthropicStream(content, null)))
			.extracting(Answer::ending)
			.containsOnly(Ending.UNMARKED);
	}

	@Test
	void openAiRefusesInWordsOfItsOwn() {
		ChatModel model = LoopbackModels.openAi(this.provider);
		for (Answer answer : both(model,
				AnswerBodies
					.openAi(choice("message", "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No\"}", "stop")),
				AnswerBodies.openAiStream(choice("delta", "{\"role\":\"assistant\",\"refusal\":\"N\"}", null),
						choice("delta", "{\"refusal\":\"o\"}", null), choice("delta", "{}", "stop")))) {
			assertThat(answer.parts()).containsExactly(new AnswerPart(PartKind.REFUSAL, 0, "No", null));
			assertThat(answer.ending()).isEqualTo(Ending.END);
		}
	}

	@Test
	void openAiThoughtsAndAnnotations() {
		String message = "{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\"Hm\",\"annotations\":"
				+ "[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":2,"
				+ "\"title\":\"T\",\"url\":\"http://u\"}}]}";
		Answer answer = call(LoopbackModels.openAi(this.provider),
				AnswerBodies.openAi(choice("message", message, "stop")));
		assertThat(answer.parts()).extracting(AnswerPart::kind)
			.containsExactly(PartKind.THOUGHT, PartKind.TEXT, PartKind.CITATION);
	}

	@Test
	void everyChoiceMustEnd() {
		Answer answer = stream(LoopbackModels.openAi(this.provider),
				AnswerBodies.openAiStream(choice("delta", "{\"content\":\"a\"}", null),
						choice("delta", "{\"content\":\"b\"}", null).replace("\"index\":0", "\"index\":1"),
						choice("delta", "{}", "stop")));
		assertThat(answer.text()).isEqualTo("a");
		assertThat(answer.ending()).isEqualTo(Ending.UNMARKED);
	}

	@Test
	void openAiStreamWithoutFinishReasonIsUnmarked() {
		assertThat(stream(LoopbackModels.openAi(this.provider),
				AnswerBodies.openAiStream(choice("delta", "{\"content\":\"a\"}", null)))
			.ending()).isEqualTo(Ending.UNMARKED);
	}

	@Test
	void googleThoughtsAreApartAndItsStreamsEndByAssumption() {
		String parts = "[{\"text\":\"Hm\",\"thought\":true},{\"text\":\"Hi \",\"thoughtSignature\":\"YWJj\"}]";
		ChatModel model = LoopbackModels.google(this.provider);
		List<Answer> answers = both(model, AnswerBodies.google(parts, "STOP"), AnswerBodies
			.googleStream(AnswerBodies.google(parts, null), AnswerBodies.google("[{\"text\":\"you\"}]", "STOP")));
		assertThat(answers).extracting(Answer::text).containsExactly("Hi ", "Hi you");
		assertThat(answers).extracting(Answer::ending).containsExactly(Ending.END, Ending.ASSUMED);
	}

	@Test
	void googleStreamThatIsCutSaysSo() {
		String parts = "[{\"text\":\"Hi\"}]";
		assertThat(stream(LoopbackModels.google(this.provider),
				AnswerBodies.googleStream(AnswerBodies.google(parts, null), AnswerBodies.google(parts, "MAX_TOKENS")))
			.ending()).isEqualTo(Ending.LENGTH);
	}

	@Test
	void ollamaThoughtsAreApart() {
		ChatModel model = LoopbackModels.ollama(this.provider);
		String thought = "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Hm\"}";
		String text = "{\"role\":\"assistant\",\"content\":\"Hi\"}";
		for (Answer answer : both(model, AnswerBodies.ollama(text.replace("}", ",\"thinking\":\"Hm\"}"), "stop"),
				AnswerBodies.ollama(thought, null) + AnswerBodies.ollama(text, "stop"))) {
			assertThat(answer.parts()).containsExactly(new AnswerPart(PartKind.THOUGHT, 0, "Hm", null),
					new AnswerPart(PartKind.TEXT, 0, "Hi", null));
			assertThat(answer.ending()).isEqualTo(Ending.END);
		}
	}

	@Test
	void ollamaStreamThatStopsMidwayIsUnmarked() {
		assertThat(stream(LoopbackModels.ollama(this.provider),
				AnswerBodies.ollama("{\"role\":\"assistant\",\"content\":\"Hi\"}", null))
			.ending()).isEqualTo(Ending.UNMARKED);
	}

	/**
	 * The real clients, each with an end that comes with nothing after results of tools.
	 */
	@Test
	void emptyEndsAfterToolsAreWorthTheSameInCallAndStream() {
		ChatModel google = LoopbackModels.google(this.provider);
		for (String parts : List.of("[]", "[{\"text\":\"\"}]", "[{\"text\":\"Hm\",\"thought\":true}]")) {
			for (String reason : List.of("STOP", "MAX_TOKENS", "SAFETY", "OTHER")) {
				String body = AnswerBodies.google(parts, reason);
				assertThat(verdicts(both(google, body, AnswerBodies.googleStream(body)))).as(body)
					.containsOnly(Map
						.of("STOP", AnswerVerdict.EMPTY_END, "MAX_TOKENS", AnswerVerdict.CUT_OFF, "SAFETY",
								AnswerVerdict.WITHHELD, "OTHER", AnswerVerdict.MALFORMED)
						.get(reason));
			}
		}
		assertThat(verdicts(both(LoopbackModels.ollama(this.provider),
				AnswerBodies.ollama("{\"role\":\"assistant\",\"content\":\"\"}", "stop"),
				AnswerBodies.ollama("{\"role\":\"assistant\",\"content\":\"\"}", "stop"))))
			.containsOnly(AnswerVerdict.EMPTY_END);
		assertThat(verdicts(both(LoopbackModels.openAi(this.provider),
				AnswerBodies.openAi(choice("message", "{\"role\":\"assistant\",\"content\":\"\"}", "stop")),
				AnswerBodies.openAiStream(choice("delta", "{\"role\":\"assistant\"}", "stop")))))
			.containsOnly(AnswerVerdict.EMPTY_END);
	}

	private static List<AnswerVerdict> verdicts(List<Answer> answers) {
		Prompt tools = new Prompt(ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("1", "tool", "{}")))
			.build());
		return List.of(AnswerVerdict.of(answers.get(0), AnswerMode.CALL, tools),
				AnswerVerdict.of(answers.get(1), AnswerMode.STREAM, tools));
	}

	@Test
	void thoughtsAloneAreNoContent() {
		AnswerReader reader = new AnswerReader(AnswerMode.STREAM);
		assertThat(reader.answer().hasContent()).isFalse();
		reader.see(new ChatResponse(List.of(new Generation(
				AssistantMessage.builder().content("Hm").properties(Map.of("thinking", true)).build()))));
		assertThat(reader.answer().hasContent()).isFalse();
		assertThat(reader.answer().has(PartKind.THOUGHT)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "STOP, END", "end_turn, END", "stop_sequence, END", "length, LENGTH", "MAX_TOKENS, LENGTH",
			"model_context_window_exceeded, LENGTH", "tool_use, TOOLS", "pause_turn, PAUSED", "SAFETY, FILTERED",
			"refusal, FILTERED", "content-filter, FILTERED", "MALFORMED_FUNCTION_CALL, BROKEN", "new_reason, UNKNOWN",
			"_UNKNOWN, UNMARKED", "'', UNMARKED", "unknown, UNMARKED", ", UNMARKED" })
	void endingsGoByOneName(@Nullable String finishReason, Ending ending) {
		assertThat(Ending.of(finishReason)).isEqualTo(ending);
	}

	private List<Answer> both(ChatModel model, String body, String stream) {
		return List.of(call(model, body), stream(model, stream));
	}

	private Answer call(ChatModel model, String body) {
		this.provider.enqueue(io.github.costwise.testsupport.Answer.text("").body(body));
		return AnswerReader.of(model.call(new Prompt("q")));
	}

	private Answer stream(ChatModel model, String body) {
		this.provider.enqueue(io.github.costwise.testsupport.Answer.text("").body(body));
		AnswerReader reader = new AnswerReader(AnswerMode.STREAM);
		model.stream(new Prompt("q")).toIterable().forEach(reader::see);
		return reader.answer();
	}

	private static String choice(String field, String message, @Nullable String finishReason) {
		String reason = (finishReason != null) ? "\"" + finishReason + "\"" : "null";
		return "{\"index\":0,\"" + field + "\":" + message + ",\"finish_reason\":" + reason + "}";
	}

}
