package io.github.costwise.pipeline;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids that are unique across processes: 64 random bits drawn once a process, then a
 * counter. Cheaper than a random UUID for each id by two orders of magnitude.
 */
final class Ids {

	private static final int RADIX = 36;

	private final String prefix = Long.toUnsignedString(new SecureRandom().nextLong(), RADIX) + "-";

	private final AtomicLong counter = new AtomicLong();

	String next() {
		return this.prefix + Long.toString(this.counter.incrementAndGet(), RADIX);
	}

}
