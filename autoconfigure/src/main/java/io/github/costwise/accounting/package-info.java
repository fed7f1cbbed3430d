/**
 * What was used and what it cost: usage normalisation, turn and call records, and the
 * ledger that holds them.
 */
@NullMarked
package io.github.costwise.accounting;

import org.jspecify.annotations.NullMarked;
