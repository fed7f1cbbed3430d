package io.github.costwise.benchmarks.eval;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.CacheMetadata;
import io.github.costwise.CostScope;
import io.github.costwise.benchmarks.eval.cache.SupportRequests;
import io.github.costwise.cache.response.ResponseCache;

/**
 * Whole calls of a managed ChatClient that the exact tier answers, in the shipped
 * auto-configuration with its store in process. Not thread-safe.
 */
final class WholeHits implements AutoCloseable {

	private static final String CLIENT = "support";

	private static final String POLICY = "default";

	private static final int CONVERSATIONS = 200;

	private static final long PATIENCE_NANOS = 60_000_000_000L;

	private final CostScope scope = CostScope.builder().feature("support").tenant("acme").user("ada").build();

	private final ManagedContext context;

	private final ChatClient client;

	private final ChatClient bare = ChatClient.create(new ScriptedModel());

	private int next;

	WholeHits() {
		this.context = ManagedContext.start(properties(),
				(beans) -> ManagedContext.addClient(beans, CLIENT, ScriptedModel::new));
		this.client = this.context.client(CLIENT);
		for (int i = 0; i < CONVERSATIONS; i++) {
			ask();
		}
		awaitStored(this.context.bean(ResponseCache.class));
	}

	static Map<String, Object> properties() {
		Map<String, Object> properties = new HashMap<>();
		properties.put("costwise.policies.default.cache.mode", "enforce");
		properties.put("costwise.policies.default.cache.allowed-tools", "*");
		return properties;
	}

	private static void awaitStored(ResponseCache cache) {
		long begun = System.nanoTime();
		while (cache.statistics().policy(POLICY).storedAnswers() < CONVERSATIONS) {
			if (System.nanoTime() - begun > PATIENCE_NANOS) {
				throw new IllegalStateException("Not every answer was stored");
			}
			Thread.onSpinWait();
		}
	}

	private @Nullable ChatResponse ask() {
		return this.scope.get(() -> ask(this.client));
	}

	private @Nullable ChatResponse ask(ChatClient asked) {
		int number = this.next;
		this.next = (number + 1) % CONVERSATIONS;
		return asked.prompt()
			.system(SupportRequests.SYSTEM)
			.messages(SupportRequests.history(number))
			.user(SupportRequests.question(number))
			.options(SupportRequests.options().mutate())
			.call()
			.chatResponse();
	}

	/**
	 * Asks a client that nobody manages, whose model answers from memory.
	 * @return the answer
	 */
	@Nullable ChatResponse bare() {
		return ask(this.bare);
	}

	/**
	 * Asks once more what was asked before.
	 * @return the answer
	 * @throws IllegalStateException if the model was asked
	 */
	ChatResponse hit() {
		ChatResponse response = ask();
		if (response == null || !"EXACT".equals(response.getMetadata().get(CacheMetadata.KIND))) {
			throw new IllegalStateException("The exact tier does not answer");
		}
		return response;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
