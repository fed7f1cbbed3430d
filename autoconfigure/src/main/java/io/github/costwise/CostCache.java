package io.github.costwise;

/**
 * What an application may do with the response cache: remove answers that do not hold any
 * more, and say which were wrong. Every method removes all that it names, or throws
 * {@code EvictionIncompleteException}, which tells what was removed; what is left is not
 * served any more and removed as soon as the store lets it. Removing reaches the store
 * that this instance uses; a store in process is its own. Thread-safe.
 *
 * @since 0.1.0
 */
public interface CostCache {

	/**
	 * Says that a hit was wrong: its entry is removed at once, and the verifier learns
	 * from it. A hit that was given long ago, or by another instance, only loses its
	 * entry.
	 * @param hitId id of the hit, as in the metadata of the response
	 * @return whether the hit was known, or there was an entry to remove; an answer that
	 * is not stored yet will not be
	 * @throws IllegalArgumentException if the id is not one of a hit
	 */
	boolean markWrong(String hitId);

	/**
	 * Removes the answers of a tenant.
	 * @param tenant the tenant
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	long evictTenant(String tenant);

	/**
	 * Removes the answers of a user.
	 * @param user the user
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	long evictUser(String user);

	/**
	 * Removes the answers of a feature.
	 * @param feature the feature
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	long evictFeature(String feature);

	/**
	 * Removes the answers of a prompt version.
	 * @param version the version
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	long evictPromptVersion(String version);

	/**
	 * Removes the answers with a tag: one of the policy, or {@code name=value} of a
	 * scope.
	 * @param tag the tag
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	long evictTag(String tag);

	/**
	 * Removes an entry.
	 * @param entryId its id, as in the metadata of a response
	 * @return how many were removed, or -1 when the store cannot tell
	 * @throws IllegalArgumentException if the id has not 32 hexadecimal digits
	 */
	long evictEntry(String entryId);

	/**
	 * Removes everything.
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	long evictAll();

}
