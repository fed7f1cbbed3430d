package io.github.costwise.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How Spring AI's auto-configuration decides how often a client repeats a failed request.
 * Its classes are recognised by name, since any of them may be absent.
 */
enum RetryingClient {

	OPENAI("org.springframework.ai.model.openai.autoconfigure.OpenAiChatProperties", "maxRetries", 3,
			"spring.ai.openai.chat.max-retries", "spring.ai.openai.max-retries"),

	ANTHROPIC("org.springframework.ai.model.anthropic.autoconfigure.AnthropicConnectionProperties", "maxRetries", 2,
			"spring.ai.anthropic.max-retries"),

	/** Ollama, Google GenAI, Mistral, DeepSeek: they share one retry template. */
	OTHER("org.springframework.ai.retry.autoconfigure.SpringAiRetryProperties", "maxAttempts", 10,
			"spring.ai.retry.max-attempts");

	private final String propertiesClass;

	private final String field;

	private final int usual;

	private final List<String> properties;

	RetryingClient(String propertiesClass, String field, int usual, String... properties) {
		this.propertiesClass = propertiesClass;
		this.field = field;
		this.usual = usual;
		this.properties = List.of(properties);
	}

	/** Returns the client whose retries a bean of that class holds. */
	static @Nullable RetryingClient configuredBy(Class<?> beanClass) {
		for (RetryingClient client : values()) {
			if (client.propertiesClass.equals(beanClass.getName())) {
				return client;
			}
		}
		return null;
	}

	/** Returns the client that options belong to. */
	static RetryingClient of(Class<?> options) {
		if (options.getName().startsWith("org.springframework.ai.openai.")) {
			return OPENAI;
		}
		return options.getName().startsWith("org.springframework.ai.anthropic.") ? ANTHROPIC : OTHER;
	}

	String field() {
		return this.field;
	}

	/** How often it repeats when nobody says anything. */
	int usual() {
		return this.usual;
	}

	/** Returns the property that the application sets, the one that counts first. */
	@Nullable String setProperty(Environment environment) {
		Binder binder = Binder.get(environment);
		for (String property : this.properties) {
			if (binder.bind(property, Bindable.of(Integer.class)).isBound()) {
				return property;
			}
		}
		return null;
	}

}
