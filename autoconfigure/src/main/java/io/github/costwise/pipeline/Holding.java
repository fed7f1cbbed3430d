package io.github.costwise.pipeline;

/**
 * What budgets let a call do: be sent with what it holds, or wait for room.
 */
sealed interface Holding permits CallHold, QueuedCall {

}
