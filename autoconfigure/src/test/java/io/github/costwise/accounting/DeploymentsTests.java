package io.github.costwise.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.actuate.Records;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Deployment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deployments}.
 */
@Tag("unit")
class DeploymentsTests {

	private static final Attribution NOBODY = new Attribution(null, null, null, Map.of());

	private final Deployments deployments = new Deployments();

	@Test
	void sumsUpCalls() {
		this.deployments.onCall(call("gpt-5", CallRecord.Outcome.SUCCEEDED));
		this.deployments.onCall(call("gpt-5-mini", CallRecord.Outcome.TIMED_OUT));
		this.deployments.onCall(call("gpt-5", CallRecord.Outcome.FAILED));
		this.deployments.onCall(call("gpt-5", CallRecord.Outcome.CANCELLED));
		assertThat(this.deployments.recent()).containsExactly(
				new Deployments.DeploymentSums(new Deployment("v2", "openai", "gpt-5", null), 3, 1,
						Money.ofNanos(3_000_000), Duration.ofMillis(420)),
				new Deployments.DeploymentSums(new Deployment("v2", "openai", "gpt-5-mini", null), 1, 1,
						Money.ofNanos(1_000_000), Duration.ofMillis(420)));
	}

	@Test
	void keepsThoseThatWereCalledLast() {
		this.deployments.onCall(call("first", CallRecord.Outcome.SUCCEEDED));
		this.deployments.onCall(call("second", CallRecord.Outcome.SUCCEEDED));
		for (int i = 2; i < Deployments.MOST; i++) {
			this.deployments.onCall(call("m" + i, CallRecord.Outcome.SUCCEEDED));
		}
		this.deployments.onCall(call("first", CallRecord.Outcome.SUCCEEDED));
		this.deployments.onCall(call("new", CallRecord.Outcome.SUCCEEDED));
		assertThat(this.deployments.recent()).hasSize(Deployments.MOST)
			.extracting((entry) -> entry.deployment().model())
			.startsWith("new", "first")
			.doesNotContain("second");
	}

	private static CallRecord call(String model, CallRecord.Outcome outcome) {
		return Records.call("1", NOBODY, Instant.EPOCH, model, outcome);
	}

}
