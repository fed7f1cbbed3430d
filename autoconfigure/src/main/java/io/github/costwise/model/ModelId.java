package io.github.costwise.model;

/**
 * A model as a provider sells it.
 *
 * @param provider billing provider, in lower case: {@code openai}, {@code anthropic},
 * {@code google}, {@code bedrock}, {@code azure}, {@code deepseek}, {@code mistral},
 * {@code groq}, {@code xai}, {@code ollama} and others
 * @param model the provider's name of the model, with or without a date
 * @since 0.1.0
 */
public record ModelId(String provider, String model) {

	@Override
	public boolean equals(Object other) {
		return other instanceof ModelId id && this.model.equals(id.model) && this.provider.equals(id.provider);
	}

	@Override
	public int hashCode() {
		return 31 * this.model.hashCode() + this.provider.hashCode();
	}

	@Override
	public String toString() {
		return this.provider + "/" + this.model;
	}

}
