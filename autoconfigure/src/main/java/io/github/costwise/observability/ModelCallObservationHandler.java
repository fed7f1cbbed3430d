package io.github.costwise.observability;

import java.time.Duration;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.model.observation.ModelObservationContext;

import io.github.costwise.CostScope;
import io.github.costwise.accounting.usage.AskedClass;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.pipeline.AskedTerms;
import io.github.costwise.pipeline.Attempt;
import io.github.costwise.pipeline.UnmanagedCalls;
import io.github.costwise.time.Ticker;

/**
 * Accounts for model calls that do not pass the advisors. A call is known to pass them by
 * its thread: the call advisor marks the thread that sends a request, or subscribes to
 * its stream, and every client starts its observation there. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelCallObservationHandler implements ObservationHandler<ModelObservationContext<?, ?>> {

	private final Supplier<UnmanagedCalls> calls;

	private final Supplier<Providers> providers;

	private final Supplier<Ticker> ticker;

	private final Faults faults;

	/**
	 * Creates the handler.
	 * @param calls accounts for what was seen; asked at the first call, since handlers
	 * are made before other beans
	 * @param providers finds the billing provider; asked likewise
	 * @param ticker times the calls; asked likewise
	 * @param faults counts what goes wrong
	 */
	public ModelCallObservationHandler(Supplier<UnmanagedCalls> calls, Supplier<Providers> providers,
			Supplier<Ticker> ticker, Faults faults) {
		this.calls = calls;
		this.providers = providers;
		this.ticker = ticker;
		this.faults = faults;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ChatModelObservationContext || context instanceof EmbeddingModelObservationContext;
	}

	@Override
	public void onStart(ModelObservationContext<?, ?> context) {
		boolean managed = context instanceof ChatModelObservationContext && Attempt.current() != null;
		if (!managed) {
			context.put(CallStart.class, new CallStart(this.ticker.get().read(), CostScope.current()));
		}
	}

	@Override
	public void onStop(ModelObservationContext<?, ?> context) {
		CallStart start = context.get(CallStart.class);
		if (start != null) {
			this.faults.guard(Faults.Kind.USAGE, () -> this.calls.get().account(seen(context, start)));
		}
	}

	private UnmanagedCalls.Seen seen(ModelObservationContext<?, ?> context, CallStart start) {
		Duration latency = Duration.ofNanos(this.ticker.get().read() - start.nanos());
		return (context instanceof ChatModelObservationContext chat) ? chat(chat, latency, start.scope())
				: embedding((EmbeddingModelObservationContext) context, latency, start.scope());
	}

	private UnmanagedCalls.Seen chat(ChatModelObservationContext context, Duration latency, @Nullable CostScope scope) {
		ChatOptions options = context.getRequest().getOptions();
		String requested = orUnknown((options != null) ? options.getModel() : null);
		ChatResponseMetadata answer = (context.getResponse() != null) ? context.getResponse().getMetadata() : null;
		return new UnmanagedCalls.Seen(Operation.CHAT,
				(options != null) ? this.providers.get().of(options) : provider(context), requested,
				answered((answer != null) ? answer.getModel() : null, requested),
				(answer != null) ? answer.getUsage() : null, latency, context.isStreaming(), context.getError(), scope,
				terms(options));
	}

	private AskedTerms terms(@Nullable ChatOptions options) {
		return (options == null) ? AskedTerms.NONE
				: new AskedTerms(AskedClass.tier(options),
						AskedClass.isRegional(options) || this.providers.get().isRegional(options, null),
						AskedClass.isSearching(options), false);
	}

	private UnmanagedCalls.Seen embedding(EmbeddingModelObservationContext context, Duration latency,
			@Nullable CostScope scope) {
		EmbeddingOptions options = context.getRequest().getOptions();
		String requested = orUnknown((options != null) ? options.getModel() : null);
		EmbeddingResponseMetadata answer = (context.getResponse() != null) ? context.getResponse().getMetadata() : null;
		Providers known = this.providers.get();
		return new UnmanagedCalls.Seen(Operation.EMBEDDING,
				known.ofClient(options, context.getOperationMetadata().provider()), requested,
				answered((answer != null) ? answer.getModel() : null, requested),
				(answer != null) ? answer.getUsage() : null, latency, false, context.getError(), scope,
				new AskedTerms(null, known.isRegional(options, null), false, false));
	}

	private String provider(ModelObservationContext<?, ?> context) {
		return this.providers.get().ofSystem(context.getOperationMetadata().provider());
	}

	private static String answered(@Nullable String model, String requested) {
		return (model != null && !model.isEmpty()) ? model : requested;
	}

	private static String orUnknown(@Nullable String model) {
		return (model != null) ? model : "unknown";
	}

	private record CallStart(long nanos, @Nullable CostScope scope) {

	}

}
