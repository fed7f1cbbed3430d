/**
 * What the evaluation commands of the response cache measure.
 */
@NullMarked
package io.github.costwise.benchmarks.eval.cache;

import org.jspecify.annotations.NullMarked;
