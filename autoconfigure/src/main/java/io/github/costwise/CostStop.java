package io.github.costwise;

/**
 * Marks an exception by which Costwise itself stopped a call, such as a reached limit. No
 * other model is tried after it.
 *
 * @since 0.1.0
 */
public interface CostStop {

}
