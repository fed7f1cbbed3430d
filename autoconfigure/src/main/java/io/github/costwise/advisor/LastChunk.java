package io.github.costwise.advisor;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/**
 * Changes the last chunk of a stream when it is known that it is the last. One that looks
 * like it waits for the next signal; where none does, a chunk without generations is
 * added. All others are passed on at once. Belongs to one subscriber.
 */
final class LastChunk {

	private final UnaryOperator<ChatClientResponse> change;

	private @Nullable ChatClientResponse waiting;

	private @Nullable ChatClientResponse passed;

	private LastChunk(UnaryOperator<ChatClientResponse> change) {
		this.change = change;
	}

	static Flux<ChatClientResponse> change(Flux<ChatClientResponse> chunks, UnaryOperator<ChatClientResponse> change) {
		LastChunk last = new LastChunk(change);
		return chunks.<ChatClientResponse>handle(last::take)
			.onErrorResume(last::failed)
			.concatWith(Mono.fromSupplier(last::last));
	}

	/** What waits was answered before the failure. */
	private Flux<ChatClientResponse> failed(Throwable error) {
		Flux<ChatClientResponse> failure = Flux.error(error);
		ChatClientResponse chunk = this.waiting;
		return (chunk != null) ? failure.startWith(chunk) : failure;
	}

	private void take(ChatClientResponse chunk, SynchronousSink<ChatClientResponse> sink) {
		ChatClientResponse before = this.waiting;
		if (before != null) {
			this.waiting = chunk;
			sink.next(before);
		}
		else if (mayBeLast(chunk.chatResponse())) {
			this.waiting = chunk;
		}
		else {
			this.passed = chunk;
			sink.next(chunk);
		}
	}

	/** Usage that stands before any content is that of a prompt. */
	private boolean mayBeLast(@Nullable ChatResponse chunk) {
		if (chunk == null) {
			return false;
		}
		Generation generation = chunk.getResult();
		if (generation == null) {
			return this.passed != null && isUsed(chunk.getMetadata().getUsage());
		}
		return StringUtils.hasText(generation.getMetadata().getFinishReason());
	}

	/** Usage of an application's own may have no numbers. */
	private static boolean isUsed(@Nullable Usage usage) {
		@Nullable Integer total = (usage != null) ? usage.getTotalTokens() : null;
		return total != null && total > 0;
	}

	private ChatClientResponse last() {
		ChatClientResponse chunk = this.waiting;
		return this.change.apply((chunk != null) ? chunk : TurnMetadata.lastOf(this.passed));
	}

}
