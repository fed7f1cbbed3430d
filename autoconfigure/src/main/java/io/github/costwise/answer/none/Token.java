package io.github.costwise.answer.none;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A piece of folded text. Immutable.
 *
 * @param text the word, the run of dense script, the number or the punctuation
 * @param kind what it is
 */
record Token(String text, TokenKind kind) {

	/** What a piece is. */
	enum TokenKind {

		/** A word. */
		WORD,

		/** A run of a script without spaces. */
		DENSE,

		/** Digits. */
		NUMBER,

		/** Ends a sentence. */
		STOP,

		/** Ends a part of one. */
		PAUSE,

		/** Opens or closes a quotation. */
		QUOTE,

		/** A character of code or mark-up. */
		CODE

	}

	private static final String STOPS = ".!?\n\u3002\uff01\uff1f\u2026";

	private static final String PAUSES = ",;:\u3001\uff0c\uff1b\uff1a\u2013\u2014";

	private static final String QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f";

	private static final String CODES = "{}()[]<>=`|\\/_";

	static List<Token> of(String folded) {
		List<Token> tokens = new ArrayList<>();
		int i = 0;
		while (i < folded.length()) {
			char c = folded.charAt(i);
			int end = i + 1;
			TokenKind kind = kind(c);
			if (kind == TokenKind.WORD || kind == TokenKind.DENSE || kind == TokenKind.NUMBER) {
				while (end < folded.length() && (kind(folded.charAt(end)) == kind || isJoined(folded, end, kind))) {
					end++;
				}
			}
			if (kind != null && !(kind == TokenKind.STOP && isPoint(folded, i))) {
				tokens.add(new Token(folded.substring(i, end), kind));
			}
			i = end;
		}
		return tokens;
	}

	/** Whether a full stop stands within a number or a name. */
	private static boolean isPoint(String text, int at) {
		return text.charAt(at) == '.' && at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1))
				&& !Letters.isDense(text.charAt(at + 1));
	}

	/** Whether a decimal point, or a digit within a name. */
	private static boolean isJoined(String text, int at, TokenKind kind) {
		if (kind != TokenKind.NUMBER) {
			return kind == TokenKind.WORD && Character.isDigit(text.charAt(at));
		}
		return text.charAt(at) == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
	}

	private static @Nullable TokenKind kind(char c) {
		if (Letters.isDense(c)) {
			return TokenKind.DENSE;
		}
		if (Character.isDigit(c)) {
			return TokenKind.NUMBER;
		}
		if (Character.isLetter(c)) {
			return TokenKind.WORD;
		}
		if (STOPS.indexOf(c) >= 0) {
			return TokenKind.STOP;
		}
		if (PAUSES.indexOf(c) >= 0) {
			return TokenKind.PAUSE;
		}
		if (QUOTES.indexOf(c) >= 0) {
			return TokenKind.QUOTE;
		}
		return (CODES.indexOf(c) >= 0) ? TokenKind.CODE : null;
	}

}
