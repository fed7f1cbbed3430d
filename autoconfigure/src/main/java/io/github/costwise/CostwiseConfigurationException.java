package io.github.costwise;

import org.jspecify.annotations.Nullable;

/**
 * The configuration is wrong and the application must not start with it. Says what is
 * wrong and what to change.
 *
 * @since 0.1.0
 */
public class CostwiseConfigurationException extends CostwiseException {

	/** Shown as the description. */
	private final String problem;

	/** Shown as the action. */
	private final String action;

	/**
	 * Creates an exception.
	 * @param problem what is wrong, naming the property or method, as whole sentences
	 * @param action what to change, as whole sentences
	 */
	public CostwiseConfigurationException(String problem, String action) {
		this(problem, action, null);
	}

	/**
	 * Creates an exception with a cause.
	 * @param problem what is wrong, naming the property or method, as whole sentences
	 * @param action what to change, as whole sentences
	 * @param cause what showed it, or {@code null}
	 */
	public CostwiseConfigurationException(String problem, String action, @Nullable Throwable cause) {
		super(problem + " " + action, cause);
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Returns what is wrong.
	 * @return whole sentences
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns what to change.
	 * @return whole sentences
	 */
	public String action() {
		return this.action;
	}

}
