package io.github.costwise.embedding;

/**
 * How much of a text its tokens stand for. Positions count code points. Not thread-safe.
 */
final class TokenCoverage {

	private static final String[] JOINTS = { "##", "\u2581", "\u0120" };

	private static final int TAGS = 0xe0000;

	private final int[] text;

	private final boolean[] covered;

	private int lost;

	TokenCoverage(String text) {
		this.text = text.codePoints().toArray();
		this.covered = new boolean[this.text.length];
	}

	/**
	 * Takes a token that the model knows.
	 * @param token the token as it stands in the vocabulary
	 * @param begin where it begins in the text
	 * @param end where it ends, exclusive
	 */
	void add(String token, int begin, int end) {
		int from = Math.max(0, begin);
		int to = Math.min(end, this.text.length);
		int[] piece = bare(token).codePoints().toArray();
		if (to - from == 1 && isLetter(from) && (isLetter(from - 1) || isLetter(to))) {
			this.lost++;
		}
		else if (piece.length == to - from) {
			this.lost += changed(piece, from);
		}
		else {
			this.lost += Math.max(0, to - from - piece.length);
		}
		for (int at = from; at < to; at++) {
			this.covered[at] = true;
		}
	}

	private static String bare(String token) {
		for (String joint : JOINTS) {
			if (token.length() > joint.length() && token.startsWith(joint)) {
				return token.substring(joint.length());
			}
		}
		return token;
	}

	private int changed(int[] piece, int from) {
		int changed = 0;
		for (int i = 0; i < piece.length; i++) {
			changed += (Character.toLowerCase(this.text[from + i]) != Character.toLowerCase(piece[i])) ? 1 : 0;
		}
		return changed;
	}

	private boolean isLetter(int at) {
		return at >= 0 && at < this.text.length && Character.isLetter(this.text[at]);
	}

	/**
	 * Returns the share of letters that are read as they stand.
	 * @return from 0 to 1, 0 if a sign that can be seen belongs to no token
	 */
	double known() {
		int letters = 0;
		for (int at = 0; at < this.text.length; at++) {
			boolean mark = isMark(this.text[at]);
			letters += (mark || isLetter(at)) ? 1 : 0;
			if (!this.covered[at]) {
				if (mark) {
					this.lost++;
				}
				else if (isVisible(this.text[at])) {
					return 0;
				}
			}
		}
		return (letters == 0) ? 1 : Math.max(0, letters - this.lost) / (double) letters;
	}

	private static boolean isMark(int point) {
		int type = Character.getType(point);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

	/** Tags are not seen, but can spell a hidden text. */
	private static boolean isVisible(int point) {
		int type = Character.getType(point);
		boolean ignored = Character.isWhitespace(point) || Character.isSpaceChar(point) || type == Character.CONTROL
				|| type == Character.FORMAT;
		return !ignored || point >= TAGS;
	}

}
