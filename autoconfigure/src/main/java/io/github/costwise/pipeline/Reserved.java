package io.github.costwise.pipeline;

/**
 * What comes of a reservation: an attempt that may be sent, or a call that waits for
 * room.
 */
sealed interface Reserved permits Attempt, QueuedCall {

}
