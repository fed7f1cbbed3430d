package io.github.costwise.sample;

import org.jspecify.annotations.Nullable;

/**
 * The facts of a support ticket, as the model extracts them.
 *
 * @param customer name of the customer
 * @param order number of the order
 * @param topic what the ticket is about, in a few words
 * @param urgent whether the customer needs an answer today
 */
record TicketFacts(@Nullable String customer, @Nullable String order, String topic, boolean urgent) {

}
