package io.github.costwise.pipeline;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.answer.AnswerVerdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("unit")
class ResponseCaptureTests {

	@Test
	void aStreamWhoseUsageCannotBeReadIsNoBadAnswer() {
		ResponseCapture seen = new ResponseCapture(true, () -> 1);
		seen.see(chunk("", ""));
		assertThatIllegalStateException().isThrownBy(() -> seen.see(chunk("Hello.", "STOP")));
		assertThat(seen.verdict(new Prompt("Hello?"))).isEqualTo(AnswerVerdict.WHOLE);
		assertThat(seen.received()).hasToString("Hello.");
		assertThat(seen.firstTokenNanos()).isNotZero();
	}

	private static ChatResponse chunk(String text, String finishReason) {
		ChatGenerationMetadata end = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text), end)),
				ChatResponseMetadata.builder().usage(new UnreadableUsage()).build());
	}

	private static final class UnreadableUsage extends EmptyUsage {

		@Override
		public Integer getTotalTokens() {
			throw new IllegalStateException("No usage");
		}

	}

}
