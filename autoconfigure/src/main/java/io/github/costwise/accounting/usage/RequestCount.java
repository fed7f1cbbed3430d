package io.github.costwise.accounting.usage;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Counts a request by its parts. The overhead of a message and of an answer's start is
 * that of OpenAI's chat format (3 tokens each, from OpenAI's published counting rules);
 * that of a tool is what its wrapping takes there. The constants for media are what
 * providers charge for usual sizes: an image of about a megapixel, a minute of audio or
 * video at Gemini's 32 and 263 tokens a second, a document of two pages.
 */
record RequestCount(TokenCounter counter, String model) {

	private static final int PER_MESSAGE = 3;

	private static final int PER_ANSWER = 3;

	private static final int PER_TOOL = 8;

	private static final int PER_IMAGE = 1_000;

	private static final int PER_AUDIO = 2_000;

	private static final int PER_VIDEO = 16_000;

	private static final int PER_DOCUMENT = 3_000;

	long of(Prompt prompt) {
		long sum = PER_ANSWER;
		for (Message message : prompt.getInstructions()) {
			sum += PER_MESSAGE + message(message);
		}
		return sum + tools(prompt.getOptions());
	}

	private long message(Message message) {
		long sum = text(message.getText());
		if (message instanceof AssistantMessage assistant) {
			for (AssistantMessage.ToolCall call : assistant.getToolCalls()) {
				sum += PER_TOOL + text(call.name()) + text(call.arguments());
			}
		}
		if (message instanceof ToolResponseMessage results) {
			for (ToolResponseMessage.ToolResponse result : results.getResponses()) {
				sum += PER_MESSAGE + text(result.name()) + text(result.responseData());
			}
		}
		return (message instanceof MediaContent content) ? sum + media(content) : sum;
	}

	private static long media(MediaContent content) {
		long sum = 0;
		for (Media media : content.getMedia()) {
			sum += switch (media.getMimeType().getType()) {
				case "image" -> PER_IMAGE;
				case "audio" -> PER_AUDIO;
				case "video" -> PER_VIDEO;
				default -> PER_DOCUMENT;
			};
		}
		return sum;
	}

	private long tools(@Nullable ChatOptions options) {
		List<ToolCallback> tools = (options instanceof ToolCallingChatOptions calling) ? calling.getToolCallbacks()
				: null;
		long sum = 0;
		for (ToolCallback tool : (tools != null) ? tools : List.<ToolCallback>of()) {
			ToolDefinition definition = tool.getToolDefinition();
			sum += PER_TOOL + text(definition.name()) + text(definition.description()) + text(definition.inputSchema());
		}
		return sum;
	}

	private long text(@Nullable String text) {
		return (text != null && !text.isEmpty()) ? this.counter.count(text, this.model) : 0;
	}

}
