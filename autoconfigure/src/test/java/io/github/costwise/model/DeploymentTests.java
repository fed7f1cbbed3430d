package io.github.costwise.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.accounting.TestCalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deployment}.
 */
@Tag("unit")
class DeploymentTests {

	@Test
	void idIsTheSameInEveryProcess() {
		assertThat(new Deployment("v2", "openai", "gpt-5-mini", "r1a2b3c4d").id()).isEqualTo("d841aa19a");
		assertThat(new Deployment(null, "openai", "gpt-5-mini", null).id()).isEqualTo("de1c5621c");
	}

	@Test
	void everyPartCounts() {
		List<Deployment> deployments = new ArrayList<>();
		for (String prompt : new String[] { null, "", "v1", "v2" }) {
			for (String model : new String[] { "gpt-5", "gpt-5-mini" }) {
				for (String routing : new String[] { null, "", "v1", "rffffffff" }) {
					deployments.add(new Deployment(prompt, "openai", model, routing));
					deployments.add(new Deployment(prompt, "azure", model, routing));
				}
			}
		}
		deployments.add(new Deployment("v", "openai", "gpt-5", "1:x"));
		deployments.add(new Deployment("v", "openai", "gpt-51:x", ""));
		Set<String> ids = new HashSet<>(deployments.stream().map(Deployment::id).toList());
		assertThat(ids).hasSameSizeAs(deployments).allMatch((id) -> id.matches("d[0-9a-f]{8}"));
	}

	@Test
	void halvesOfSurrogatePairsCount() {
		List<Deployment> deployments = new ArrayList<>();
		for (String half : new String[] { "\uD83D", "\uDE00", "\uD83E", "?", "\uFFFD" }) {
			deployments.add(new Deployment(half, "openai", "gpt-5", null));
			deployments.add(new Deployment(null, half, "gpt-5", null));
			deployments.add(new Deployment(null, "openai", half, null));
			deployments.add(new Deployment(null, "openai", "gpt-5", half));
		}
		assertThat(deployments.stream().map(Deployment::id)).doesNotHaveDuplicates();
	}

	@Test
	void callsKnowTheirs() {
		CallRecord call = TestCalls.call("answers", "gpt-5-mini", "acme", Instant.EPOCH);
		assertThat(call.deployment()).isEqualTo("de1c5621c");
	}

}
