package io.github.costwise.sample.demo;

/**
 * What the provider bills a request for. The prompt tokens are disjoint.
 *
 * @param fresh prompt tokens at the full rate
 * @param cached prompt tokens read from the cache
 * @param written prompt tokens written to the cache
 * @param output tokens of the answer
 */
record DemoUsage(int fresh, int cached, int written, int output) {

	int prompt() {
		return this.fresh + this.cached + this.written;
	}

}
