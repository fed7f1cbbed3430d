package io.github.costwise.advisor.google;

import com.google.genai.ApiClient;
import com.google.genai.Client;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;

import io.github.costwise.advisor.ModelServer;
import io.github.costwise.advisor.TypedFields;

/**
 * Reads the server of Google GenAI chat models from their client. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GoogleModelServer implements ModelServer {

	@Override
	public @Nullable String address(ChatModel model, boolean streamed) {
		if (!(model instanceof GoogleGenAiChatModel)) {
			return null;
		}
		Client client = TypedFields.read(model, GoogleGenAiChatModel.class, Client.class);
		ApiClient api = TypedFields.read(client, Client.class, ApiClient.class);
		return api.httpOptions().baseUrl().orElse("") + '\n' + api.project() + '\n' + api.location();
	}

}
