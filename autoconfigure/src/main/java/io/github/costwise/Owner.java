package io.github.costwise;

import org.jspecify.annotations.Nullable;

/**
 * The tenant and user of a request, and how well they are known. Immutable.
 *
 * @param tenant its tenant
 * @param user its user
 * @since 0.1.0
 */
public record Owner(OwnerPart tenant, OwnerPart user) {

	/** Nobody was asked to name it. */
	public static final Owner UNSAID = new Owner(OwnerPart.UNSAID, OwnerPart.UNSAID);

	/** It was to be named and could not be; whoever found that out has said so. */
	public static final Owner UNKNOWN = new Owner(OwnerPart.UNKNOWN, OwnerPart.UNKNOWN);

	/**
	 * Returns the owner that was given by one who was asked for it.
	 * @param given what was given: a {@code null} part was not to be named, a blank one
	 * was; {@code null}, or an attribution that names neither tenant nor user and is not
	 * {@link Attribution#shared()}, leaves both unknown
	 * @param problem what to say of unknown parts: a clause without an end
	 * @return the owner
	 */
	public static Owner of(@Nullable Attribution given, String problem) {
		if (given == null || (!given.forAnybody() && given.tenant() == null && given.user() == null)) {
			OwnerPart unknown = OwnerPart.of(null, problem);
			return new Owner(unknown, unknown);
		}
		OwnerPart unnamed = given.forAnybody() ? OwnerPart.NOBODY : OwnerPart.UNSAID;
		return new Owner((given.tenant() != null) ? OwnerPart.of(given.tenant(), problem) : unnamed,
				(given.user() != null) ? OwnerPart.of(given.user(), problem) : unnamed);
	}

	/**
	 * Returns the owner that an attribution names, whatever it names.
	 * @param attribution what something is attributed to
	 * @return the owner; nobody was asked for what is {@code null}
	 */
	public static Owner named(Attribution attribution) {
		return new Owner(OwnerPart.asGiven(attribution.tenant()), OwnerPart.asGiven(attribution.user()));
	}

	/**
	 * Returns this owner with each part of which nothing was said taken from another one.
	 * @param other what was said elsewhere
	 * @return the owner that holds
	 */
	public Owner orElse(Owner other) {
		return new Owner(this.tenant.orElse(other.tenant), this.user.orElse(other.user));
	}

	/**
	 * Returns whether answers can be kept for this owner without reaching another one.
	 * @param usersShare whether users of one tenant share answers
	 * @return whether nothing that keeps answers apart is unknown
	 */
	public boolean isKnown(boolean usersShare) {
		return !this.tenant.isUnknown() && (usersShare || !this.user.isUnknown());
	}

	/**
	 * Returns whether somebody named the owner, be it nobody in particular.
	 * @return whether tenant or user is settled
	 */
	public boolean isSettled() {
		return this.tenant.isSettled() || this.user.isSettled();
	}

}
