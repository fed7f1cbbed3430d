/**
 * Budgets of all instances, kept in Redis.
 */
@NullMarked
package io.github.costwise.budget.redis;

import org.jspecify.annotations.NullMarked;
