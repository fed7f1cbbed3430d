package io.github.costwise.routing;

/**
 * The layout of a text: lines that start like the options of a choice or the points of a
 * list. Used once.
 */
final class LineScan {

	private static final int MARK = 4;

	/** Line breaks. */
	int count;

	/** Lines that start with a letter or number and a stop. */
	int options;

	/** Lines that start with a bullet. */
	int bullets;

	private final char[] mark = new char[MARK];

	private int marked;

	private State state = State.START;

	private int length;

	private int texts;

	private double sum;

	private double squares;

	void add(char sign) {
		if (sign == '\n') {
			this.count++;
			end();
			return;
		}
		this.state = next(sign);
		this.length += (this.state == State.OPTION) ? 1 : 0;
	}

	void end() {
		if (this.state == State.OPTION && lettered()) {
			this.texts++;
			this.sum += this.length;
			this.squares += (double) this.length * this.length;
		}
		this.state = State.START;
		this.marked = 0;
		this.length = 0;
	}

	private State next(char sign) {
		return switch (this.state) {
			case START -> start(sign);
			case MARK -> mark(sign);
			case STOP -> Character.isWhitespace(sign) ? option() : State.TEXT;
			case BULLET -> Character.isWhitespace(sign) ? bullet() : State.TEXT;
			case OPTION, TEXT -> this.state;
		};
	}

	private State start(char sign) {
		if (Character.isWhitespace(sign)) {
			return State.START;
		}
		if (sign == '-' || sign == '*' || sign == '\u2022') {
			return State.BULLET;
		}
		return Character.isLetterOrDigit(sign) ? remember(sign) : State.TEXT;
	}

	private State mark(char sign) {
		if (sign == '.' || sign == ')' || sign == ':') {
			return isMark() ? State.STOP : State.TEXT;
		}
		return (Character.isLetterOrDigit(sign) && this.marked < MARK) ? remember(sign) : State.TEXT;
	}

	private State remember(char sign) {
		this.mark[this.marked++] = sign;
		return State.MARK;
	}

	private State option() {
		this.options++;
		return State.OPTION;
	}

	private State bullet() {
		this.bullets++;
		return State.TEXT;
	}

	/** A letter, a number of two digits or a small Roman number. */
	private boolean isMark() {
		if (this.marked == 1) {
			return true;
		}
		boolean number = this.marked == 2;
		boolean roman = true;
		for (int i = 0; i < this.marked; i++) {
			number &= Character.isDigit(this.mark[i]);
			roman &= this.mark[i] == 'i' || this.mark[i] == 'v' || this.mark[i] == 'x';
		}
		return number || roman;
	}

	private boolean lettered() {
		return this.marked == 1 && Character.isLetter(this.mark[0]);
	}

	double optionLength() {
		return (this.texts == 0) ? 0 : this.sum / this.texts;
	}

	double optionSpread() {
		double mean = optionLength();
		return (this.texts == 0) ? 0 : Math.sqrt(Math.max(0, this.squares / this.texts - mean * mean)) / (1 + mean);
	}

	private enum State {

		START, MARK, STOP, BULLET, OPTION, TEXT

	}

}
