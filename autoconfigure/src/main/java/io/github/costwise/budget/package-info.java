/**
 * Budgets: what they count, for which owners and when, what a call may cost at most, and
 * what becomes of one that does not fit. Knows no store and no client.
 */
@NullMarked
package io.github.costwise.budget;

import org.jspecify.annotations.NullMarked;
