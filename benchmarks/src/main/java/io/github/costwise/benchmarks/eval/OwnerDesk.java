package io.github.costwise.benchmarks.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;

import io.github.costwise.CostOptimized;

/**
 * An application's service that asks in every mode. Not thread-safe.
 */
class OwnerDesk {

	private final Map<String, ChatClientRequestSpec> kept = new HashMap<>();

	private final ChatClient client;

	OwnerDesk(ChatClient client) {
		this.client = client;
	}

	/**
	 * Asks for the tenant that an expression names.
	 * @param tenant names it, or fails
	 * @param mode how to ask
	 * @param question what to ask
	 * @return the answer
	 */
	@CostOptimized(feature = "owners", tenant = "#p0.get()")
	public Flux<String> annotated(Supplier<@Nullable String> tenant, AskMode mode, String question) {
		return plain(mode, question);
	}

	/**
	 * Asks outside any scope.
	 * @param mode how to ask
	 * @param question what to ask
	 * @return the answer
	 */
	public Flux<String> plain(AskMode mode, String question) {
		return switch (mode) {
			case CALL -> Flux.just(String.valueOf(this.client.prompt(question).call().content()));
			case STREAM -> this.client.prompt(question).stream().content();
			case STREAM_INSIDE -> Flux.just(join(this.client.prompt(question).stream().content()));
			case KEPT_CALL -> Flux.just(String.valueOf(kept(question).call().content()));
			case KEPT_STREAM -> kept(question).stream().content();
		};
	}

	private ChatClientRequestSpec kept(String question) {
		return this.kept.computeIfAbsent(question, this.client::prompt);
	}

	static String join(Flux<String> chunks) {
		List<String> all = chunks.collectList().block();
		return String.join("", (all != null) ? all : List.of());
	}

	/** How a model is asked. */
	enum AskMode {

		CALL, STREAM, STREAM_INSIDE, KEPT_CALL, KEPT_STREAM

	}

}
