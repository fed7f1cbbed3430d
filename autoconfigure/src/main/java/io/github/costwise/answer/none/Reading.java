package io.github.costwise.answer.none;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.costwise.answer.none.Words.Match;

/**
 * A text read with the words of one language: its clauses, and how much of it the
 * language knows. Immutable by convention.
 *
 * @param clauses the clauses in order
 * @param known how many letters belong to known words
 */
record Reading(List<Clause> clauses, int known) {

	/**
	 * A word of a clause.
	 *
	 * @param bits its marks
	 * @param text the word, folded; empty for known words of dense script
	 */
	record ClauseWord(int bits, String text) {

		/** Whether it says something that only this text says. */
		boolean isContent() {
			return this.bits == 0;
		}

	}

	/**
	 * A part of a sentence.
	 *
	 * @param words the words
	 * @param sentence the number of its sentence, from 0
	 * @param quoted whether it stands within quotation marks
	 * @param asking whether it ends with a question mark
	 */
	record Clause(List<ClauseWord> words, int sentence, boolean quoted, boolean asking) {

		/** How many numbers the question does not have. */
		int numbers(Set<String> asked) {
			return (int) this.words.stream()
				.filter((word) -> Mark.any(word.bits(), Mark.NUMBER) && !asked.contains(Asked.stem(word)))
				.count();
		}

		boolean has(Mark... marks) {
			return this.words.stream().anyMatch((word) -> Mark.any(word.bits(), marks));
		}

		boolean hasNear(int at, int before, int after, Mark... marks) {
			int last = Math.min(this.words.size() - 1, at + after);
			for (int i = Math.max(0, at - before); i <= last; i++) {
				if (Mark.any(this.words.get(i).bits(), marks)) {
					return true;
				}
			}
			return false;
		}

		int content() {
			return content(Set.of());
		}

		/** How many words say something that the question does not. */
		int content(Set<String> asked) {
			int letters = 0;
			int dense = 0;
			for (ClauseWord word : this.words) {
				if (word.isContent() && !asked.contains(Asked.stem(word))) {
					if (Letters.isDense(word.text().charAt(0))) {
						dense++;
					}
					else {
						letters += (word.text().length() > 2) ? 1 : 0;
					}
				}
			}
			return letters + (dense + 1) / 2 + numbers(asked);
		}

	}

	/** Reads tokens in the language that knows most of them. */
	static Reading of(List<Token> tokens, List<Words> languages) {
		Reading best = new ClauseReader(tokens, languages.get(0)).read();
		for (Words language : languages.subList(1, languages.size())) {
			Reading other = new ClauseReader(tokens, language).read();
			best = (other.known > best.known) ? other : best;
		}
		return best;
	}

	boolean has(Mark... marks) {
		return this.clauses.stream().anyMatch((clause) -> clause.has(marks));
	}

	private static final class ClauseReader {

		private final List<Token> tokens;

		private final Words language;

		private final List<Clause> clauses = new ArrayList<>();

		private List<ClauseWord> words = new ArrayList<>();

		private int sentence;

		private int known;

		private boolean quoted;

		ClauseReader(List<Token> tokens, Words language) {
			this.tokens = tokens;
			this.language = language;
		}

		Reading read() {
			for (int i = 0; i < this.tokens.size();) {
				Token token = this.tokens.get(i);
				i += switch (token.kind()) {
					case WORD, NUMBER -> word(i);
					case DENSE -> dense(token.text());
					default -> punctuation(token);
				};
			}
			end();
			return new Reading(this.clauses, this.known);
		}

		private int word(int at) {
			Match match = this.language.at(this.tokens, at);
			if (match.bits() == 0 && this.tokens.get(at).kind() == Token.TokenKind.NUMBER) {
				number(this.tokens.get(at).text());
				return 1;
			}
			for (int i = at; i < at + match.tokens() && match.bits() != 0; i++) {
				this.known += this.tokens.get(i).text().length();
			}
			String text = (match.tokens() == 1) ? this.tokens.get(at).text() : joined(at, at + match.tokens());
			add((match.bits() == 0 && Report.isName(text)) ? Mark.FAILURE.bit() : match.bits(), text);
			return match.tokens();
		}

		private String joined(int from, int to) {
			return this.tokens.subList(from, to).stream().map(Token::text).collect(Collectors.joining(" "));
		}

		/** A status code says nothing of its own. */
		private void number(String digits) {
			boolean status = digits.length() == 3 && (digits.charAt(0) == '4' || digits.charAt(0) == '5');
			this.words.add(new ClauseWord((status ? Mark.PLAIN : Mark.NUMBER).bit(), digits));
		}

		private int dense(String run) {
			for (int i = 0; i < run.length();) {
				Match match = this.language.within(run, i);
				this.known += (match.bits() != 0) ? match.tokens() : 0;
				add(match.bits(), run.substring(i, i + match.tokens()));
				i += match.tokens();
			}
			return 1;
		}

		private void add(int bits, String text) {
			if (Mark.any(bits, Mark.CONTRAST) && this.words.size() > 1) {
				end();
			}
			this.words.add(new ClauseWord(bits, text));
		}

		private int punctuation(Token token) {
			switch (token.kind()) {
				case STOP -> {
					end("?\uff1f".contains(token.text()));
					boolean begun = !this.clauses.isEmpty()
							&& this.clauses.get(this.clauses.size() - 1).sentence() == this.sentence;
					this.sentence += begun ? 1 : 0;
				}
				case PAUSE -> end();
				case QUOTE -> {
					end();
					this.quoted = !this.quoted;
				}
				default -> {
				}
			}
			return 1;
		}

		private void end() {
			end(false);
		}

		private void end(boolean asking) {
			if (!this.words.isEmpty()) {
				this.clauses.add(new Clause(this.words, this.sentence, this.quoted, asking));
				this.words = new ArrayList<>();
			}
		}

	}

}
