package io.github.costwise;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One part of an {@link Owner}, its tenant or its user, and how well it is known.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class OwnerPart {

	/** Nobody was asked to name it. */
	public static final OwnerPart UNSAID = new OwnerPart(OwnerState.UNSAID, null, null);

	/** It was said to be nobody in particular. */
	public static final OwnerPart NOBODY = new OwnerPart(OwnerState.NOBODY, null, null);

	/** It was to be named and could not be; whoever found that out has said so. */
	public static final OwnerPart UNKNOWN = new OwnerPart(OwnerState.UNKNOWN, null, null);

	private final OwnerState state;

	private final @Nullable String value;

	private final @Nullable String problem;

	private OwnerPart(OwnerState state, @Nullable String value, @Nullable String problem) {
		this.state = state;
		this.value = value;
		this.problem = problem;
	}

	/**
	 * Returns a part that was to be named.
	 * @param value its name
	 * @param problem what to say when there is no name
	 * @return the named part, or an unknown one where the name is {@code null} or blank
	 */
	public static OwnerPart of(@Nullable String value, String problem) {
		boolean named = value != null && !value.isBlank();
		return named ? new OwnerPart(OwnerState.NAMED, value, null) : new OwnerPart(OwnerState.UNKNOWN, null, problem);
	}

	static OwnerPart asGiven(@Nullable String value) {
		return (value != null) ? new OwnerPart(OwnerState.NAMED, value, null) : UNSAID;
	}

	/**
	 * Returns how well it is known.
	 * @return the state
	 */
	public OwnerState state() {
		return this.state;
	}

	/**
	 * Returns the name.
	 * @return the name, or {@code null} unless it is named
	 */
	public @Nullable String value() {
		return this.value;
	}

	/**
	 * Returns why it is unknown, where that was not said yet.
	 * @return a clause without an end, or {@code null}
	 */
	public @Nullable String problem() {
		return this.problem;
	}

	/**
	 * Returns whether it is settled who it is, be it nobody.
	 * @return whether it is named, or nobody in particular
	 */
	public boolean isSettled() {
		return this.state == OwnerState.NAMED || this.state == OwnerState.NOBODY;
	}

	/**
	 * Returns whether it was to be named and could not be.
	 * @return whether it is unknown
	 */
	public boolean isUnknown() {
		return this.state == OwnerState.UNKNOWN;
	}

	/**
	 * Returns this part, or another one where nothing was said of this one. An unknown
	 * part stays unknown: who was to be named here need not be the one named elsewhere.
	 * @param other what was said elsewhere
	 * @return the part that holds
	 */
	public OwnerPart orElse(OwnerPart other) {
		return (this.state == OwnerState.UNSAID) ? other : this;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof OwnerPart that && this.state == that.state && Objects.equals(this.value, that.value);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.state, this.value);
	}

	@Override
	public String toString() {
		return (this.value != null) ? this.value : this.state.name();
	}

	/**
	 * How well a part is known.
	 */
	public enum OwnerState {

		/** Nobody was asked to name it. */
		UNSAID,

		/** It has a name. */
		NAMED,

		/** It was said to be nobody in particular. */
		NOBODY,

		/** It was to be named and could not be. */
		UNKNOWN

	}

}
