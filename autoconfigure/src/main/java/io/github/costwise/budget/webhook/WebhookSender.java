package io.github.costwise.budget.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.costwise.time.Time;

/** Tries to send messages, each within ten seconds. Follows no redirect. */
final class WebhookSender {

	private static final Duration LONGEST = Duration.ofSeconds(10);

	private static final int OK = 200;

	private static final int REDIRECT = 300;

	private final HttpClient client = HttpClient.newBuilder()
		.connectTimeout(LONGEST)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final WebhookSettings settings;

	private final Time time;

	WebhookSender(WebhookSettings settings, Time time) {
		this.settings = settings;
		this.time = time;
	}

	void send(WebhookMessage message) throws IOException, InterruptedException {
		CompletableFuture<HttpResponse<Void>> answer = this.client.sendAsync(request(message),
				HttpResponse.BodyHandlers.discarding());
		try {
			if (!this.time.timers().await(answer, LONGEST)) {
				throw new IOException(this.settings + " did not answer within " + LONGEST.toSeconds() + " s");
			}
			int status = answer.get().statusCode();
			if (status < OK || status >= REDIRECT) {
				throw new IOException(this.settings + " answered with status " + status);
			}
		}
		catch (ExecutionException ex) {
			throw new IOException(this.settings + " could not be reached: "
					+ Objects.requireNonNull(ex.getCause()).getClass().getName());
		}
		finally {
			answer.cancel(true);
		}
	}

	private HttpRequest request(WebhookMessage message) {
		long timestamp = this.time.now().getEpochSecond();
		HttpRequest.Builder request = HttpRequest.newBuilder(this.settings.url())
			.timeout(LONGEST)
			.header("Content-Type", "application/json")
			.header("Costwise-Id", message.id())
			.header("Costwise-Timestamp", Long.toString(timestamp))
			.POST(HttpRequest.BodyPublishers.ofString(message.body(), StandardCharsets.UTF_8));
		if (this.settings.secret() != null) {
			request.header("Costwise-Signature", message.signature(this.settings.secret(), timestamp));
		}
		return request.build();
	}

}
