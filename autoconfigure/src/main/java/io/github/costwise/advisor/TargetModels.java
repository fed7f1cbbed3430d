package io.github.costwise.advisor;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.util.function.SingletonSupplier;

/**
 * The chat models of the application by the names of their beans, looked up at the first
 * request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TargetModels {

	private final Supplier<Map<String, ChatModel>> models;

	private final ModelIdentities identities;

	/**
	 * Creates an instance.
	 * @param models finds the chat models; asked once
	 * @param identities tells them from each other
	 */
	public TargetModels(Supplier<Map<String, ChatModel>> models, ModelIdentities identities) {
		this.identities = identities;
		this.models = SingletonSupplier.of(() -> Map.copyOf(models.get()));
	}

	/**
	 * Returns all chat models.
	 * @return the models by the names of their beans
	 */
	public Map<String, ChatModel> all() {
		return this.models.get();
	}

	ModelIdentities identities() {
		return this.identities;
	}

	ChatModel get(String bean) {
		ChatModel model = all().get(bean);
		if (model == null) {
			throw new IllegalStateException("There is no ChatModel bean '" + bean + "'");
		}
		return model;
	}

}
