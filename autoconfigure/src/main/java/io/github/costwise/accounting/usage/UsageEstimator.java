package io.github.costwise.accounting.usage;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.CallRecord.UsageSource;
import io.github.costwise.accounting.UsageNormalizer.NormalizedUsage;
import io.github.costwise.pricing.TokenUsage;

/**
 * Counts the usage of a call whose provider reported none: a stream that was cancelled,
 * or a server that never tells. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UsageEstimator {

	private static final String ASSUMPTION = "counted from what was sent and received: "
			+ "cached tokens at the full rate, reasoning that was not received left out";

	private final TokenCounter counter;

	private final Calibration calibration = new Calibration();

	/**
	 * Creates an estimator.
	 * @param counter counts the texts
	 */
	public UsageEstimator(TokenCounter counter) {
		this.counter = counter;
	}

	/**
	 * Estimates the usage of a call.
	 * @param prompt what was sent
	 * @param received the text that arrived, reasoning and tool calls included, possibly
	 * empty
	 * @param provider who sends the bill
	 * @param model the model that answered, or the one asked for
	 * @return the usage, with the source {@code ESTIMATED}
	 */
	public NormalizedUsage estimate(Prompt prompt, CharSequence received, String provider, String model) {
		long input = estimateInput(prompt, provider, model);
		long output = received.isEmpty() ? 0
				: this.calibration.apply(key(provider, model), this.counter.count(received.toString(), model));
		return new NormalizedUsage(TokenUsage.of(input, output), UsageSource.ESTIMATED, null, ASSUMPTION, null);
	}

	/**
	 * Estimates the prompt tokens of a request, before or after it is sent.
	 * @param prompt the request
	 * @param provider who will send the bill
	 * @param model the model asked for
	 * @return tokens, zero or more
	 */
	public long estimateInput(Prompt prompt, String provider, String model) {
		return this.calibration.apply(key(provider, model), this.counter.count(prompt, model));
	}

	/**
	 * Learns how a model counts from a call where both counts are known. Counts under 50
	 * tokens teach nothing, and at most 256 models are kept.
	 * @param provider who sends the bill
	 * @param model the model that answered
	 * @param counted what {@link TokenCounter} counted for the request
	 * @param reported the prompt tokens that the provider reported, cached ones included
	 */
	public void observe(String provider, String model, long counted, long reported) {
		this.calibration.observe(key(provider, model), counted, reported);
	}

	private static String key(String provider, String model) {
		return provider + '/' + model;
	}

}
