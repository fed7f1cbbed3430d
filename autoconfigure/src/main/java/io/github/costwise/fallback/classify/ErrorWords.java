package io.github.costwise.fallback.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.costwise.text.Parts;

/**
 * The words of an error, whichever form its body has: JSON, what the SDKs show of JSON,
 * or plain text. Read in one pass. Immutable.
 *
 * @param sentences the sentences and fields, as words of lower case, in order
 */
record ErrorWords(List<List<ErrorWord>> sentences) {

	static ErrorWords of(String text) {
		return new ErrorWords(new WordReader(text).read());
	}

	/**
	 * One word.
	 *
	 * @param text letters in lower case, or the digits of a number
	 * @param kind what it is
	 */
	record ErrorWord(String text, WordKind kind) {

		boolean is(String... words) {
			for (String word : words) {
				if (this.text.equals(word)) {
					return true;
				}
			}
			return false;
		}

		boolean startsWith(String start) {
			return this.kind == WordKind.WORD && this.text.startsWith(start);
		}

		/** The parts of a name such as {@code max_model_len}. */
		List<String> parts() {
			return List.of(Parts.of(this.text, "_"));
		}

	}

	/** What a word is. */
	enum WordKind {

		/** A word of a sentence. */
		WORD,

		/** A name of several parts. */
		NAME,

		/** The last part of a path such as {@code messages[0].content}. */
		PATH,

		/** The name of a field, whose value follows. */
		KEY,

		/** A number. */
		NUMBER,

		/** A sign that compares. */
		SIGN

	}

	/** Reads words. Used for one text; not thread-safe. */
	private static final class WordReader {

		private final List<List<ErrorWord>> sentences = new ArrayList<>();

		private final String text;

		private List<ErrorWord> sentence = new ArrayList<>();

		private int at;

		private WordReader(String text) {
			this.text = text;
		}

		private List<List<ErrorWord>> read() {
			while (this.at < this.text.length()) {
				char c = this.text.charAt(this.at);
				if (isName(c)) {
					run();
				}
				else {
					sign(c);
					this.at++;
				}
			}
			end();
			return this.sentences;
		}

		private void sign(char c) {
			if (c == '<' || c == '>') {
				this.sentence.add(new ErrorWord(String.valueOf(c), WordKind.SIGN));
			}
			else if ("{};!?\n.".indexOf(c) >= 0 || (c == ',' && beforeKey(this.at + 1))) {
				end();
			}
		}

		private void end() {
			if (!this.sentence.isEmpty()) {
				this.sentences.add(this.sentence);
				this.sentence = new ArrayList<>();
			}
		}

		/** Whether a field begins here, in JSON or as the SDKs show it. */
		private boolean beforeKey(int from) {
			int i = skip(from, ' ');
			boolean quoted = i < this.text.length() && isQuote(this.text.charAt(i));
			i = quoted ? i + 1 : i;
			int end = i;
			while (end < this.text.length() && isName(this.text.charAt(end))) {
				end++;
			}
			return end > i && isKeyEnd(end) && (quoted || this.text.charAt(end) == '=');
		}

		private boolean isKeyEnd(int end) {
			if (end + 1 >= this.text.length()) {
				return false;
			}
			char c = this.text.charAt(end);
			return c == '=' || (isQuote(c) && this.text.charAt(skip(end + 1, ' ')) == ':');
		}

		private static boolean isQuote(char c) {
			return c == '"' || c == '\'';
		}

		private int skip(int from, char c) {
			int i = from;
			while (i < this.text.length() - 1 && this.text.charAt(i) == c) {
				i++;
			}
			return i;
		}

		/** A run of letters, digits and what joins them: a word, a name or a path. */
		private void run() {
			int from = this.at;
			int last = from;
			boolean path = false;
			while (this.at < this.text.length() && (isName(this.text.charAt(this.at)) || joins())) {
				if (!isName(this.text.charAt(this.at)) && isLetter(this.at + 1)) {
					path = true;
					last = this.at + 1;
				}
				this.at++;
			}
			if (this.text.startsWith("://", this.at)) {
				skipAddress();
				return;
			}
			add(this.text.substring(last, this.at), path);
		}

		private boolean joins() {
			char c = this.text.charAt(this.at);
			char next = (this.at + 1 < this.text.length()) ? this.text.charAt(this.at + 1) : ' ';
			boolean digits = Character.isDigit(this.text.charAt(this.at - 1)) && Character.isDigit(next);
			return switch (c) {
				case '.' -> isName(next);
				case '[' -> Character.isDigit(next);
				case ']' -> next == '.' || next == '[';
				case ',' -> digits;
				default -> false;
			};
		}

		private void skipAddress() {
			while (this.at < this.text.length() && !Character.isWhitespace(this.text.charAt(this.at))) {
				this.at++;
			}
		}

		private void add(String run, boolean path) {
			int digits = 0;
			while (digits < run.length() && isOfNumber(run.charAt(digits))) {
				digits++;
			}
			if (digits > 0) {
				this.sentence
					.add(new ErrorWord(run.substring(0, digits).replace(",", "").replace("_", ""), WordKind.NUMBER));
			}
			String name = name(run, digits);
			if (!name.isEmpty()) {
				this.sentence.add(new ErrorWord(name, kind(name, path)));
			}
		}

		private WordKind kind(String name, boolean path) {
			if (!path && isKeyEnd(this.at)) {
				return WordKind.KEY;
			}
			return (name.indexOf('_') > 0) ? WordKind.NAME : path ? WordKind.PATH : WordKind.WORD;
		}

		private static boolean isOfNumber(char c) {
			return Character.isDigit(c) || c == ',' || c == '_' || c == '.';
		}

		/** In lower case, with an underscore where a new part begins. */
		private static String name(String run, int from) {
			StringBuilder name = new StringBuilder();
			for (int i = from; i < run.length() && run.charAt(i) != '.' && run.charAt(i) != '['; i++) {
				char c = run.charAt(i);
				if (Character.isUpperCase(c) && i > from && Character.isLowerCase(run.charAt(i - 1))) {
					name.append('_');
				}
				name.append(c);
			}
			return name.toString().toLowerCase(Locale.ROOT);
		}

		private boolean isLetter(int i) {
			return i < this.text.length() && Character.isLetter(this.text.charAt(i));
		}

		private static boolean isName(char c) {
			return Character.isLetterOrDigit(c) || c == '_';
		}

	}

}
