/**
 * Evaluations of routing and of the quality gate.
 */
@NullMarked
package io.github.costwise.benchmarks.eval.routing;

import org.jspecify.annotations.NullMarked;
