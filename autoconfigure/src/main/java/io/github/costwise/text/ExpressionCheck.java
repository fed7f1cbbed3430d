package io.github.costwise.text;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Looks for what makes a regular expression dangerous on long texts. The JDK's engine
 * calls itself for each repetition of a group that holds alternatives or gives back what
 * it took, so that the stack is exhausted; and at a word boundary it goes back over all
 * marks before it, at each mark again. Used once.
 */
final class ExpressionCheck {

	private final String expression;

	private final Deque<Boolean> alternatives = new ArrayDeque<>();

	private int at;

	private ExpressionCheck(String expression) {
		this.expression = expression;
		this.alternatives.push(false);
	}

	/**
	 * Checks an expression.
	 * @param expression the expression
	 * @throws IllegalArgumentException if it repeats such a group without bound, or asks
	 * for word boundaries
	 */
	static void check(String expression) {
		new ExpressionCheck(expression).check();
	}

	private void check() {
		while (this.at < this.expression.length()) {
			char sign = this.expression.charAt(this.at);
			switch (sign) {
				case '\\' -> this.at = behindEscape();
				case '[' -> this.at = behindClass();
				case '(' -> open();
				case '|' -> alternative();
				case ')' -> close();
				default -> this.at++;
			}
		}
	}

	private void open() {
		this.alternatives.push(false);
		this.at++;
	}

	private void alternative() {
		this.alternatives.pop();
		this.alternatives.push(true);
		this.at++;
	}

	private void close() {
		boolean alternative = this.alternatives.pop();
		this.at++;
		int quantifier = endOfQuantifier();
		if (quantifier > this.at && (alternative || !isPossessive(quantifier))) {
			throw new IllegalArgumentException(
					"The expression " + this.expression + " repeats a group without bound before index " + this.at
							+ (alternative ? ", and the group holds alternatives" : ", and gives back what it took"));
		}
		if (alternative) {
			this.alternatives.pop();
			this.alternatives.push(true);
		}
	}

	/** Returns the index behind a quantifier without bound, or where none begins. */
	private int endOfQuantifier() {
		if (this.at == this.expression.length()) {
			return this.at;
		}
		char sign = this.expression.charAt(this.at);
		if (sign == '*' || sign == '+') {
			return this.at + 1;
		}
		int end = (sign == '{') ? this.expression.indexOf('}', this.at) : -1;
		return (end > 0 && this.expression.charAt(end - 1) == ',') ? end + 1 : this.at;
	}

	private boolean isPossessive(int end) {
		return end < this.expression.length() && this.expression.charAt(end) == '+';
	}

	private int behindEscape() {
		if (this.expression.startsWith("\\b", this.at) || this.expression.startsWith("\\B", this.at)) {
			throw new IllegalArgumentException(
					"The expression " + this.expression + " asks for a word boundary instead of (?<!\\w) or (?!\\w)");
		}
		if (!this.expression.startsWith("\\Q", this.at)) {
			return this.at + 2;
		}
		int end = this.expression.indexOf("\\E", this.at);
		return (end < 0) ? this.expression.length() : end + 2;
	}

	/** Classes stand in classes. */
	private int behindClass() {
		int depth = 0;
		for (int i = this.at; i < this.expression.length(); i++) {
			char sign = this.expression.charAt(i);
			if (sign == '\\') {
				i++;
			}
			depth += (sign == '[') ? 1 : (sign == ']') ? -1 : 0;
			if (depth == 0) {
				return i + 1;
			}
		}
		return this.expression.length();
	}

}
