package io.github.costwise.pipeline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.model.Capability;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RequestNeeds.TokenNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.spi.TokenCounter;

/**
 * Reads from a prompt what its target must be able to do. Tokens are counted only where
 * the prompt might not fit every target; else a guess by its length is enough.
 * Thread-safe.
 */
final class PromptNeeds {

	/** Kept free for an answer whose length is not limited. */
	private static final int USUAL_OUTPUT = 1024;

	private final TokenCounter counter;

	PromptNeeds(TokenCounter counter) {
		this.counter = counter;
	}

	RequestNeeds of(RoutingInput ask, RoutingTable table) {
		return new RequestNeeds(capabilities(ask), tokens(ask.size(), table), Set.of(), null, Set.of());
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

	private static Set<Capability> capabilities(RoutingInput ask) {
		Set<Capability> needed = EnumSet.noneOf(Capability.class);
		ChatOptions options = ask.prompt().getOptions();
		if (ask.form().streamed()) {
			needed.add(Capability.STREAMING);
		}
		if (ask.form().structured() || asksForSchema(options)) {
			needed.add(Capability.STRUCTURED_OUTPUT);
		}
		if (ask.size().hasTools()) {
			needed.add(Capability.TOOLS);
		}
		if (ask.size().hasMedia()) {
			needed.add(Capability.VISION);
		}
		return needed;
	}

	private static boolean asksForSchema(@Nullable ChatOptions options) {
		return options instanceof StructuredOutputChatOptions structured && structured.getOutputSchema() != null;
	}

	private TokenNeeds tokens(PromptSize size, RoutingTable table) {
		ChatOptions options = size.prompt().getOptions();
		Integer most = (options != null) ? options.getMaxTokens() : null;
		int reserved = (most != null && most > 0) ? most : USUAL_OUTPUT;
		boolean fits = table.targets().stream().allMatch((target) -> fits(target, size.atMost() + reserved));
		long tokens = fits ? size.guess() : size.tokens(this.counter, model(options));
		return new TokenNeeds((int) Math.min(tokens, Integer.MAX_VALUE / 2), reserved,
				(most != null && most > 0) ? most : 0);
	}

	private static boolean fits(RouteTarget target, long tokens) {
		return tokens <= target.abilities().contextWindow() / 2;
	}

	private static String model(@Nullable ChatOptions options) {
		String model = (options != null) ? options.getModel() : null;
		return (model != null) ? model : "";
	}

}
