package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;

import io.github.costwise.CostOptimized;
import io.github.costwise.CostScope;

/** An application that asks in each form that tests of owners tell apart. */
class OwnerDesk {

	private final Map<String, ChatClientRequestSpec> kept = new ConcurrentHashMap<>();

	private final ChatClient client;

	OwnerDesk(ChatClient.Builder builder) {
		this.client = builder.build();
	}

	@CostOptimized(feature = "desk", tenant = "#who.name()")
	public Answered expression(Who who, Form form, String question) {
		return plain(form, question);
	}

	@CostOptimized(feature = "desk", tenant = "#who.name()")
	public Flux<String> expressionFlux(Who who, String question) {
		return this.client.prompt(question).stream().content();
	}

	@CostOptimized(feature = "desk")
	public Answered annotated(Form form, String question) {
		return plain(form, question);
	}

	@CostOptimized(feature = "desk")
	public Flux<String> annotatedFlux(String question) {
		return this.client.prompt(question).stream().content();
	}

	Answered scoped(CostScope.Builder scope, Form form, String question) {
		return scope.build().get(() -> plain(form, question));
	}

	Answered plain(Form form, String question) {
		return switch (form) {
			case CALL -> new Answered(this.client.prompt(question).call().content(), null);
			case STREAM_BLOCKED_INSIDE -> new Answered(join(this.client.prompt(question).stream().content()), null);
			case RETURNED_FLUX -> new Answered(null, this.client.prompt(question).stream().content());
			case KEPT_CALL -> new Answered(kept(question).call().content(), null);
			case KEPT_STREAM -> new Answered(null, kept(question).stream().content());
		};
	}

	private ChatClientRequestSpec kept(String question) {
		return this.kept.computeIfAbsent(question, this.client::prompt);
	}

	static String join(Flux<String> chunks) {
		List<String> all = chunks.collectList().block();
		return String.join("", (all != null) ? all : List.of());
	}

	/** Names a tenant, or fails to. */
	@FunctionalInterface
	public interface Who {

		@Nullable String name();

	}

	/** How a model is asked. */
	public enum Form {

		CALL, STREAM_BLOCKED_INSIDE, RETURNED_FLUX, KEPT_CALL, KEPT_STREAM

	}

	/** An answer, or one that is yet to be asked for. */
	public record Answered(@Nullable String text, @Nullable Flux<String> chunks) {

		/** The text; what streams is read on a thread that knows nothing. */
		String get() {
			if (this.chunks == null) {
				return String.valueOf(this.text);
			}
			ExecutorService elsewhere = Executors.newSingleThreadExecutor();
			try {
				return elsewhere.submit(() -> join(this.chunks)).get();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				elsewhere.shutdown();
			}
		}

	}

}
