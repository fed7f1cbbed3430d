package io.github.costwise.pipeline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import io.github.costwise.accounting.usage.TokenCounter;
import io.github.costwise.routing.Capability;
import io.github.costwise.routing.RequestNeeds;
import io.github.costwise.routing.RequestNeeds.Tokens;
import io.github.costwise.routing.RouteTarget;
import io.github.costwise.routing.RoutingTable;

/**
 * Reads from a prompt what its target must be able to do. Tokens are counted only where
 * the prompt might not fit every target; else a guess by its length is enough.
 * Thread-safe.
 */
final class PromptNeeds {

	/** Kept free for an answer whose length is not limited. */
	private static final int USUAL_OUTPUT = 1024;

	private static final int CHARACTERS_OF_A_TOKEN = 4;

	private static final int TOKENS_OF_A_MEDIUM = 2_000;

	private final TokenCounter counter;

	PromptNeeds(TokenCounter counter) {
		this.counter = counter;
	}

	RequestNeeds of(RouteAsk ask, RoutingTable table) {
		return new RequestNeeds(capabilities(ask), tokens(ask.prompt(), table), Set.of(), null, Set.of());
	}

	/** The last message of the user, which a model is chosen by. */
	static String text(Prompt prompt) {
		List<Message> messages = prompt.getInstructions();
		for (int i = messages.size() - 1; i >= 0; i--) {
			if (messages.get(i).getMessageType() == MessageType.USER) {
				String text = messages.get(i).getText();
				return (text != null) ? text : "";
			}
		}
		return "";
	}

	private static Set<Capability> capabilities(RouteAsk ask) {
		Set<Capability> needed = EnumSet.noneOf(Capability.class);
		ChatOptions options = ask.prompt().getOptions();
		if (ask.form().streamed()) {
			needed.add(Capability.STREAMING);
		}
		if (ask.form().structured() || asksForSchema(options)) {
			needed.add(Capability.STRUCTURED_OUTPUT);
		}
		if (offersTools(options) || ask.prompt().getInstructions().stream().anyMatch(PromptNeeds::isOfTools)) {
			needed.add(Capability.TOOLS);
		}
		if (ask.prompt().getInstructions().stream().anyMatch((message) -> media(message) > 0)) {
			needed.add(Capability.VISION);
		}
		return needed;
	}

	private static boolean asksForSchema(@Nullable ChatOptions options) {
		return options instanceof StructuredOutputChatOptions structured && structured.getOutputSchema() != null;
	}

	private static boolean offersTools(@Nullable ChatOptions options) {
		return options instanceof ToolCallingChatOptions tooled && tooled.getToolCallbacks() != null
				&& !tooled.getToolCallbacks().isEmpty();
	}

	private static boolean isOfTools(Message message) {
		return message instanceof ToolResponseMessage
				|| (message instanceof AssistantMessage assistant && assistant.hasToolCalls());
	}

	private static int media(Message message) {
		return (message instanceof MediaContent content) ? content.getMedia().size() : 0;
	}

	private Tokens tokens(Prompt prompt, RoutingTable table) {
		ChatOptions options = prompt.getOptions();
		Integer most = (options != null) ? options.getMaxTokens() : null;
		int reserved = (most != null && most > 0) ? most : USUAL_OUTPUT;
		long characters = characters(prompt);
		boolean fits = table.targets().stream().allMatch((target) -> fits(target, characters + reserved));
		long tokens = fits ? characters / CHARACTERS_OF_A_TOKEN : this.counter.count(prompt, model(options));
		return new Tokens((int) Math.min(tokens, Integer.MAX_VALUE / 2), reserved,
				(most != null && most > 0) ? most : 0);
	}

	/** A character is hardly ever more than a token. */
	private static boolean fits(RouteTarget target, long characters) {
		return characters <= target.abilities().contextWindow() / 2;
	}

	private static String model(@Nullable ChatOptions options) {
		String model = (options != null) ? options.getModel() : null;
		return (model != null) ? model : "";
	}

	private static long characters(Prompt prompt) {
		long characters = 0;
		for (Message message : prompt.getInstructions()) {
			characters += characters(message) + (long) media(message) * TOKENS_OF_A_MEDIUM;
		}
		return characters + ((prompt.getOptions() instanceof ToolCallingChatOptions tooled) ? schemas(tooled) : 0);
	}

	private static long characters(Message message) {
		long characters = (message.getText() != null) ? message.getText().length() : 0;
		if (message instanceof AssistantMessage assistant) {
			for (AssistantMessage.ToolCall call : assistant.getToolCalls()) {
				characters += call.name().length() + call.arguments().length();
			}
		}
		if (message instanceof ToolResponseMessage tools) {
			for (ToolResponseMessage.ToolResponse response : tools.getResponses()) {
				characters += response.responseData().length();
			}
		}
		return characters;
	}

	private static long schemas(ToolCallingChatOptions options) {
		return (options.getToolCallbacks() == null) ? 0
				: options.getToolCallbacks()
					.stream()
					.mapToLong((tool) -> tool.getToolDefinition().description().length()
							+ tool.getToolDefinition().inputSchema().length())
					.sum();
	}

}
