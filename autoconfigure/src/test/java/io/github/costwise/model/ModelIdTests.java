package io.github.costwise.model;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.pricing.ModelNames;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ModelId}. */
@Tag("unit")
class ModelIdTests {

	@ParameterizedTest
	@CsvSource({ "claude-haiku-4-5, claude-haiku-4-5-20251001", "claude-haiku-4-5@20251001, claude-haiku-4-5-20251001",
			"us.anthropic.claude-haiku-4-5-20251001-v1:0, claude-haiku-4-5", "gpt-5-mini-2025-08-07, GPT-5-mini",
			"openai/gpt-5-mini, gpt-5-mini-2025-08-07", "mistral-large-2512, mistral-large-latest",
			"gemini-2.5-flash-001, models/gemini-2.5-flash" })
	void namesOfOneModelAreTheSame(String one, String other) {
		assertThat(ModelNames.areSame(one, other)).isTrue();
		assertThat(ModelNames.areSame(other, one)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "claude-haiku-4-5, claude-haiku-4", "claude-opus-5, claude-opus-5-5", "gpt-5, gpt-5-mini",
			"gpt-5-mini, openai/gpt-5", "claude-sonnet-5, claude-opus-5", "gpt-5-2025-08-07, gpt-5-mini-2025-08-07",
			"o3, openai/o3-mini", "model, ''" })
	void modelsOfOneFamilyAreNot(String one, String other) {
		assertThat(ModelNames.areSame(one, other)).isFalse();
		assertThat(ModelNames.areSame(other, one)).isFalse();
	}

}
