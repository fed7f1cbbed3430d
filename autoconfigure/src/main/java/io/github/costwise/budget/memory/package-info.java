/**
 * Budgets of one instance, kept in its memory.
 */
@NullMarked
package io.github.costwise.budget.memory;

import org.jspecify.annotations.NullMarked;
