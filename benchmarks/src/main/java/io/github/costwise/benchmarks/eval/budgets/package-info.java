/**
 * Random work for stores of budgets, and the books that it is compared with.
 */
@NullMarked
package io.github.costwise.benchmarks.eval.budgets;

import org.jspecify.annotations.NullMarked;
