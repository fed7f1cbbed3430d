/**
 * A simulated provider that keeps its own bill. No class of Costwise takes part in it:
 * only the loopback server, which belongs to the test support and uses none either.
 */
@NullMarked
package io.github.costwise.benchmarks.provider;

import org.jspecify.annotations.NullMarked;
