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
 * Goes through all of a request that is billed as input. The overhead of a message and of
 * an answer's start is that of OpenAI's chat format (3 tokens each, from OpenAI's
 * published counting rules); that of a tool is what its wrapping takes there. The
 * constants for media are what providers charge for usual sizes: an image of about a
 * megapixel, a minute of audio or video at Gemini's 32 and 263 tokens a second, a
 * document of two pages.
 */
final class PromptWalk {

	private static final int PER_MESSAGE = 3;

	private static final int PER_ANSWER = 3;

	private static final int PER_TOOL = 8;

	private static final int PER_IMAGE = 1_000;

	private static final int PER_AUDIO = 2_000;

	private static final int PER_VIDEO = 16_000;

	private static final int PER_DOCUMENT = 3_000;

	private final PromptVisitor visitor;

	private PromptWalk(PromptVisitor visitor) {
		this.visitor = visitor;
	}

	static void of(Prompt prompt, PromptVisitor visitor) {
		new PromptWalk(visitor).prompt(prompt);
	}

	private void prompt(Prompt prompt) {
		this.visitor.tokens(PER_ANSWER);
		for (Message message : prompt.getInstructions()) {
			message(message);
		}
		tools(prompt.getOptions());
	}

	private void message(Message message) {
		this.visitor.tokens(PER_MESSAGE);
		text(message.getText());
		if (message instanceof AssistantMessage assistant) {
			for (AssistantMessage.ToolCall call : assistant.getToolCalls()) {
				this.visitor.tool();
				this.visitor.tokens(PER_TOOL);
				text(call.name());
				text(call.arguments());
			}
		}
		if (message instanceof ToolResponseMessage results) {
			this.visitor.tool();
			for (ToolResponseMessage.ToolResponse result : results.getResponses()) {
				this.visitor.tokens(PER_MESSAGE);
				text(result.name());
				text(result.responseData());
			}
		}
		if (message instanceof MediaContent content) {
			media(content);
		}
	}

	private void media(MediaContent content) {
		for (Media media : content.getMedia()) {
			this.visitor.medium();
			this.visitor.tokens(switch (media.getMimeType().getType()) {
				case "image" -> PER_IMAGE;
				case "audio" -> PER_AUDIO;
				case "video" -> PER_VIDEO;
				default -> PER_DOCUMENT;
			});
		}
	}

	private void tools(@Nullable ChatOptions options) {
		List<ToolCallback> tools = (options instanceof ToolCallingChatOptions calling) ? calling.getToolCallbacks()
				: null;
		for (ToolCallback tool : (tools != null) ? tools : List.<ToolCallback>of()) {
			ToolDefinition definition = tool.getToolDefinition();
			this.visitor.tool();
			this.visitor.tokens(PER_TOOL);
			text(definition.name());
			text(definition.description());
			text(definition.inputSchema());
		}
	}

	private void text(@Nullable String text) {
		if (text != null && !text.isEmpty()) {
			this.visitor.text(text);
		}
	}

	/** Sees the parts of a request. */
	interface PromptVisitor {

		void text(String text);

		/** Tokens of what is no text. */
		void tokens(int count);

		default void medium() {
		}

		/** A tool that is offered, or was called. */
		default void tool() {
		}

	}

}
