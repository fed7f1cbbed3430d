/**
 * Measures how the time that text functions take grows with their text.
 */
@NullMarked
package io.github.costwise.benchmarks.eval.text;

import org.jspecify.annotations.NullMarked;
