package io.github.costwise.cache.verify;

/**
 * A stored entry that is near to a request. Immutable.
 *
 * @param id what tells the entry from others
 * @param group the answer group: entries of one partition with the same group have the
 * same answer
 * @param cosine the cosine of its vector and the request's, from -1 to 1
 * @param text its text
 * @since 0.1.0
 */
public record NearEntry(String id, long group, double cosine, TextFeatures text) {

	NearEntry inGroup(long other) {
		return (other == this.group) ? this : new NearEntry(this.id, other, this.cosine, this.text);
	}

}
