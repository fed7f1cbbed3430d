package io.github.costwise.advisor;

import org.springframework.context.ApplicationContext;

import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.TextEncoder;

/** Counts pairs of letters. */
class LetterEncoder implements TextEncoder {

	private volatile boolean used;

	@Override
	public float[] encode(String text) {
		float[] vector = new float[dimensions()];
		for (int i = 1; i < text.length(); i++) {
			vector[Math.floorMod(31 * text.charAt(i - 1) + text.charAt(i), vector.length)]++;
		}
		this.used = true;
		return CacheVector.unit(vector);
	}

	@Override
	public int dimensions() {
		return 256;
	}

	@Override
	public String id() {
		return "letters";
	}

	/**
	 * Asks until the encoder is used, since it starts with the first look-up.
	 * @return how many questions were asked
	 */
	static int warm(ApplicationContext context) {
		LetterEncoder encoder = (LetterEncoder) context.getBean(TextEncoder.class);
		int asked = 0;
		while (!encoder.used) {
			CacheClients.ask(context, "Is this question number " + asked++ + "?");
		}
		return asked;
	}

}
