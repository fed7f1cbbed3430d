package io.github.costwise.advisor;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.prompt.ChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelFamily}.
 */
@Tag("unit")
class ModelFamilyTests {

	@ParameterizedTest
	@CsvSource({ "gpt-5-mini,OPENAI_REASONING", "gpt-5.2,OPENAI_REASONING", "gpt-5-codex,OPENAI_REASONING",
			"gpt-10,OPENAI_REASONING", "openai/gpt-5,OPENAI_REASONING", "o3,OPENAI_REASONING",
			"o4-mini,OPENAI_REASONING", "o1-2024-12-17,OPENAI_REASONING", "gpt-5-chat-latest,OPENAI",
			"gpt-4o-mini,OPENAI", "gpt-4.1,OPENAI", "gpt-3.5-turbo,OPENAI", "chatgpt-4o-latest,OPENAI",
			"openai/gpt-oss-20b,OTHER", "claude-3-5-sonnet-20241022,CLAUDE", "claude-3-haiku-20240307,CLAUDE",
			"claude-3-7-sonnet-latest,CLAUDE", "claude-opus-4-20250514,CLAUDE", "claude-sonnet-4-0,CLAUDE",
			"claude-sonnet-4@20250514,CLAUDE", "claude-opus-4-1-20250805,CLAUDE_4_1",
			"us.anthropic.claude-sonnet-4-5-20250929-v1:0,CLAUDE_4_1", "claude-haiku-4-5,CLAUDE_4_1",
			"anthropic/claude-opus-4.6,CLAUDE_4_1", "claude-opus-4-7,CLAUDE_4_7", "claude-opus-5,CLAUDE_4_7",
			"claude-sonnet-latest,CLAUDE_4_7", "models/gemini-2.5-flash,GEMINI", "llama3.2,OTHER",
			"mistral-large,OTHER", "olmo2,OTHER", "prod,OTHER", "'',OTHER" })
	void isRecognisedByTheName(String model, ModelFamily family) {
		assertThat(ModelFamily.of(model)).isEqualTo(family);
	}

	@Test
	void nothingIsKnownWithoutAName() {
		assertThat(ModelFamily.of(null)).isEqualTo(ModelFamily.OTHER);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "OPENAI_REASONING,-,-,-,-,0", "OPENAI,0.7,0.9,-,0.1,4", "CLAUDE,0.7,0.9,3,-,6",
					"CLAUDE_4_1,0.7,-,3,-,6", "CLAUDE_4_7,-,-,-,-,6", "GEMINI,0.7,0.9,3,-,5", "OTHER,0.7,0.9,3,0.1,6" })
	void leavesOutWhatTheFamilyRefuses(ModelFamily family, Double temperature, Double topP, Integer topK,
			Double penalty, int stops) {
		ChatOptions result = leftOver(family,
				ChatOptions.builder()
					.temperature(0.7)
					.topP(0.9)
					.topK(3)
					.frequencyPenalty(0.1)
					.presencePenalty(0.1)
					.stopSequences(List.of("1", "2", "3", "4", "5", "6"))
					.build());
		assertThat(result.getTemperature()).isEqualTo(temperature);
		assertThat(result.getTopP()).isEqualTo(topP);
		assertThat(result.getTopK()).isEqualTo(topK);
		assertThat(result.getFrequencyPenalty()).isEqualTo(penalty);
		assertThat(result.getPresencePenalty()).isEqualTo(penalty);
		assertThat((result.getStopSequences() != null) ? result.getStopSequences().size() : 0).isEqualTo(stops);
	}

	@Test
	void topPStaysWhereTheTemperatureIsTooHigh() {
		ChatOptions result = leftOver(ModelFamily.CLAUDE_4_1, ChatOptions.builder().temperature(1.4).topP(0.9).build());
		assertThat(result.getTemperature()).isNull();
		assertThat(result.getTopP()).isEqualTo(0.9);
	}

	@Test
	void temperatureOfOneIsTakenByClaude() {
		assertThat(leftOver(ModelFamily.CLAUDE, ChatOptions.builder().temperature(1.0).build()).getTemperature())
			.isEqualTo(1.0);
	}

	private static ChatOptions leftOver(ModelFamily family, ChatOptions options) {
		ChatOptions.Builder<?> builder = options.mutate();
		family.leaveOut(options, builder);
		return builder.build();
	}

}
