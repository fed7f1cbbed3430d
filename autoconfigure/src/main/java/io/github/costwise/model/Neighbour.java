package io.github.costwise.model;

/**
 * An entry found by its likeness.
 *
 * @param entry the entry
 * @param cosine the cosine of its vector and the one asked for, from -1 to 1
 * @since 0.1.0
 */
public record Neighbour(CacheEntry entry, double cosine) {

}
