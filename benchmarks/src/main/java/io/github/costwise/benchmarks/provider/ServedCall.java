package io.github.costwise.benchmarks.provider;

import io.github.costwise.benchmarks.provider.BilledCall.BilledEnding;

/**
 * What became of a call, as the provider saw it.
 *
 * @param call the call as it was planned
 * @param ending what came of it: refused as well when the client gave up before the last
 * try
 * @param tries how often the client's retry logic tried; what the connection layer
 * repeats under the same number counts once
 * @since 0.1.0
 */
public record ServedCall(BilledCall call, BilledEnding ending, int tries) {

	/**
	 * Returns what the provider bills.
	 * @return nano-dollars; 0 for a call that was refused
	 */
	public long billNanos() {
		return (this.ending == BilledEnding.REFUSED) ? 0
				: this.call.extras().billNanos(this.call.rates(), this.call.used());
	}

}
