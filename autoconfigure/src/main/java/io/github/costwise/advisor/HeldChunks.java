package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/**
 * Holds back the chunks of a stream that come before its content, so that another target
 * can still take over. Belongs to one stream, whose signals come one after another; its
 * time may be up on another thread.
 */
final class HeldChunks {

	private final List<ChatClientResponse> held = new ArrayList<>(2);

	private final AtomicReference<State> state = new AtomicReference<>(State.HOLDING);

	List<ChatClientResponse> pass(ChatClientResponse chunk) {
		if (begun()) {
			return List.of(chunk);
		}
		this.held.add(chunk);
		boolean begins = hasContent(chunk.chatResponse()) && this.state.compareAndSet(State.HOLDING, State.PASSING);
		return begins ? rest() : List.of();
	}

	/**
	 * Stops waiting for content.
	 * @return whether nothing has been passed on, and nothing will be
	 */
	boolean expire() {
		return this.state.compareAndSet(State.HOLDING, State.EXPIRED);
	}

	/** What is still held when the stream ends. */
	List<ChatClientResponse> rest() {
		List<ChatClientResponse> rest = List.copyOf(this.held);
		this.held.clear();
		return rest;
	}

	boolean begun() {
		return this.state.get() == State.PASSING;
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

	private enum State {

		HOLDING, PASSING, EXPIRED

	}

}
