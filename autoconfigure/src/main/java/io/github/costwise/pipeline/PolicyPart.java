package io.github.costwise.pipeline;

/**
 * A part of each policy: the settings of one pillar. Made once, as a constant. Immutable
 * where its settings are.
 *
 * @param <T> the settings
 * @since 0.1.0
 */
public final class PolicyPart<T> {

	private final String name;

	private final T otherwise;

	/**
	 * Makes a part.
	 * @param name its name, as in the properties of a policy
	 * @param otherwise what holds where a policy says nothing of it
	 */
	public PolicyPart(String name, T otherwise) {
		this.name = name;
		this.otherwise = otherwise;
	}

	/**
	 * Returns its name.
	 * @return the name, as in the properties of a policy
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns what holds where a policy says nothing of it.
	 * @return the settings
	 */
	public T otherwise() {
		return this.otherwise;
	}

	/**
	 * Returns what a policy says of it.
	 * @param policy the policy
	 * @return the settings
	 */
	public T of(CostPolicy policy) {
		@SuppressWarnings("unchecked")
		T said = (T) policy.parts().get(this);
		return (said != null) ? said : this.otherwise;
	}

}
