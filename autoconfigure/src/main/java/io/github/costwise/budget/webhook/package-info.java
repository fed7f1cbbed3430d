/**
 * Sends what happens to budgets to an address of the operator, beside the calls.
 */
@NullMarked
package io.github.costwise.budget.webhook;

import org.jspecify.annotations.NullMarked;
