package io.github.costwise.architecture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What people read in a Java source: its comments, its texts and the names in it.
 */
final class SourceText {

	private final String source;

	private final List<String> comments = new ArrayList<>();

	private final List<String> literals = new ArrayList<>();

	private final Set<String> names = new LinkedHashSet<>();

	private final StringBuilder code = new StringBuilder();

	private int literalEnd = -1;

	SourceText(String source) {
		this.source = source;
		int at = 0;
		while (at < source.length()) {
			at = next(at);
		}
	}

	/** Comments without the stars at the begin of their lines. */
	List<String> comments() {
		return this.comments;
	}

	/** Texts; those that are put together with {@code +} are one. */
	List<String> literals() {
		return this.literals;
	}

	/** Names and keywords. */
	Set<String> names() {
		return this.names;
	}

	/** The source without comments and without the content of its texts. */
	String code() {
		return this.code.toString();
	}

	private int next(int at) {
		if (this.source.startsWith("/*", at)) {
			return comment(at, end("*/", at + 2));
		}
		if (this.source.startsWith("//", at)) {
			return comment(at, end("\n", at) - 1);
		}
		if (this.source.startsWith("\"\"\"", at)) {
			return literal(at + 3, end("\"\"\"", at + 3), 3);
		}
		char begin = this.source.charAt(at);
		if (begin == '"' || begin == '\'') {
			return literal(at + 1, quoted(at + 1, begin), 1);
		}
		return Character.isJavaIdentifierStart(begin) ? name(at) : plain(at);
	}

	private int comment(int from, int to) {
		this.comments.add(this.source.substring(from, to).replaceAll("\\n\\s*\\*", "\n"));
		return to;
	}

	private int literal(int from, int to, int quotes) {
		String text = this.source.substring(from, to - quotes);
		if (this.literalEnd >= 0 && this.source.substring(this.literalEnd, from - quotes).strip().equals("+")) {
			int last = this.literals.size() - 1;
			this.literals.set(last, this.literals.get(last) + text);
		}
		else {
			this.literals.add(text);
		}
		this.literalEnd = to;
		this.code.append("\"\"");
		return to;
	}

	private int quoted(int from, char quote) {
		int at = from;
		while (this.source.charAt(at) != quote) {
			at += (this.source.charAt(at) == '\\') ? 2 : 1;
		}
		return at + 1;
	}

	private int name(int from) {
		int to = from;
		while (to < this.source.length() && Character.isJavaIdentifierPart(this.source.charAt(to))) {
			to++;
		}
		String name = this.source.substring(from, to);
		this.names.add(name);
		this.code.append(name);
		return to;
	}

	private int plain(int at) {
		this.code.append(this.source.charAt(at));
		return at + 1;
	}

	private int end(String mark, int from) {
		int found = this.source.indexOf(mark, from);
		return (found < 0) ? this.source.length() : found + mark.length();
	}

}
