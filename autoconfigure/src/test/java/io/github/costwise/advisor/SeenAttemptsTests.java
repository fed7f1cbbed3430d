package io.github.costwise.advisor;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SeenAttempts}. */
@Tag("unit")
class SeenAttemptsTests {

	private final SeenAttempts seen = new SeenAttempts();

	private final OpenAiChatOptions options = OpenAiChatOptions.builder().model("gpt-5-mini").build();

	@Test
	void onlyClientsThatWereMadeSoShowTheirAttempts() {
		String client = SeenAttempts.client(this.options, "a.example.com");
		assertThat(this.seen.areShown(this.options, client)).isFalse();
		this.seen.show(AnthropicChatOptions.class);
		assertThat(this.seen.areShown(this.options, client)).isFalse();
		this.seen.show(OpenAiChatOptions.class);
		assertThat(this.seen.areShown(this.options, client)).isTrue();
	}

	@Test
	void aCallThatEndsUnseenTellsOfItsClientOnly() {
		String own = SeenAttempts.client(this.options, "b.example.com");
		this.seen.show(OpenAiChatOptions.class);
		this.seen.unseen(own);
		assertThat(this.seen.areShown(this.options, own)).isFalse();
		assertThat(this.seen.areShown(this.options, SeenAttempts.client(this.options, "a.example.com"))).isTrue();
	}

	@Test
	void withTooManyUnseenClientsNothingIsCertain() {
		this.seen.show(OpenAiChatOptions.class);
		for (int i = 0; i < 1001; i++) {
			this.seen.unseen("client " + i);
		}
		assertThat(this.seen.areShown(this.options, "another")).isFalse();
	}

}
