package io.github.costwise.cache.verify;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which guards object. A guard stands down once the answers that it kept from being
 * served though they were sure enough turned out to be right nearly always; that against
 * pronouns never does. Not thread-safe.
 */
final class GuardTrust {

	private static final int ENOUGH = 8;

	private final int[] seen = new int[Guard.values().length];

	private final double[] wrong = new double[Guard.values().length];

	private final Set<Guard> guards;

	private final double tolerance;

	private final boolean fixed;

	GuardTrust(VerifierProfile profile, double tolerance) {
		this.guards = profile.guards();
		this.fixed = profile.isStrict();
		this.tolerance = tolerance;
	}

	/**
	 * Takes an answer to a request that was sure enough but for guards.
	 * @param objecting the guards that objected, one bit each
	 * @param wrong how probable it is that the hit would have been wrong
	 */
	void add(int objecting, double wrong) {
		for (Guard guard : of(objecting)) {
			this.seen[guard.ordinal()]++;
			this.wrong[guard.ordinal()] += wrong;
		}
	}

	/** The guards that object, one bit each. */
	int active() {
		int active = 0;
		for (Guard guard : this.guards) {
			active |= isRefuted(guard.ordinal()) ? 0 : 1 << guard.ordinal();
		}
		return active;
	}

	private boolean isRefuted(int guard) {
		return !this.fixed && guard != Guard.PRONOUN.ordinal() && this.seen[guard] >= ENOUGH
				&& (this.wrong[guard] + 1) / (this.seen[guard] + 2) <= this.tolerance;
	}

	static int bits(Set<Guard> guards) {
		int bits = 0;
		for (Guard guard : guards) {
			bits |= 1 << guard.ordinal();
		}
		return bits;
	}

	static Set<Guard> of(int bits) {
		Set<Guard> guards = EnumSet.noneOf(Guard.class);
		for (Guard guard : Guard.values()) {
			if ((bits >> guard.ordinal() & 1) != 0) {
				guards.add(guard);
			}
		}
		return guards;
	}

}
