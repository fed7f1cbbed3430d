package io.github.costwise.cache.verify;

import java.util.Set;

/**
 * How safe the best stored answer is. Immutable.
 *
 * @param probability how probable it is that it is right
 * @param safe whether it may be served as far as this request alone is concerned
 * @param guards which guards object
 * @since 0.1.0
 */
public record Assessment(double probability, boolean safe, Set<Guard> guards) {

}
