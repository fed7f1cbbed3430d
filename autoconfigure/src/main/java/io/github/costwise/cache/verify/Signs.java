package io.github.costwise.cache.verify;

/** Tells signs that have a meaning of their own from punctuation. */
final class Signs {

	private static final int ASCII_END = 0x80;

	/** From here on, what is not seen can spell a hidden text. */
	private static final int TAGS = 0xe0000;

	private static final int SELECTORS = 0xe0100;

	private Signs() {
	}

	/**
	 * Returns whether a sign means something by itself: emoji, mathematical and other
	 * symbols beyond those of every keyboard, numbers that are not digits, and what has
	 * no meaning that is known.
	 */
	static boolean isSign(int point) {
		if (point < ASCII_END) {
			return false;
		}
		return switch (Character.getType(point)) {
			case Character.OTHER_SYMBOL, Character.MATH_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_NUMBER,
					Character.LETTER_NUMBER, Character.PRIVATE_USE, Character.UNASSIGNED, Character.SURROGATE ->
				true;
			case Character.FORMAT -> point >= TAGS;
			default -> false;
		};
	}

	/**
	 * Returns whether a sign belongs to the letter before it, as vowels of many scripts
	 * do.
	 */
	static boolean isMark(int point) {
		int type = Character.getType(point);
		boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
		return mark && !isVariation(point);
	}

	/** A variation selector chooses between pictures of the same sign. */
	private static boolean isVariation(int point) {
		return (point >= 0xfe00 && point <= 0xfe0f) || point >= SELECTORS;
	}

}
