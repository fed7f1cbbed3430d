package io.github.costwise.answer;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.document.Document;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedPart;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class AnswerRecorderTests {

	private static final List<Generation> GENERATIONS = List.of(new Generation(new AssistantMessage("Two years.")));

	@Test
	void answerOfOneTextIsTakenDown() {
		assertThat(AnswerRecorder.of(new ChatResponse(GENERATIONS)).recorded()).isNotNull();
	}

	@Test
	void metadataThatCannotBeReadFailNothing() {
		Recording recording = AnswerRecorder.of(new ChatResponse(GENERATIONS, new Unreadable()));
		assertThat(recording.answer().parts()).hasSize(1);
		assertThat(recording.recorded()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "a\uDE00", "\uDE00\uD83D" })
	void halfOfASurrogatePairIsNotTakenDownWhereverItStands(String half) {
		ChatGenerationMetadata stop = ChatGenerationMetadata.builder().finishReason("stop").build();
		for (ChatResponse response : List.of(response(half, stop, "id", "model"), response("text", stop, half, "model"),
				response("text", stop, "id", half),
				response("text", ChatGenerationMetadata.builder().finishReason(half).build(), "id", "model"),
				new ChatResponse(GENERATIONS, ChatResponseMetadata.builder().keyValue("field", half).build()),
				new ChatResponse(GENERATIONS, ChatResponseMetadata.builder().keyValue("f", List.of(half)).build()),
				new ChatResponse(GENERATIONS,
						ChatResponseMetadata.builder()
							.keyValue("docs", List.of(new Document("1", half, Map.of())))
							.build()))) {
			assertThat(AnswerRecorder.of(response).recorded()).isNull();
			AnswerRecorder stream = new AnswerRecorder(AnswerMode.STREAM);
			stream.see(response("fine", stop, "id", "model"));
			stream.see(response);
			assertThat(stream.recording().recorded()).isNull();
		}
		assertThat(AnswerRecorder.of(response("\uD83D\uDE00", stop, "\uD83D\uDE00", "\uD83D\uDE00")).recorded())
			.isNotNull();
	}

	/** Else a long thought would be kept once for each of its pieces. */
	@Test
	void thoughtThatEachDeltaRepeatsIsKeptOnce() {
		AnswerRecorder recorder = new AnswerRecorder(AnswerMode.STREAM);
		for (int i = 0; i <= 300; i++) {
			recorder.see(delta("", "hm ".repeat(i)));
		}
		recorder.see(delta("Par", "hm ".repeat(300)));
		recorder.see(delta("is", "hm ".repeat(300)));
		RecordedAnswer answer = recorder.recording().recorded();
		assertThat(answer.text()).isEqualTo("Paris");
		assertThat(answer.parts()).extracting((part) -> part.message().get("reasoningContent"))
			.containsExactly("hm ".repeat(300));
	}

	@Test
	void thoughtsWithoutATextAreKeptOnce() {
		AnswerRecorder recorder = new AnswerRecorder(AnswerMode.STREAM);
		for (int i = 0; i < 3; i++) {
			recorder.see(new ChatResponse(List
				.of(new Generation(AssistantMessage.builder().properties(Map.of("thinking", (Object) true)).build()))));
		}
		recorder.see(new ChatResponse(GENERATIONS));
		assertThat(recorder.recording().recorded().parts()).extracting(RecordedPart::kind)
			.containsExactly(PartKind.THOUGHT, PartKind.TEXT);
	}

	private static ChatResponse delta(String text, String thought) {
		Map<String, Object> fields = Map.of("reasoningContent", thought, "annotations", List.of());
		return new ChatResponse(
				List.of(new Generation(AssistantMessage.builder().content(text).properties(fields).build())));
	}

	private static ChatResponse response(String text, ChatGenerationMetadata end, String id, String model) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text), end)),
				ChatResponseMetadata.builder().id(id).model(model).build());
	}

	/** Of a client of the application's own. */
	private static final class Unreadable extends ChatResponseMetadata {

		@Override
		public Set<Map.Entry<String, Object>> entrySet() {
			throw new IllegalStateException("no metadata");
		}

	}

}
