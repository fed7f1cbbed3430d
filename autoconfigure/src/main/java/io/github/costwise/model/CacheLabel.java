package io.github.costwise.model;

import java.util.Arrays;

import io.github.costwise.text.Hex;
import io.github.costwise.text.Sha256;

/**
 * By what an entry can be evicted together with others: a digest, so that no store holds
 * the names of tenants or users. Two names share a digest about once in 10<sup>19</sup>
 * pairs; too much is evicted then. Immutable.
 *
 * @param digest 16 hexadecimal digits
 * @since 0.1.0
 */
public record CacheLabel(String digest) {

	/** Length of a digest in bytes. */
	public static final int BYTES = 8;

	/**
	 * Checks the digest.
	 * @throws IllegalArgumentException if it is not 16 lower-case hexadecimal digits
	 */
	public CacheLabel {
		Hex.require(digest, 2 * BYTES);
	}

	/**
	 * Returns the label of a tenant.
	 * @param tenant the tenant
	 * @return the label
	 */
	public static CacheLabel tenant(String tenant) {
		return of("tenant", tenant);
	}

	/**
	 * Returns the label of a user.
	 * @param user the user
	 * @return the label
	 */
	public static CacheLabel user(String user) {
		return of("user", user);
	}

	/**
	 * Returns the label of a feature.
	 * @param feature the feature
	 * @return the label
	 */
	public static CacheLabel feature(String feature) {
		return of("feature", feature);
	}

	/**
	 * Returns the label of a prompt version.
	 * @param version the version
	 * @return the label
	 */
	public static CacheLabel promptVersion(String version) {
		return of("prompt-version", version);
	}

	/**
	 * Returns the label of a tag.
	 * @param tag the tag
	 * @return the label
	 */
	public static CacheLabel tag(String tag) {
		return of("tag", tag);
	}

	private static CacheLabel of(String kind, String name) {
		return new CacheLabel(Hex.of(Arrays.copyOf(Sha256.of(kind + '\0' + name), BYTES)));
	}

}
