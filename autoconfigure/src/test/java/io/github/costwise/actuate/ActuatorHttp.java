package io.github.costwise.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.springframework.context.ApplicationContext;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

/** Asks the Actuator endpoints of a running application. */
final class ActuatorHttp {

	private static final HttpClient client = HttpClient.newHttpClient();

	private final String url;

	ActuatorHttp(ApplicationContext context) {
		this.url = "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/actuator/";
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send("GET", path, HttpRequest.BodyPublishers.noBody());
	}

	HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
		return send("POST", path, HttpRequest.BodyPublishers.ofString(json));
	}

	HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Content-Type", "application/json")
			.method(method, body)
			.build();
		return client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	static JsonContentAssert json(String body) {
		return new JsonContentAssert(new JsonContent(body));
	}

	/** The names of all members, in order, without the values. */
	static List<String> shape(String json) {
		return Pattern.compile("\"(\\w+)\"\\s*:")
			.matcher(json)
			.results()
			.map((MatchResult name) -> name.group(1))
			.toList();
	}

}
