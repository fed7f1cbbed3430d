package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.costwise.time.Ticker;

/**
 * Holds back the chunks of a stream that are not to be passed on yet. Belongs to one
 * attempt, whose signals come one after another.
 */
final class HeldChunks {

	private final List<ChatClientResponse> held = new ArrayList<>(2);

	private final AttemptProgress progress;

	private final Ticker ticker;

	HeldChunks(AttemptProgress progress, Ticker ticker) {
		this.progress = progress;
		this.ticker = ticker;
	}

	List<ChatClientResponse> pass(ChatClientResponse chunk) {
		return switch (this.progress.see(ChunkKind.of(chunk.chatResponse()), this.ticker.read())) {
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
