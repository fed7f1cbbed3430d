package io.github.costwise.cache.verify;

import java.util.Set;

/**
 * What a learning group has learnt so far. Immutable by convention: nobody changes the
 * array.
 *
 * @param labels how many fresh answers it learnt from
 * @param threshold from which probability on it serves; above 1 it serves nothing yet
 * @param guards the guards that object
 * @param noise which share of equal answers is judged to differ, its lower limit
 * @param weights the weights of the model, none before it is fitted
 * @since 0.1.0
 */
public record LearningState(long labels, double threshold, Set<Guard> guards, double noise, double[] weights) {

}
