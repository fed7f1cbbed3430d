package io.github.costwise.observability;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.Operation;

/**
 * The client metrics of OpenTelemetry's semantic conventions for generative AI that
 * nothing else in a Spring AI application records:
 * {@code gen_ai.client.operation.duration} and, for streams,
 * {@code gen_ai.client.operation.time_to_first_chunk}. Token usage stays with Spring AI,
 * which records {@code gen_ai.client.token.usage} itself; conventions for cost are a
 * proposal only. Thread-safe.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/">conventions</a>
 */
final class OpenTelemetryMeters {

	private static final Map<String, String> PROVIDERS = Map.of("bedrock", "aws.bedrock", "azure", "azure.ai.openai",
			"google", "gcp.gemini", "mistral", "mistral_ai", "xai", "x_ai");

	/** 10 ms, doubled up to 81.92 s, as the conventions advise. */
	private static final Duration[] BUCKETS = IntStream.range(0, 14)
		.mapToObj((power) -> Duration.ofMillis(10L << power))
		.toArray(Duration[]::new);

	private final TagTree<Meters> meters = new TagTree<>();

	private final MeterRegistry registry;

	private final SeriesBudget budget;

	private final Meters others;

	private final TagValues providers;

	private final TagValues requested;

	private final TagValues answered;

	private final TagValues errors;

	OpenTelemetryMeters(MeterRegistry registry, MeterSettings settings, SeriesBudget budget) {
		this.registry = registry;
		this.budget = budget;
		String other = TagValues.OTHER;
		this.others = new Meters(tags(other, other, other, other, other));
		this.providers = new TagValues(settings.maxTagValues(), "unknown");
		this.requested = new TagValues(settings.maxTagValues(), "unknown");
		this.answered = new TagValues(settings.maxTagValues(), "unknown");
		this.errors = new TagValues(settings.maxTagValues(), "none");
	}

	void record(CallRecord call) {
		Meters found = meters(call);
		found.duration().record(call.timing().latency());
		Duration first = call.timing().timeToFirstToken();
		if (first != null) {
			found.firstChunk().record(first);
		}
	}

	private Meters meters(CallRecord call) {
		CallTarget target = call.target();
		String provider = this.providers.of(PROVIDERS.getOrDefault(target.provider(), target.provider()));
		String operation = (target.operation() == Operation.EMBEDDING) ? "embeddings" : "chat";
		String request = this.requested.of(target.requestedModel());
		String response = this.answered.of(target.answeredModel());
		String error = this.errors.of(call.ending().errorType());
		return this.meters.get(() -> new Meters(tags(provider, operation, request, response, error)), this.budget,
				this.others, provider, operation, request, response, error);
	}

	private static Tags tags(String provider, String operation, String request, String response, String error) {
		return Tags.of("gen_ai.provider.name", provider, "gen_ai.operation.name", operation, "gen_ai.request.model",
				request, "gen_ai.response.model", response, "error.type", error);
	}

	/**
	 * The timers of calls that share their tags, each registered when it is first used.
	 */
	private final class Meters {

		private final Tags tags;

		private @Nullable Timer duration;

		private @Nullable Timer firstChunk;

		private Meters(Tags tags) {
			this.tags = tags;
		}

		synchronized Timer duration() {
			Timer timer = this.duration;
			if (timer == null) {
				timer = timer(this, Meters::duration, "gen_ai.client.operation.duration", "GenAI operation duration");
				this.duration = timer;
			}
			return timer;
		}

		synchronized Timer firstChunk() {
			Timer timer = this.firstChunk;
			if (timer == null) {
				timer = timer(this, Meters::firstChunk, "gen_ai.client.operation.time_to_first_chunk",
						"Time to receive the first chunk");
				this.firstChunk = timer;
			}
			return timer;
		}

	}

	private Timer timer(Meters meters, Function<Meters, Timer> same, String name, String description) {
		if (meters != this.others && !this.budget.take(BUCKETS.length + 4)) {
			return same.apply(this.others);
		}
		return Timer.builder(name)
			.description(description)
			.serviceLevelObjectives(BUCKETS)
			.tags(meters.tags)
			.register(this.registry);
	}

}
