package io.github.costwise.budget.queue;

import java.time.Duration;

/**
 * What a call waits for. Immutable.
 *
 * @param tenant whose call it is, empty for nobody's
 * @param priority which calls go before it
 * @param needed what it needs at least, in the unit of the budget
 * @param atMost how long it waits
 * @since 0.1.0
 */
public record WaitTerms(String tenant, QueuePriority priority, long needed, Duration atMost) {

}
