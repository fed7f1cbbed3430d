package io.github.costwise.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.CacheMetadata;
import io.github.costwise.answer.AnswerReplay;
import io.github.costwise.answer.OtherMode;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.RecordedAnswer;

/**
 * Makes responses of hits: as the model answered, without usage, and with metadata that
 * say where the answer comes from.
 */
final class Replays {

	private Replays() {
	}

	static ChatClientResponse whole(ChatClientRequest request, CacheHit hit) {
		return response(request, responses(hit, AnswerMode.CALL).get(0));
	}

	/** The answer in chunks, at once. */
	static Flux<ChatClientResponse> chunks(ChatClientRequest request, CacheHit hit) {
		return Flux.fromIterable(responses(hit, AnswerMode.STREAM)).map((response) -> response(request, response));
	}

	private static List<ChatResponse> responses(CacheHit hit, AnswerMode mode) {
		RecordedAnswer answer = OtherMode.of(hit.answer().given(), mode);
		if (answer == null) {
			throw new IllegalStateException("The answer cannot be given in the mode " + mode);
		}
		return AnswerReplay.responses(answer, metadata(hit));
	}

	private static Map<String, Object> metadata(CacheHit hit) {
		return Map.of(CacheMetadata.HIT, hit.id(), CacheMetadata.KIND, hit.kind().name(), CacheMetadata.ENTRY,
				hit.entryId(), CacheMetadata.SIMILARITY, hit.similarity(), CacheMetadata.PROBABILITY, hit.probability(),
				CacheMetadata.AGE, hit.age(), CacheMetadata.STALE, hit.stale(), CacheMetadata.SAVED_NANO_USD,
				hit.saved().nanos());
	}

	private static ChatClientResponse response(ChatClientRequest request, ChatResponse response) {
		Map<String, Object> context = new HashMap<>(request.context());
		return new ChatClientResponse(response, context);
	}

}
