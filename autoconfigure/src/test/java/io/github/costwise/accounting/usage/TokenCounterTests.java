package io.github.costwise.accounting.usage;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.spi.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenCounter},
 * {@link io.github.costwise.accounting.usage.JtokkitTokenCounter} and
 * {@link RequestCount}.
 */
@Tag("unit")
class TokenCounterTests {

	private final TokenCounter counter = TokenCounters.jtokkit();

	@Test
	void countsWithTheEncodingOfTheModel() {
		String text = "안녕하세요, 오늘 날씨가 어떻습니까?";
		assertThat(this.counter.count("hello world", "gpt-5-mini")).isEqualTo(2);
		assertThat(this.counter.count(text, "gpt-4o")).isLessThan(this.counter.count(text, "gpt-4-turbo"));
		assertThat(this.counter.count(text, "gpt-4.1")).isEqualTo(this.counter.count(text, "gemini-2.5-pro"));
	}

	@Test
	void claudeIsTakenAsAFifthMore() {
		String text = "word ".repeat(100);
		long base = this.counter.count(text, "gpt-5");
		assertThat(this.counter.count(text, "claude-sonnet-5")).isEqualTo((base * 12 + 9) / 10);
	}

	@Test
	void specialTokensInATextAreText() {
		assertThat(this.counter.count("<|endoftext|>", "gpt-5")).isGreaterThan(1);
	}

	@Test
	void aVeryLongTextIsCountedByItsEnds() {
		long some = this.counter.count("a word ".repeat(20_000), "gpt-5");
		assertThat(this.counter.count("a word ".repeat(100_000), "gpt-5")).isBetween(some * 5 - 20, some * 5 + 20);
	}

	@Test
	void everyPartOfARequestCounts() {
		Prompt small = new Prompt(new UserMessage("Hello"));
		Prompt all = new Prompt(List.of(new SystemMessage("You are brief."), new UserMessage("Hello"),
				AssistantMessage.builder()
					.content("")
					.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{\"city\":\"Ulm\"}")))
					.build(),
				ToolResponseMessage.builder()
					.responses(List.of(new ToolResponseMessage.ToolResponse("1", "weather", "sunny and warm")))
					.build()));
		Prompt withTools = new Prompt(small.getInstructions(),
				OpenAiChatOptions.builder()
					.toolCallbacks(List.of(FunctionToolCallback.builder("weather", (String city) -> "sunny")
						.description("Tells the weather of a city")
						.inputType(String.class)
						.build()))
					.build());
		long least = this.counter.count("You are brief.", "gpt-5") + this.counter.count("sunny and warm", "gpt-5")
				+ this.counter.count("{\"city\":\"Ulm\"}", "gpt-5");
		assertThat(RequestCount.of(small, this.counter, "gpt-5")).isEqualTo(7);
		assertThat(RequestCount.of(all, this.counter, "gpt-5")).isGreaterThan(7 + least);
		assertThat(RequestCount.of(withTools, this.counter, "gpt-5"))
			.isGreaterThan(7 + this.counter.count("Tells the weather of a city", "gpt-5"));
	}

	@Test
	void mediaCountTheSameWhateverTheirSize() {
		Media small = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[10]));
		Media large = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[500_000]));
		Media linked = new Media(MimeTypeUtils.parseMimeType("video/mp4"), URI.create("https://example.com/a.mp4"));
		assertThat(count(large)).isEqualTo(count(small)).isEqualTo(1_007);
		assertThat(count(linked)).isEqualTo(16_007);
	}

	private long count(Media media) {
		return RequestCount.of(new Prompt(UserMessage.builder().text("Hello").media(media).build()), this.counter,
				"gpt-5");
	}

}
