package io.github.costwise.advisor;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import io.github.costwise.CostScope;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * A chat model of the application that does what it is notified, and sees what is around
 * it when it is asked.
 */
final class SeeingModel implements ChatModel {

	/** What a thread carries that asks. */
	static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

	/** Key of what a subscriber brings. */
	static final String KEY = "driver-test";

	/** Failures of which is known what they are. */
	static final FailureClassifier FAILURES = (error) -> (error instanceof Trouble trouble) ? trouble.failure : null;

	final List<Seen> seen = new CopyOnWriteArrayList<>();

	/** Is run when its options are read, as they are before it is asked. */
	volatile Runnable planning = () -> {
	};

	private final Deque<Flux<ChatResponse>> script = new ConcurrentLinkedDeque<>();

	private volatile ObservationRegistry registry = ObservationRegistry.NOOP;

	void observedBy(ObservationRegistry observations) {
		this.registry = observations;
	}

	/** Says what it does when it is asked the next times. */
	@SafeVarargs
	final void will(Flux<ChatResponse>... answers) {
		this.script.addAll(List.of(answers));
	}

	static Flux<ChatResponse> answers(String... chunks) {
		return Flux.fromArray(chunks).map((text) -> chunk(text, null)).concatWithValues(chunk("", "STOP"));
	}

	static Flux<ChatResponse> callsTool(String name) {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("id", "function", name, "{}")))
			.build();
		return Flux.just(new ChatResponse(
				List.of(new Generation(message, ChatGenerationMetadata.builder().finishReason("TOOL_CALLS").build()))));
	}

	static Flux<ChatResponse> isDown() {
		return Flux.error(() -> new Trouble(Failure.of(FailureKind.SERVER_ERROR)));
	}

	static Flux<ChatResponse> isBusy(Duration retryAfter) {
		return Flux.error(() -> new Trouble(new Failure(FailureKind.RATE_LIMITED, retryAfter, 429)));
	}

	static ChatResponse chunk(String text, @Nullable String finishReason) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text),
				ChatGenerationMetadata.builder().finishReason(finishReason).build())));
	}

	static ChatResponse thought(String text) {
		AssistantMessage message = AssistantMessage.builder()
			.content(text)
			.properties(Map.of("isThought", true))
			.build();
		return new ChatResponse(List.of(new Generation(message)));
	}

	private Flux<ChatResponse> next() {
		Flux<ChatResponse> next = this.script.poll();
		return (next != null) ? next : Flux.error(new IllegalStateException("Nothing is left to say"));
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		this.seen.add(seen(Context.of(KEY, "subscriber")));
		List<ChatResponse> chunks = next().collectList().block();
		String text = String.join("", chunks.stream().map((one) -> one.getResult().getOutput().getText()).toList());
		AssistantMessage message = AssistantMessage.builder()
			.content(text)
			.toolCalls(chunks.get(0).getResult().getOutput().getToolCalls())
			.build();
		return new ChatResponse(
				List.of(new Generation(message, chunks.get(chunks.size() - 1).getResult().getMetadata())));
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.deferContextual((context) -> {
			this.seen.add(seen(context));
			return next();
		});
	}

	@Override
	public ChatOptions getOptions() {
		this.planning.run();
		return ToolCallingChatOptions.builder().model("any").build();
	}

	private Seen seen(ContextView context) {
		CostScope scope = CostScope.current();
		ObservationView inContext = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		return new Seen((scope != null) ? scope.attribution().feature() : null, LOCAL.get(),
				context.getOrDefault(KEY, null), outermost(this.registry.getCurrentObservation()),
				outermost(inContext));
	}

	/** The name of the observation that began before all others. */
	static @Nullable String outermost(@Nullable ObservationView observation) {
		ObservationView outer = observation;
		while (outer != null && outer.getContextView().getParentObservation() != null) {
			outer = outer.getContextView().getParentObservation();
		}
		return (outer != null) ? outer.getContextView().getName() : null;
	}

	/**
	 * What was around a model when it was asked.
	 *
	 * @param feature feature of the scope
	 * @param local what the thread carries
	 * @param subscriber what the subscriber brought
	 * @param onThread the outermost observation of the thread
	 * @param inContext the outermost observation that the subscriber brought
	 */
	record Seen(@Nullable String feature, @Nullable String local, @Nullable String subscriber,
			@Nullable String onThread, @Nullable String inContext) {

	}

	/** A failure of which is known what it is. */
	static final class Trouble extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Failure failure;

		Trouble(Failure failure) {
			super(failure.kind().name());
			this.failure = failure;
		}

	}

}
