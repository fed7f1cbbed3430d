/**
 * What an account spent and holds, and what a call may hold of it, whatever keeps it.
 * Knows neither threads nor a store: who uses it holds a lock.
 */
@NullMarked
package io.github.costwise.budget.account;

import org.jspecify.annotations.NullMarked;
