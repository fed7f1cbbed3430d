package io.github.costwise.encoding;

import java.util.List;

/**
 * How much of a text in Latin letters speaks for English and how much against it. Every
 * word speaks by its letters ({@link LetterWeights}); the strongest passage of each side
 * decides, so that a text in two languages is neither. Immutable.
 *
 * @param english evidence of the passage that is most like English, 0 or more
 * @param other evidence of the passage that is least like it, 0 or more
 * @param words how many words were read
 */
record EnglishScore(double english, double other, int words) {

	/** Evidence is a natural logarithm of odds. */
	private static final double SURELY_ENGLISH = 3.5;

	private static final double ENGLISH_RATIO = 2;

	private static final double SURELY_OTHER = 2;

	private static final double OTHER_RATIO = 1.4;

	/** As much for the weaker side makes a text mixed. */
	private static final double MIXED = 6;

	private static final double WORD_MOST = 4;

	private static final int LEAST_WORDS = 2;

	static EnglishScore of(String text) {
		List<TextWords.Word> words = TextWords.of(text);
		LetterWeights weights = LetterWeights.shipped();
		double english = 0;
		double other = 0;
		double forEnglish = 0;
		double against = 0;
		for (TextWords.Word word : words) {
			double evidence = word.weight() * Math.max(-WORD_MOST, Math.min(WORD_MOST, weights.of(word.letters())));
			forEnglish = Math.max(0, forEnglish + evidence);
			against = Math.max(0, against - evidence);
			english = Math.max(english, forEnglish);
			other = Math.max(other, against);
		}
		return new EnglishScore(english, other, words.size());
	}

	EnglishVerdict verdict() {
		if (this.words < LEAST_WORDS || Math.min(this.english, this.other) >= MIXED) {
			return EnglishVerdict.UNSURE;
		}
		double lead = this.english - this.other;
		if (lead >= SURELY_ENGLISH && this.english >= ENGLISH_RATIO * this.other) {
			return EnglishVerdict.ENGLISH;
		}
		return (-lead >= SURELY_OTHER && this.other >= OTHER_RATIO * this.english) ? EnglishVerdict.OTHER
				: EnglishVerdict.UNSURE;
	}

	/** What follows from the score. */
	enum EnglishVerdict {

		ENGLISH, OTHER, UNSURE

	}

}
