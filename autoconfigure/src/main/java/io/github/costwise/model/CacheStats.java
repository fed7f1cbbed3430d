package io.github.costwise.model;

/**
 * The state of a store.
 *
 * @param entries entries held, those that expired but were not removed yet included; -1
 * when the store does not know
 * @param bytes memory held, estimated; -1 when the store does not know
 * @param maxEntries most entries it may hold, {@link Long#MAX_VALUE} without a bound
 * @param evicted entries removed to make room for others since start
 * @param expired entries removed because they had expired, since start; -1 when the
 * server removes them
 * @param unreadable entries skipped because they could not be read, since start
 * @since 0.1.0
 */
public record CacheStats(long entries, long bytes, long maxEntries, long evicted, long expired, long unreadable) {

}
