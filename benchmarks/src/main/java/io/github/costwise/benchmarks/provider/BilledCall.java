package io.github.costwise.benchmarks.provider;

import java.util.List;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import io.github.costwise.testsupport.Answer;

/**
 * One call as the provider will answer it: the tries, of which all but the last fail, and
 * what the last one comes to. Every call has a model name of its own, which is both the
 * key of its price and the mark by which it is found again.
 *
 * @param model the model that answers
 * @param rates the prices of that model
 * @param used what the answer uses
 * @param extras what else is billed
 * @param ending what comes of it
 * @param tries the answers, in order
 * @param gate holds the chunks of the last try back, or {@code null}
 * @since 0.1.0
 */
public record BilledCall(String model, ProviderRates rates, BilledTokens used, Extras extras, BilledEnding ending,
		List<Answer> tries, @Nullable Semaphore gate) {

	public BilledCall {
		tries = List.copyOf(tries);
	}

	/**
	 * Returns the model of a further round, where that is another one.
	 * @return a name of its own
	 */
	public String otherModel() {
		return this.model + "-advisor";
	}

	/** What comes of a call. */
	public enum BilledEnding {

		/** The whole answer is sent, with its usage. */
		REPORTED,

		/** The whole answer is sent, without a usage. */
		UNREPORTED,

		/** A part of the answer is sent; what it used is billed but not reported. */
		BROKEN_OFF,

		/** No answer is sent and nothing is billed. */
		REFUSED

	}

}
