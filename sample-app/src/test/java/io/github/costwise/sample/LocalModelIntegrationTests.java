package io.github.costwise.sample;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with a real model, whose server reports usage for calls but not for streams.
 */
@RequiresRealPart(RealPart.LLM)
@ActiveProfiles("local")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LocalModelIntegrationTests {

	@LocalServerPort
	private int port;

	private SampleClient sample;

	@DynamicPropertySource
	static void useTheServer(DynamicPropertyRegistry properties) {
		properties.add("COSTWISE_LOCAL_URL", () -> RealParts.llm().baseUrl());
		properties.add("COSTWISE_LOCAL_MODEL", () -> RealParts.llm().name());
		properties.add("spring.ai.openai.chat.max-tokens", () -> 32);
	}

	@BeforeEach
	void useTenantOfItsOwn(TestInfo test) {
		this.sample = new SampleClient(this.port, test.getTestMethod().orElseThrow().getName());
	}

	@Test
	void aCallIsAccountedFromItsReportedUsage() {
		JsonNode answer = this.sample.ask("summaries", "My lamp flickers. What can I do?");
		assertThat(answer.path("summary").asString()).isNotBlank();
		JsonNode call = this.sample.newestEvent().path("calls").path(0);
		assertThat(call.path("usage").path("source").asString()).isEqualTo("REPORTED");
		assertThat(call.path("usage").path("inputTokens").asLong()).isPositive();
		assertThat(call.path("usage").path("outputTokens").asLong()).isBetween(1L, 32L);
		assertThat(call.path("price").path("state").asString()).isEqualTo("UNKNOWN");
	}

	@Test
	void aStreamIsAccountedByEstimate() {
		assertThat(this.sample.chat("My lamp flickers. What can I do?")).isNotBlank().doesNotContain("did not answer");
		JsonNode call = this.sample.newestEvent().path("calls").path(0);
		assertThat(call.path("streamed").asBoolean()).isTrue();
		assertThat(call.path("usage").path("source").asString()).isEqualTo("ESTIMATED");
		assertThat(call.path("usage").path("inputTokens").asLong()).isGreaterThan(1000);
		assertThat(call.path("usage").path("outputTokens").asLong()).isBetween(1L, 64L);
	}

}
