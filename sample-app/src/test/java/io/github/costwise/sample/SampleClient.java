package io.github.costwise.sample;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Talks to the sample for one tenant, as curl would. */
final class SampleClient {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final RestClient http;

	private final String tenant;

	private int asked;

	SampleClient(int port, String tenant) {
		JdkClientHttpRequestFactory patient = new JdkClientHttpRequestFactory();
		patient.setReadTimeout(PATIENCE.multipliedBy(2));
		this.http = RestClient.builder()
			.requestFactory(patient)
			.baseUrl("http://localhost:" + port)
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
		this.tenant = tenant;
	}

	JsonNode ask(String feature, String text) {
		ResponseEntity<JsonNode> response = post("/api/" + feature, inquiry(text));
		assertThat(response.getStatusCode().is2xxSuccessful()).as("%s", response).isTrue();
		return Objects.requireNonNull(response.getBody());
	}

	/** Returns the streamed text, and the failure at its end where there is one. */
	String chat(String text) {
		this.asked++;
		String events = Objects.requireNonNull(this.http.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.body(inquiry(text))
			.retrieve()
			.body(String.class));
		return events.lines()
			.filter((line) -> line.startsWith("data:"))
			.map((line) -> JsonMapper.shared().readTree(line.substring("data:".length())))
			.map((chunk) -> chunk.path("text").asString("") + chunk.path("failure").asString(""))
			.collect(Collectors.joining());
	}

	JsonNode markWrong(String hit) {
		return Objects.requireNonNull(
				this.http.delete().uri("/api/answers").header("X-Cache-Hit", hit).retrieve().body(JsonNode.class));
	}

	void arm(String fault) {
		assertThat(post("/demo/faults/" + fault, Map.of()).getStatusCode().is2xxSuccessful()).isTrue();
	}

	/** Waits until all that was asked is recorded, and returns the newest turn. */
	JsonNode newestEvent() {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> get("/actuator/costevents?tenant=" + this.tenant).path("events"),
					(events) -> events.size() == this.asked)
			.path(0);
	}

	JsonNode get(String path) {
		return Objects.requireNonNull(this.http.get().uri(path).retrieve().body(JsonNode.class));
	}

	ResponseEntity<JsonNode> post(String path, Map<String, String> body) {
		this.asked += path.startsWith("/api/") ? 1 : 0;
		return this.http.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toEntity(JsonNode.class);
	}

	Map<String, String> inquiry(String text) {
		return Map.of("text", text, "tenant", this.tenant);
	}

}
