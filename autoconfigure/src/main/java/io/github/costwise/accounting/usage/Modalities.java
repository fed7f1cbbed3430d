package io.github.costwise.accounting.usage;

/**
 * How many tokens of a count are not text.
 *
 * @param audio tokens of audio
 * @param image tokens of images, documents included
 * @param video tokens of video
 * @param known whether the provider said so; {@code false} means all may be anything
 */
record Modalities(long audio, long image, long video, boolean known) {

	static final Modalities UNKNOWN = new Modalities(0, 0, 0, false);

	Modalities plus(Modalities other) {
		return new Modalities(this.audio + other.audio, this.image + other.image, this.video + other.video,
				this.known || other.known);
	}

	boolean isTextOnly() {
		return this.audio + this.image + this.video == 0;
	}

}
