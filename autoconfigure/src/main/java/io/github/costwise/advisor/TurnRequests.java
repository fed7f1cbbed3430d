package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

import io.github.costwise.pipeline.CostTurn;

/**
 * Prepares a request for its turn: the turn travels in the context, and tools know it.
 * Tools in a stable order keep the prefix of the request the same from call to call,
 * which providers' prompt caches need.
 */
final class TurnRequests {

	private TurnRequests() {
	}

	static ChatClientRequest prepare(ChatClientRequest request, CostTurn turn, boolean stableOrder) {
		Map<String, Object> context = new HashMap<>(request.context());
		context.put(CostTurn.CONTEXT_KEY, turn);
		return new ChatClientRequest(withTools(request.prompt(), turn, stableOrder), context);
	}

	private static Prompt withTools(Prompt prompt, CostTurn turn, boolean stableOrder) {
		ChatOptions options = prompt.getOptions();
		if (!(options instanceof ToolCallingChatOptions tooled) || tooled.getToolCallbacks() == null
				|| tooled.getToolCallbacks().isEmpty()) {
			return prompt;
		}
		List<ToolCallback> wrapped = new ArrayList<>();
		for (ToolCallback callback : tooled.getToolCallbacks()) {
			wrapped.add(new ScopedToolCallback(callback, turn));
		}
		if (stableOrder) {
			wrapped.sort(Comparator.comparing((callback) -> callback.getToolDefinition().name()));
		}
		return new Prompt(prompt.getInstructions(), tooled.mutate().toolCallbacks(wrapped).build());
	}

}
