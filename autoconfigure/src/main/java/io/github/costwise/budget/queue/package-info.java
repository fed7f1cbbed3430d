/**
 * Calls that wait for room in a budget: in turns over their tenants, by what they need.
 */
@NullMarked
package io.github.costwise.budget.queue;

import org.jspecify.annotations.NullMarked;
