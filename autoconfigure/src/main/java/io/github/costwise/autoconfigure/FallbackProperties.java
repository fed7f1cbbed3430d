package io.github.costwise.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.fallback.HealthSettings;
import io.github.costwise.fallback.SpikeSettings;

/**
 * Settings of fallback that hold for all policies.
 *
 * @param providerRetries Number of times that the client of a provider repeats a failed
 * request before another target is asked. Applies to chat models that Spring AI
 * configures, except where their own property is set. Without it, clients keep their own
 * number: 3 for OpenAI, 2 for Anthropic, 10 for others.
 * @param health When the circuit of a target opens
 * @param spike When the share of turns that fell back is published as an event
 * @param deadlineThreads Most threads that make blocking calls with a deadline
 * @since 0.1.0
 */
@ConfigurationProperties(FallbackProperties.PREFIX)
public record FallbackProperties(@Nullable Integer providerRetries, @DefaultValue Health health,
		@DefaultValue Spike spike, @DefaultValue("64") int deadlineThreads) {

	static final String PREFIX = CostwiseProperties.PREFIX + ".fallback";

	/** Refuses what no worker could do. */
	public FallbackProperties {
		if (deadlineThreads < 1) {
			throw unusable(".deadline-threads", new IllegalArgumentException("at least one thread is needed"));
		}
	}

	/**
	 * Returns how often clients may repeat a failed request.
	 * @return the number of times, 0 or more, or {@code null} when nothing is said
	 * @throws CostwiseConfigurationException if the number is negative
	 */
	public @Nullable Integer allowedRetries() {
		if (this.providerRetries != null && this.providerRetries < 0) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.fallback.provider-retries' is " + this.providerRetries + ".",
					"Set it to the number of times that clients may repeat a failed request, or to 0 so that they "
							+ "leave that to the fallback.");
		}
		return this.providerRetries;
	}

	private static CostwiseConfigurationException unusable(String name, IllegalArgumentException cause) {
		return new CostwiseConfigurationException("'" + PREFIX + name + "' is not usable: " + cause.getMessage() + ".",
				"Give shares above 0 and up to 1, counts of at least 1, and times above zero.", cause);
	}

	/**
	 * When the circuit of a target opens.
	 *
	 * @param failureRate Share of failed calls from which on the circuit of a target
	 * opens
	 * @param minimumCalls How many calls must be known before the share counts
	 * @param window Over how many of the latest calls the share is taken
	 * @param cooldown How long the circuit of a target stays open before it is tried
	 * again
	 * @param halfOpenCalls How many calls try it then
	 * @param longestWait Longest wait a provider may ask for before the circuit of the
	 * target opens until the wait is over
	 */
	public record Health(@DefaultValue("0.5") double failureRate, @DefaultValue("5") int minimumCalls,
			@DefaultValue("20") int window, @DefaultValue("30s") Duration cooldown,
			@DefaultValue("2") int halfOpenCalls, @DefaultValue("2s") Duration longestWait) {

		HealthSettings toSettings() {
			try {
				return new HealthSettings(this.failureRate, this.minimumCalls, this.window, this.cooldown,
						this.halfOpenCalls, this.longestWait);
			}
			catch (IllegalArgumentException ex) {
				throw unusable(".health", ex);
			}
		}

	}

	/**
	 * When the share of turns that fell back is a spike.
	 *
	 * @param share Above which share
	 * @param minimumTurns How many turns must be known before the share counts
	 * @param window Over how long
	 */
	public record Spike(@DefaultValue("0.2") double share, @DefaultValue("20") int minimumTurns,
			@DefaultValue("10m") Duration window) {

		SpikeSettings toSettings() {
			try {
				return new SpikeSettings(this.share, this.minimumTurns, this.window);
			}
			catch (IllegalArgumentException ex) {
				throw unusable(".spike", ex);
			}
		}

	}

}
