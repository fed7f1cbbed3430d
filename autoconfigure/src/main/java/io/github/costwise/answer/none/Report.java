package io.github.costwise.answer.none;

import java.util.List;

/**
 * The form in which machines report failures: the name of an exception, a status code
 * without a sentence, a label such as {@code Error:}, a line in brackets.
 */
final class Report {

	private static final int SHORT = 8;

	private static final int FEW = 5;

	private static final int LONGEST_NAME = 120;

	private static final List<String> CODES = List.of("sqlstate", "errno", "econnrefused", "etimedout", "econnreset");

	private static final List<String> ENDINGS = List.of("exception", "error", "fault");

	private static final List<String> HEADS = List.of("error", "err", "fatal", "exception", "traceback", "panic",
			"failure", "fehler", "erreur", "errore", "erro", "fout", "hata", "warning", "unhandled", "uncaught", "http",
			"status", "\u043e\u0448\u0438\u0431\u043a\u0430", "blad", "\u9519\u8bef", "\u30a8\u30e9\u30fc");

	private Report() {
	}

	/** Whether a folded word is the name of a kind of failure. */
	static boolean isName(String word) {
		return ENDINGS.stream().anyMatch((ending) -> word.length() > ending.length() + 2 && word.endsWith(ending));
	}

	/** Whether a text begins as reports do. */
	static boolean is(String text, List<Token> tokens) {
		boolean bracketed = text.startsWith("[") && text.endsWith("]");
		return !tokens.isEmpty() && (bracketed || isTrace(text, tokens) || isHead(tokens) || isStatus(tokens));
	}

	/** The name of an exception first, or the code of a database or a system. */
	private static boolean isTrace(String text, List<Token> tokens) {
		int end = text.indexOf(' ');
		String first = Letters.fold((end < 0) ? text : text.substring(0, end), LONGEST_NAME);
		String name = first.endsWith(":") ? first.substring(0, first.length() - 1) : first;
		return (isName(name)
				&& (name.indexOf('.') > 0 || first.length() > name.length() || end < 0 || text.startsWith(" at ", end)))
				|| tokens.stream().limit(FEW * SHORT).anyMatch((token) -> CODES.contains(token.text()));
	}

	/** Words such as {@code Tool error:} or {@code HTTP 500}. */
	private static boolean isHead(List<Token> tokens) {
		for (int i = 0; i < Math.min(FEW, tokens.size() - 1); i++) {
			Token next = tokens.get(i + 1);
			boolean label = next.text().equals(":")
					|| (i == 0 && (next.kind() == Token.TokenKind.NUMBER || next.kind() == Token.TokenKind.CODE));
			if (label && (HEADS.contains(tokens.get(i).text()) || isName(tokens.get(i).text()))) {
				return true;
			}
		}
		return HEADS.contains(tokens.get(0).text()) && tokens.get(0).text().equals("traceback");
	}

	private static boolean isStatus(List<Token> tokens) {
		String first = tokens.get(0).text();
		return tokens.size() > 1 && tokens.size() <= SHORT && first.length() == 3 && "45".indexOf(first.charAt(0)) >= 0
				&& tokens.get(0).kind() == Token.TokenKind.NUMBER;
	}

}
