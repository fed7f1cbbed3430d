package io.github.costwise.answer;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static org.assertj.core.api.Assertions.assertThat;

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

	/** Of a client of the application's own. */
	private static final class Unreadable extends ChatResponseMetadata {

		@Override
		public Set<Map.Entry<String, Object>> entrySet() {
			throw new IllegalStateException("no metadata");
		}

	}

}
