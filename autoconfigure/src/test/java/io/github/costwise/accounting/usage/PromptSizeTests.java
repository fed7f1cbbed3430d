package io.github.costwise.accounting.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.spi.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PromptSize}.
 */
@Tag("unit")
class PromptSizeTests {

	private final List<String> counted = new ArrayList<>();

	private final TokenCounter counter = (text, model) -> {
		this.counted.add(model + ":" + text);
		return text.length();
	};

	@Test
	void isCountedOnceForAModel() {
		PromptSize size = new PromptSize(new Prompt("abcd"));
		long tokens = size.tokens(this.counter, "m");
		assertThat(size.tokens(this.counter, "m")).isEqualTo(tokens)
			.isEqualTo(RequestCount.of(size.prompt(), this.counter, "m"));
		assertThat(this.counted).hasSize(2).containsOnly("m:abcd");
		size.tokens(this.counter, "n");
		assertThat(this.counted).contains("n:abcd");
	}

	@Test
	void boundAndGuessNeedNoCounting() {
		PromptSize size = new PromptSize(new Prompt("x".repeat(400)));
		assertThat(size.atMost()).isGreaterThanOrEqualTo(size.tokens(this.counter, "m"));
		assertThat(size.guess()).isBetween(100L, 120L);
		assertThat(size.hasTools()).isFalse();
		assertThat(size.hasMedia()).isFalse();
	}

	@Test
	void mediaCountWhateverTheirBytes() {
		Media small = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[1]));
		Media large = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[100_000]));
		PromptSize one = new PromptSize(new Prompt(UserMessage.builder().text("a").media(small).build()));
		PromptSize other = new PromptSize(new Prompt(UserMessage.builder().text("a").media(large).build()));
		assertThat(one.hasMedia()).isTrue();
		assertThat(one.guess()).isEqualTo(other.guess()).isGreaterThan(500);
	}

	@Test
	void toolsThatWereCalledCountLikeThoseThatAreOffered() {
		AssistantMessage call = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "look", "{}")))
			.build();
		ToolResponseMessage result = ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("1", "look", "y".repeat(40))))
			.build();
		PromptSize size = new PromptSize(new Prompt(List.of(new UserMessage("a"), call, result)));
		assertThat(size.hasTools()).isTrue();
		assertThat(size.atMost()).isGreaterThan(40);
		assertThat(Map.of(size.prompt(), size.tokens(this.counter, "m"))).containsValue(size.atMost());
	}

}
