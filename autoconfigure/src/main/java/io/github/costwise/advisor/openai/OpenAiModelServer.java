package io.github.costwise.advisor.openai;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.ClientOptions;
import com.openai.core.http.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;

import io.github.costwise.advisor.ModelServer;
import io.github.costwise.advisor.TypedFields;

/**
 * Reads the server of OpenAI chat models from their clients. The options do not tell it
 * where the application built the client, and calls and streams have a client each.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenAiModelServer implements ModelServer {

	private static final Set<String> OWN = Set.of("user-agent", "authorization", "api-key");

	@Override
	public @Nullable String address(ChatModel model, boolean streamed) {
		if (!(model instanceof OpenAiChatModel)) {
			return null;
		}
		AtomicReference<@Nullable ClientOptions> options = new AtomicReference<>();
		if (streamed) {
			TypedFields.read(model, OpenAiChatModel.class, OpenAIClientAsync.class)
				.withOptions((builder) -> options.set(builder.build()));
		}
		else {
			TypedFields.read(model, OpenAiChatModel.class, OpenAIClient.class)
				.withOptions((builder) -> options.set(builder.build()));
		}
		ClientOptions found = options.get();
		if (found == null) {
			throw new IllegalStateException("A client of OpenAI does not tell its options");
		}
		return found.baseUrl() + '\n' + found.apiKey().orElse("") + '\n' + found.queryParams()
				+ headers(found.headers());
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
