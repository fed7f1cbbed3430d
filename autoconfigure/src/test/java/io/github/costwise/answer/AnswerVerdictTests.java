package io.github.costwise.answer;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.PartKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerVerdict}.
 */
@Tag("unit")
class AnswerVerdictTests {

	private static final Prompt QUESTION = new Prompt("question");

	private static final Message RESULT = ToolResponseMessage.builder()
		.responses(List.of(new ToolResponseMessage.ToolResponse("1", "tool", "{}")))
		.build();

	private static final AnswerPart TEXT = part(PartKind.TEXT, "text");

	private static final AnswerPart THOUGHT = part(PartKind.THOUGHT, "thought");

	@ParameterizedTest
	@CsvSource({ "END,WHOLE", "ASSUMED,WHOLE", "TOOLS,WHOLE", "PAUSED,WHOLE", "LENGTH,WHOLE", "FILTERED,WHOLE",
			"UNKNOWN,WHOLE", "BROKEN,INCOMPLETE", "UNMARKED,INCOMPLETE" })
	void contentNeedsAnEnd(Ending ending, AnswerVerdict verdict) {
		AnswerPart call = new AnswerPart(PartKind.TOOL_CALL, 0, "", new ToolCall("1", "function", "tool", "{}"));
		for (AnswerPart part : List.of(TEXT, call, part(PartKind.REFUSAL, "no"), part(PartKind.MEDIA, ""))) {
			assertThat(verdict(ending, QUESTION, part)).isEqualTo(verdict);
			assertThat(verdict(ending, QUESTION, THOUGHT, part)).isEqualTo(verdict);
		}
	}

	@ParameterizedTest
	@CsvSource({ "END,MALFORMED", "ASSUMED,MALFORMED", "TOOLS,MALFORMED", "PAUSED,WHOLE", "LENGTH,CUT_OFF",
			"FILTERED,WITHHELD", "UNKNOWN,MALFORMED", "BROKEN,MALFORMED", "UNMARKED,MALFORMED" })
	void anAnswerWithoutContentIsNone(Ending ending, AnswerVerdict verdict) {
		assertThat(verdict(ending, QUESTION)).isEqualTo(verdict);
		assertThat(verdict(ending, QUESTION, THOUGHT)).isEqualTo(verdict);
		assertThat(verdict(ending, QUESTION, part(PartKind.TEXT, " \n\t"))).isEqualTo(verdict);
		assertThat(verdict(ending, QUESTION, part(PartKind.CITATION, ""))).isEqualTo(verdict);
	}

	@ParameterizedTest
	@EnumSource
	void onlyAnEndAfterResultsOfToolsMayBeEmpty(Ending ending) {
		AnswerVerdict verdict = verdict(ending, new Prompt(List.of(new UserMessage("question"), RESULT)));
		assertThat(verdict == AnswerVerdict.EMPTY_END).isEqualTo(ending == Ending.END || ending == Ending.ASSUMED);
		AnswerVerdict earlier = verdict(ending, new Prompt(List.of(RESULT, new UserMessage("question"))));
		assertThat(earlier).isNotEqualTo(AnswerVerdict.EMPTY_END);
	}

	@Test
	void theAnthropicClientShowsAnEmptyEndAsNothingAtAll() {
		ChatOptions anthropic = AnthropicChatOptions.builder().build();
		Answer nothing = new Answer(List.of(), Ending.UNMARKED);
		Prompt asked = new Prompt(List.of(RESULT), anthropic);
		assertThat(AnswerVerdict.of(nothing, AnswerMode.CALL, asked)).isEqualTo(AnswerVerdict.EMPTY_END);
		assertThat(AnswerVerdict.of(nothing, AnswerMode.STREAM, asked)).isEqualTo(AnswerVerdict.MALFORMED);
		assertThat(AnswerVerdict.of(nothing, AnswerMode.CALL, new Prompt("question", anthropic)))
			.isEqualTo(AnswerVerdict.MALFORMED);
		assertThat(AnswerVerdict.of(nothing, AnswerMode.CALL,
				new Prompt(List.of(RESULT), OpenAiChatOptions.builder().build())))
			.isEqualTo(AnswerVerdict.MALFORMED);
	}

	private static AnswerVerdict verdict(Ending ending, Prompt prompt, AnswerPart... parts) {
		AnswerVerdict call = AnswerVerdict.of(new Answer(List.of(parts), ending), AnswerMode.CALL, prompt);
		assertThat(AnswerVerdict.of(new Answer(List.of(parts), ending), AnswerMode.STREAM, prompt)).isEqualTo(call);
		return call;
	}

	private static AnswerPart part(PartKind kind, @Nullable String text) {
		return new AnswerPart(kind, 0, (text != null) ? text : "", null);
	}

}
