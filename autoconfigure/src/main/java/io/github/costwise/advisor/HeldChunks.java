package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.client.ChatClientResponse;

/**
 * Holds back the chunks of a stream that are not to be passed on yet. Belongs to one
 * attempt, whose signals come one after another.
 */
final class HeldChunks {

	private final List<ChatClientResponse> held = new ArrayList<>(2);

	private final AttemptProgress progress;

	HeldChunks(AttemptProgress progress) {
		this.progress = progress;
	}

	List<ChatClientResponse> pass(ChatClientResponse chunk) {
		return switch (this.progress.see(ChunkKind.of(chunk.chatResponse()), System.nanoTime())) {
			case PASS -> List.of(chunk);
			case HOLD -> {
				this.held.add(chunk);
				yield List.of();
			}
			case PASS_ALL -> {
				this.held.add(chunk);
				yield rest();
			}
		};
	}

	/** What is still held when the stream ends. */
	List<ChatClientResponse> rest() {
		List<ChatClientResponse> rest = List.copyOf(this.held);
		this.held.clear();
		return rest;
	}

	AttemptProgress progress() {
		return this.progress;
	}

}
