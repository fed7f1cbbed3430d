package io.github.costwise.pricing;

import java.util.List;

/**
 * A model as a provider sells it.
 *
 * @param provider who sends the bill, in lower case: {@code openai}, {@code anthropic},
 * {@code google}, {@code bedrock}, {@code azure}, {@code deepseek}, {@code mistral},
 * {@code groq}, {@code xai}, {@code ollama} and others
 * @param model the provider's name of the model, with or without a date
 * @since 0.1.0
 */
public record ModelId(String provider, String model) {

	/**
	 * Returns whether two names are of one model: as an alias and a dated name are, and a
	 * name with the path or the maker before it.
	 * @param one a name
	 * @param other another one
	 * @return whether they differ in that alone
	 */
	public static boolean areSame(String one, String other) {
		if (one.equals(other)) {
			return true;
		}
		String bare = ModelNames.bare(one);
		String otherBare = ModelNames.bare(other);
		return bare.equals(otherBare) || isWithin(bare, otherBare) || isWithin(otherBare, bare);
	}

	private static boolean isWithin(String name, String longer) {
		return longer.endsWith('/' + name) || longer.endsWith('.' + name);
	}

	/**
	 * Returns the models of which this one is a snapshot, a revision or the latest one.
	 * @return this model without the last mark of its name, without the one before it,
	 * and so on
	 */
	public List<ModelId> families() {
		return ModelNames.families(this.model).stream().map((name) -> new ModelId(this.provider, name)).toList();
	}

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
