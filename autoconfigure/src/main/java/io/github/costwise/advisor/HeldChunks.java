package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/**
 * Holds back the chunks of a stream that come before its content, so that another target
 * can still take over. Belongs to one stream; its signals come one after another.
 */
final class HeldChunks {

	private final List<ChatClientResponse> held = new ArrayList<>(2);

	private boolean begun;

	List<ChatClientResponse> pass(ChatClientResponse chunk) {
		if (this.begun) {
			return List.of(chunk);
		}
		this.held.add(chunk);
		if (!hasContent(chunk.chatResponse())) {
			return List.of();
		}
		this.begun = true;
		return rest();
	}

	/** What is still held when the stream ends. */
	List<ChatClientResponse> rest() {
		List<ChatClientResponse> rest = List.copyOf(this.held);
		this.held.clear();
		return rest;
	}

	boolean begun() {
		return this.begun;
	}

	private static boolean hasContent(@Nullable ChatResponse response) {
		if (response == null) {
			return false;
		}
		for (Generation generation : response.getResults()) {
			AssistantMessage output = generation.getOutput();
			if (StringUtils.hasLength(output.getText()) || output.hasToolCalls() || !output.getMedia().isEmpty()) {
				return true;
			}
		}
		return false;
	}

}
