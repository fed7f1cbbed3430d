/**
 * Looks for what does not fit together in price lists.
 */
@NullMarked
package io.github.costwise.benchmarks.eval.catalog;

import org.jspecify.annotations.NullMarked;
