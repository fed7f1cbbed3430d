package io.github.costwise.accounting.usage;

/**
 * What the provider's prompt cache did for a prompt.
 *
 * @param read tokens served from it
 * @param readBy how many of them are not text
 * @param write5m tokens written for five minutes
 * @param write1h tokens written for one hour
 */
record CacheCounts(long read, Modalities readBy, long write5m, long write1h) {

	static CacheCounts of(long read, long write) {
		return new CacheCounts(read, Modalities.UNKNOWN, write, 0);
	}

	long total() {
		return this.read + this.write5m + this.write1h;
	}

}
