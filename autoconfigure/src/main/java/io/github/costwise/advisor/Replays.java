package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.cache.CachedAnswer.Part;
import io.github.costwise.cache.response.CacheHit;

/**
 * Makes responses of hits: as the model would have answered, without usage, and with
 * metadata that say where the answer comes from.
 */
final class Replays {

	private static final int CHUNK = 80;

	private Replays() {
	}

	static ChatClientResponse whole(ChatClientRequest request, CacheHit hit) {
		List<Generation> generations = hit.answer().parts().stream().map(Replays::generation).toList();
		return response(request, new ChatResponse(generations, metadata(hit)));
	}

	/**
	 * The answer in pieces of some words, at once. An answer of several generations comes
	 * in one piece.
	 */
	static Flux<ChatClientResponse> chunks(ChatClientRequest request, CacheHit hit) {
		if (hit.answer().parts().size() > 1) {
			return Flux.just(whole(request, hit));
		}
		Part part = hit.answer().parts().get(0);
		ChatResponseMetadata metadata = metadata(hit);
		List<ChatClientResponse> responses = new ArrayList<>();
		for (int from = 0; from < part.text().length();) {
			int to = end(part.text(), from);
			Part piece = new Part(part.text().substring(from, to),
					(to == part.text().length()) ? part.finishReason() : null);
			responses.add(response(request, new ChatResponse(List.of(generation(piece)), metadata)));
			from = to;
		}
		return Flux.fromIterable(responses);
	}

	/** Pieces end after a space, so that no word and no surrogate pair is cut. */
	private static int end(String text, int from) {
		int to = Math.min(text.length(), from + CHUNK);
		while (to < text.length() && text.charAt(to - 1) != ' ' && text.charAt(to - 1) != '\n') {
			to++;
		}
		return to;
	}

	private static Generation generation(Part part) {
		ChatGenerationMetadata metadata = (part.finishReason() != null)
				? ChatGenerationMetadata.builder().finishReason(part.finishReason()).build()
				: ChatGenerationMetadata.NULL;
		return new Generation(new AssistantMessage(part.text()), metadata);
	}

	private static ChatResponseMetadata metadata(CacheHit hit) {
		return ChatResponseMetadata.builder()
			.id(hit.id())
			.model(hit.answer().model())
			.usage(new DefaultUsage(0, 0, 0))
			.keyValue(CacheMetadata.HIT, hit.id())
			.keyValue(CacheMetadata.KIND, hit.kind().name())
			.keyValue(CacheMetadata.ENTRY, hit.entryId())
			.keyValue(CacheMetadata.SIMILARITY, hit.similarity())
			.keyValue(CacheMetadata.PROBABILITY, hit.probability())
			.keyValue(CacheMetadata.AGE, hit.age())
			.keyValue(CacheMetadata.STALE, hit.stale())
			.keyValue(CacheMetadata.SAVED_NANO_USD, hit.saved().nanos())
			.build();
	}

	private static ChatClientResponse response(ChatClientRequest request, ChatResponse response) {
		Map<String, Object> context = new HashMap<>(request.context());
		return new ChatClientResponse(response, context);
	}

}
