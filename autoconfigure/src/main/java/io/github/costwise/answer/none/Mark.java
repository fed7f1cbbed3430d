package io.github.costwise.answer.none;

/**
 * What a word tells of the answer that it stands in. The letters are those of the list of
 * words.
 */
enum Mark {

	/** The speaker. */
	SELF('S'),

	/** A negation. */
	NOT('N'),

	/** Being able or allowed. */
	ABLE('A'),

	/** Not being able. */
	UNABLE('U'),

	/** Not being willing. */
	UNWILLING('W'),

	/** What an assistant does. */
	ACT('H'),

	/** To know or to understand. */
	KNOW('K'),

	/** To have, to find or to contain. */
	FIND('F'),

	/** Information. */
	DATA('D'),

	/** What was given to answer from. */
	CONTEXT('C'),

	/** What was asked. */
	REQUEST('G'),

	/** Something failed. */
	FAILURE('E'),

	/** Asks to try again. */
	RETRY('R'),

	/** An apology. */
	APOLOGY('Y'),

	/** Asks back, or sends elsewhere. */
	BACK('O'),

	/** Speaks of itself as a machine. */
	MACHINE('M'),

	/** What follows stands against what stood before. */
	CONTRAST('X'),

	/** Explains. */
	REASON('Q'),

	/** A question that asks for a text. */
	WORDING('T'),

	/** Yes or no. */
	VERDICT('V'),

	/** Somebody else than the speaker. */
	OTHERS('P'),

	/** A third person. */
	THIRD('Z'),

	/** A question for a number or a value. */
	VALUE('B'),

	/** Nothing else than. */
	ONLY('J'),

	/** A number. */
	NUMBER('#'),

	/** A plain word of the language. */
	PLAIN('L');

	private final char letter;

	Mark(char letter) {
		this.letter = letter;
	}

	int bit() {
		return 1 << ordinal();
	}

	static int bits(String letters) {
		int bits = 0;
		for (Mark mark : values()) {
			bits |= (letters.indexOf(mark.letter) >= 0) ? mark.bit() : 0;
		}
		return bits;
	}

	static boolean any(int bits, Mark... marks) {
		for (Mark mark : marks) {
			if ((bits & mark.bit()) != 0) {
				return true;
			}
		}
		return false;
	}

}
