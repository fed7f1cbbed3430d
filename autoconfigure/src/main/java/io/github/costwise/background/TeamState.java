package io.github.costwise.background;

/**
 * What a team of threads is doing.
 *
 * @param name its name
 * @param threads how many threads it has
 * @param waiting how many tasks wait for one
 * @since 0.1.0
 */
public record TeamState(String name, int threads, int waiting) {

}
