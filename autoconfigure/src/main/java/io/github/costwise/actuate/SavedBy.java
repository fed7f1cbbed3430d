package io.github.costwise.actuate;

import io.github.costwise.model.Savings;

/**
 * What a saving is made of: {@code cache + routing - ownCalls} is the whole.
 *
 * @param cacheNanoUsd what the response cache saved
 * @param routingNanoUsd what other models than the client's own saved; may be negative
 * @param ownCallsNanoUsd what calls cost that Costwise made for itself
 * @since 0.1.0
 */
record SavedBy(long cacheNanoUsd, long routingNanoUsd, long ownCallsNanoUsd) {

	static SavedBy of(Savings saved) {
		return new SavedBy(saved.cache().nanos(), saved.routing().nanos(), saved.own().nanos());
	}

}
