package io.github.costwise.text;

/** A text that counts how often it is looked at. */
final class CountedText implements CharSequence {

	private final String text;

	private final long most;

	private long looks;

	CountedText(String text, long most) {
		this.text = text;
		this.most = most;
	}

	long looks() {
		return this.looks;
	}

	@Override
	public int length() {
		return this.text.length();
	}

	@Override
	public char charAt(int index) {
		if (++this.looks > this.most) {
			throw new TooManyLooksException();
		}
		return this.text.charAt(index);
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		this.looks += end - start;
		return this.text.subSequence(start, end);
	}

	@Override
	public String toString() {
		return this.text;
	}

	/** Ends what would take too long. */
	static final class TooManyLooksException extends RuntimeException {

	}

}
