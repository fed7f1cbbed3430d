package io.github.costwise.advisor.anthropic;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.anthropic.backends.Backend;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.advisor.ModelServer;
import io.github.costwise.advisor.TypedFields;

/**
 * Reads the server of Anthropic chat models from their clients. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnthropicModelServer implements ModelServer {

	private static final int DEEPEST = 10;

	private static final Set<String> OWN = Set.of("user-agent", "authorization");

	@Override
	public @Nullable String address(ChatModel model, boolean streamed) {
		if (!(model instanceof AnthropicChatModel anthropic)) {
			return null;
		}
		AtomicReference<@Nullable ClientOptions> options = new AtomicReference<>();
		if (streamed) {
			anthropic.getAnthropicClientAsync().withOptions((builder) -> options.set(builder.build()));
		}
		else {
			anthropic.getAnthropicClient().withOptions((builder) -> options.set(builder.build()));
		}
		ClientOptions found = options.get();
		if (found == null) {
			throw new IllegalStateException("A client of Anthropic does not tell its options");
		}
		return backend(found.httpClient()).baseUrl() + '\n' + found.baseUrl() + '\n' + found.queryParams()
				+ headers(found.headers());
	}

	/** The innermost HTTP client knows where requests go, whatever the options say. */
	private static Backend backend(HttpClient client) {
		HttpClient next = client;
		for (int i = 0; i < DEEPEST && next != null; i++) {
			Backend backend = TypedFields.readIfPresent(next, Backend.class);
			if (backend != null) {
				return backend;
			}
			next = TypedFields.readIfPresent(next, HttpClient.class);
		}
		throw new IllegalStateException("An HTTP client for Anthropic does not tell where it goes");
	}

	/** What the application adds; a gateway may choose the model by it. */
	private static String headers(Headers headers) {
		StringBuilder text = new StringBuilder();
		headers.names()
			.stream()
			.filter((name) -> !isOwn(name.toLowerCase(Locale.ROOT)))
			.sorted(String.CASE_INSENSITIVE_ORDER)
			.forEach((name) -> text.append('\n').append(name).append('=').append(headers.values(name)));
		return text.toString();
	}

	/** What the client adds by itself, or again with each of its short-lived tokens. */
	private static boolean isOwn(String name) {
		return name.startsWith("x-stainless-") || OWN.contains(name);
	}

}
